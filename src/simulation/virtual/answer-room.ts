/** How many bytes of answers the simulated tracker keeps for peers that ask the same again. */
import type { Scenario } from '../scenario/schema.ts';
import { peersAtOnce } from '../scenario/size.ts';
import { Concern } from '../models/dice.ts';
import { times } from '../models/distributions.ts';
import { SECOND, type Micros } from './events.ts';
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
 * Where nothing is lost and every answer is there long before a peer gives up on it, nobody asks twice. What is kept for
 * nobody costs all the same: each answer lies in memory that no cache holds any more, and that makes a large swarm's
 * messages dear.
 */
const FOR_NOBODY = 1 << 20;
/** Microseconds that a message takes at most where answers come in time: a sixteenth of what peers wait for them. */
const PROMPT: Micros = 0.5 * SECOND;
/** Delays drawn to see how long they get. */
const DRAWS = 1000;

/** What all peers together are answered until the first of them asks again, between 16 and 64 MiB. */
export function answerRoom(scenario: Scenario): number {
  if (isPrompt(scenario)) return FOR_NOBODY;
  const { peers } = scenario;
  const { reportInterval, refreshInterval = Infinity, maxLinks } = peers;
  const between = Math.min(reportInterval, refreshInterval, maxLinks > 0 ? ASK_INTERVAL : Infinity);
  const room = Math.ceil((peersAtOnce(scenario) * RETRY) / between) * ANSWER;
  return Math.min(MOST, Math.max(LEAST, room));
}

function isPrompt({ faults, network, tracker }: Scenario): boolean {
  const { loss, duplication, reordering, systems } = network;
  const isSound = faults.length === 0 && loss === 0 && duplication === 0 && reordering === 0;
  // With systems, delays depend on who is where.
  return isSound && systems.length === 0 && isNothing(tracker.serviceTime) && longestDelay(network) < PROMPT;
}

/** Of many: the same each time. */
function longestDelay({ latency, jitter }: Scenario['network']): Micros {
  const dice = new Concern(0, 'longest delay');
  let n = 0;
  const [way, more] = [times(latency), times(jitter)];
  const next = (): number => dice.at(0, n++);
  let longest = 0;
  for (let draw = 0; draw < DRAWS; draw++) longest = Math.max(longest, way(next) + more(next));
  return longest;
}
