/**
 * What a peer's own word tells of its way through the tracker's machine (RFC 7846 §2.3, figure 5). Where that leaves
 * open which row of the tracker's table it was, the step has a name of its own, and whoever draws it says so.
 */
import { METHODS, type Method } from '../../protocol/message.ts';
import { NO_METHOD, OUTCOMES, type PEER_STATES } from '../../simulation/observation.ts';

const OWN = [
  'registers',
  'registers and joins',
  /** Its CONNECT is refused. */
  'is refused at START',
  /** Any other request of a peer that has not registered. */
  'asks unregistered',
  'is gone before it registered',
  /** Left with a CONNECT under way: only the tracker knows whether it holds a registration. */
  'may be registered',
  'joins',
  'disconnects before it joined',
  'is refused in PEER REGISTERED',
  'leaves the last swarm',
  'disconnects',
  'is refused while TRACKING',
  'finds nobody',
  'gives up its farewell',
  /** Vanished, and silent for longer than the timer. */
  'init timer ran out',
  'track timer ran out',
  /** The tracker's errors that pass (RFC 7846 §4.3), and no answer at all: no machine moves. */
  'is sent away for now',
  'has no answer',
] as const;

/** A good answer that leaves the peer where it is. */
export type Stay = `${Method} in PEER REGISTERED` | `${Method} while TRACKING`;
export type Step = (typeof OWN)[number] | Stay;

/** The index is the code in counts. */
export const STEPS: readonly Step[] = [
  ...OWN,
  ...METHODS.map((method) => `${method} in PEER REGISTERED` as const),
  ...METHODS.map((method) => `${method} while TRACKING` as const),
];

export const [START, REGISTERED, TRACKING, TERMINATE] = [
  0, 1, 2, 3,
] as const satisfies readonly (keyof typeof PEER_STATES)[];

const CODES = new Map(STEPS.map((step, code) => [step, code]));
/** Of a step that is in the table, which all are. */
export const codeOf = (step: Step): number => CODES.get(step) ?? 0;

const OK = OUTCOMES.indexOf('ok');
const NOT_FOUND = OUTCOMES.indexOf('not-found');
const PASSING: ReadonlySet<number> = new Set([OUTCOMES.indexOf('internal'), OUTCOMES.indexOf('overloaded')]);
/** From here on: there was no answer that could be read. */
const UNANSWERED = OUTCOMES.indexOf('unreadable');

type Answered = 'good' | 'refused' | 'passing' | 'none';

function answered(outcome: number): Answered {
  if (outcome === OK) return 'good';
  if (outcome >= UNANSWERED) return 'none';
  return PASSING.has(outcome) ? 'passing' : 'refused';
}

const REFUSED = [
  codeOf('is refused at START'),
  codeOf('is refused in PEER REGISTERED'),
  codeOf('is refused while TRACKING'),
  codeOf('is refused at START'),
] as const;
const FIRST_STAY = [OWN.length, OWN.length + METHODS.length] as const;

const CONNECT = METHODS.indexOf('CONNECT');
const DISCONNECT = METHODS.indexOf('DISCONNECT');
const SEARCHES: ReadonlySet<number> = new Set([METHODS.indexOf('FIND'), METHODS.indexOf('FIND_CHUNK')]);

/** A request that ended while the peer believed nothing new: which step that was; undefined: of nobody's machine. */
export function stepOfRequest(state: number, method: number, outcome: number): number | undefined {
  switch (answered(outcome)) {
    case 'good':
      if (state === TRACKING) return FIRST_STAY[1] + method;
      return state === REGISTERED ? FIRST_STAY[0] + method : undefined;
    case 'passing':
      return codeOf('is sent away for now');
    case 'none':
      return codeOf('has no answer');
    case 'refused':
      // gu -06 §4.8: nobody holds what was looked for, an answer like any other.
      if (state === TRACKING && outcome === NOT_FOUND && SEARCHES.has(method)) return codeOf('finds nobody');
      if (state !== REGISTERED && state !== TRACKING && method !== CONNECT)
        return codeOf('asks unregistered');
      return REFUSED[state as 0 | 1 | 2 | 3];
    default:
      return undefined;
  }
}

/** What a peer now believes: the step, and the state the tracker has it in. */
export interface Went {
  readonly step: number;
  readonly to: number;
}

/** `outcome`: of the request that it came with; undefined: it came with none. */
export function stepOfBelief(
  state: number,
  to: number,
  by: number,
  outcome: number | undefined,
): Went | undefined {
  const answer = by === NO_METHOD || outcome === undefined ? 'none' : answered(outcome);
  if (to === TRACKING) return arrived(state, by, answer);
  if (to === REGISTERED) {
    // After its last LEAVE a gu-04 peer takes itself for registered only; to the tracker it is still TRACKING.
    if (state === TRACKING) {
      const step = answer === 'refused' ? REFUSED[TRACKING] : FIRST_STAY[1] + by;
      return by === NO_METHOD ? undefined : { step, to: TRACKING };
    }
    return { step: codeOf('registers'), to };
  }
  return ended(state, to, by, answer);
}

function arrived(state: number, by: number, answer: Answered): Went {
  if (state === REGISTERED) return { step: codeOf('joins'), to: TRACKING };
  if (answer === 'none' || answer === 'refused') return { step: codeOf('may be registered'), to: TRACKING };
  return { step: state === TRACKING ? FIRST_STAY[1] + by : codeOf('registers and joins'), to: TRACKING };
}

function ended(state: number, to: number, by: number, answer: Answered): Went | undefined {
  const registered = state === REGISTERED || state === TRACKING;
  if (answer === 'refused') {
    const step = registered || by === CONNECT ? REFUSED[state as 0 | 1 | 2 | 3] : codeOf('asks unregistered');
    return { step, to };
  }
  if (!registered)
    return to === TERMINATE && state === START
      ? { step: codeOf('is gone before it registered'), to }
      : undefined;
  if (answer !== 'good') return { step: codeOf('gives up its farewell'), to };
  if (by !== DISCONNECT) return { step: codeOf('leaves the last swarm'), to };
  return { step: codeOf(state === TRACKING ? 'disconnects' : 'disconnects before it joined'), to };
}
