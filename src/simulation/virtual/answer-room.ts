/** How many bytes of answers the simulated tracker keeps for peers that ask the same again. */
import type { Scenario } from '../scenario/schema.ts';
import { peersAtOnce } from '../scenario/size.ts';

/** Seconds after which a peer whose answer was lost asks again: it waits for 8, and pauses for up to 1.5. */
const RETRY = 10;
/** Seconds between two requests of a peer that is short of neighbours. */
const ASK_INTERVAL = 10;
/** A list of thirty in XML, its request and its place: the most that one answer takes here. */
const ANSWER = 9 << 10;
const MOST = 64 << 20;
/** With a network and a tracker that lose nothing hardly anybody asks twice; else peers crowd now and then. */
const LEAST = { faultless: 1 << 20, else: 16 << 20 } as const;

/** What all peers together are answered until the first of them asks again, between 1 (16) and 64 MiB. */
export function answerRoom(scenario: Scenario): number {
  const { faults, network, peers } = scenario;
  const { reportInterval, refreshInterval = Infinity, maxLinks } = peers;
  const between = Math.min(reportInterval, refreshInterval, maxLinks > 0 ? ASK_INTERVAL : Infinity);
  const room = Math.ceil((peersAtOnce(scenario) * RETRY) / between) * ANSWER;
  const faultless = faults.length === 0 && network.loss === 0 && network.duplication === 0;
  return Math.min(MOST, Math.max(LEAST[faultless ? 'faultless' : 'else'], room));
}
