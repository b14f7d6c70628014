/** How many bytes of answers the simulated tracker keeps for peers that ask the same again. */
import type { Scenario } from '../scenario/schema.ts';
import { peersAtOnce } from '../scenario/size.ts';
import { isNothing } from './script.ts';

/** Seconds after which a peer whose answer was lost asks again: it waits for 8, and pauses for up to 1.5. */
const RETRY = 10;
/** Seconds between two requests of a peer that is short of neighbours. */
const ASK_INTERVAL = 10;
/** A list of thirty in XML, its request and its place: the most that one answer takes here. */
const ANSWER = 9 << 10;
const MOST = 64 << 20;
/** Peers crowd now and then. */
const LEAST = 16 << 20;
/**
 * With a network and a tracker that lose nothing hardly anybody asks twice. What is kept for nobody costs all the same:
 * each answer lies in memory that no cache holds any more, and that makes a large swarm's messages dear.
 */
const FAULTLESS = 1 << 20;

/** What all peers together are answered until the first of them asks again, between 16 and 64 MiB; 1 without faults. */
export function answerRoom(scenario: Scenario): number {
  const { faults, network, peers, tracker } = scenario;
  const faultless = faults.length === 0 && network.loss === 0 && network.duplication === 0;
  if (faultless && isNothing(tracker.serviceTime)) return FAULTLESS;
  const { reportInterval, refreshInterval = Infinity, maxLinks } = peers;
  const between = Math.min(reportInterval, refreshInterval, maxLinks > 0 ? ASK_INTERVAL : Infinity);
  const room = Math.ceil((peersAtOnce(scenario) * RETRY) / between) * ANSWER;
  return Math.min(MOST, Math.max(LEAST, room));
}
