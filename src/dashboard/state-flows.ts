/**
 * From what peers tell of their way to the rows of the tracker's table (RFC 7846 §2.3, figure 5). Some steps are one row,
 * some are two at once, because PEER REGISTERED is transient; of some a peer cannot know which row it was.
 */
import type { EditionId, Method } from '../protocol/message.ts';
import type { PeerState } from '../protocol/rules.ts';
import { EDITIONS, PEER_TRANSITIONS, STEPS } from '../workers/client.ts';
import type { StatesAnswer, StatesAsk, Step } from '../workers/messages.ts';

export { EDITIONS, PEER_TRANSITIONS, TRACKER_TRANSITIONS } from '../workers/client.ts';
export type { StatesAnswer, StatesAsk } from '../workers/messages.ts';

/** In the order of the counts in an answer. */
export const STATES = [
  'START',
  'PEER REGISTERED',
  'TRACKING',
  'TERMINATE',
] as const satisfies readonly PeerState[];

type Way = Extract<StatesAsk['who'], { ways: unknown }>['ways'][number];
type Row = (typeof PEER_TRANSITIONS)[number];
type RowName = readonly [from: PeerState, event: Row['event']];

/** A row of the table with what went through it. */
export interface RowFlow {
  /** Place in the table. */
  readonly index: number;
  readonly from: PeerState;
  readonly to: PeerState;
  readonly event: string;
  readonly timers: readonly string[];
  readonly sends: string;
  /** Where the texts say so: that of the edition, or of all that have it, newest first. */
  readonly sections: readonly string[];
  /** Peers can tell of it at all. */
  readonly told: boolean;
  readonly total: number;
  /** Each second. */
  readonly rate: number;
  /** Beside these, steps that were this row or another. */
  readonly perhaps: number;
  /** Who to ask for. */
  readonly ways: readonly Way[];
}

interface Meaning {
  /** All of them were gone through; or one of them, nobody but the tracker knows which. */
  readonly how: 'all' | 'one';
  readonly rows: readonly RowName[];
}

const all = (...rows: RowName[]): Meaning => ({ how: 'all', rows });
const one = (...rows: RowName[]): Meaning => ({ how: 'one', rows });

const UNREGISTERED: RowName = ['START', 'request from unregistered peer'];
const RECEIVED: RowName = ['START', 'CONNECT received'];
const JOINED: RowName = ['PEER REGISTERED', 'swarm actions valid'];
const EXPIRED: RowName = ['TRACKING', 'track timer expired'];
const LEFT: RowName = ['TRACKING', 'left last swarm'];
const DISCONNECTED: RowName = ['TRACKING', 'disconnected'];
const invalid = (from: PeerState): readonly RowName[] => [
  [from, 'invalid request, keep'],
  [from, 'invalid request, terminate'],
];

/** Rows that the edition does not have fall out afterwards. */
function meaningOf(step: Step): Meaning {
  switch (step) {
    case 'registers':
      return all(RECEIVED);
    case 'registers and joins':
      return all(RECEIVED, JOINED);
    case 'is refused at START':
      // The tracker may as well hold a registration that the peer does not know of.
      return one(
        ['PEER REGISTERED', 'registration error'],
        ['PEER REGISTERED', 'swarm actions invalid'],
        ...invalid('TRACKING'),
      );
    case 'asks unregistered':
      return all(UNREGISTERED);
    case 'may be registered':
      return one(RECEIVED, JOINED);
    case 'joins':
      return all(JOINED);
    case 'disconnects before it joined':
      return all(['PEER REGISTERED', 'disconnected']);
    case 'is refused in PEER REGISTERED':
      return one(...invalid('PEER REGISTERED'), UNREGISTERED);
    case 'leaves the last swarm':
      return all(LEFT);
    case 'disconnects':
      return all(DISCONNECTED);
    case 'is refused while TRACKING':
      // Its registration may have run out without its knowing; then it is nobody who asks.
      return one(...invalid('TRACKING'), UNREGISTERED);
    case 'finds nobody':
      return all(['TRACKING', 'nobody holds it']);
    case 'gives up its farewell':
      // Heard or not, sooner or later it is out.
      return one(LEFT, DISCONNECTED, EXPIRED);
    case 'init timer ran out':
      return all(['PEER REGISTERED', 'init timer expired']);
    case 'track timer ran out':
      return all(EXPIRED);
    case 'is gone before it registered':
    case 'is sent away for now':
    case 'has no answer':
      return all();
    default:
      return stayOf(step);
  }
}

/** A good answer that keeps the state. */
function stayOf(step: string): Meaning {
  const [, method, where] = /^(\w+) (?:in|while) (PEER REGISTERED|TRACKING)$/.exec(step) ?? [];
  return all([where as PeerState, `${method as Method} valid`]);
}

interface Told {
  readonly rows: readonly number[];
  readonly sure: boolean;
}

/** Rows of a step in an edition, by place in the table. */
export function rowsOf(step: Step, edition: EditionId): Told {
  const { how, rows } = meaningOf(step);
  const found = rows.flatMap(([from, event]) => {
    const index = PEER_TRANSITIONS.findIndex(
      (row) => row.from === from && row.event === event && row.sections[edition] !== undefined,
    );
    return index < 0 ? [] : [index];
  });
  return { rows: found, sure: how === 'all' || found.length < 2 };
}

const TABLE: readonly (readonly Told[])[] = EDITIONS.map((edition) =>
  STEPS.map((step) => rowsOf(step, edition)),
);

/** Steps that move no machine, in words for people. */
export const ASIDE = {
  'has no answer': 'no answer came',
  'is sent away for now': 'sent away for now (errors 4 and 5)',
  'is gone before it registered': 'gone before it registered',
} as const satisfies Partial<Record<Step, string>>;

/** `edition`: whose rows; left out: those of all. */
export function flowsOf(
  answer: StatesAnswer | undefined,
  edition: EditionId | undefined,
): readonly RowFlow[] {
  const flows = PEER_TRANSITIONS.map((row, index) => ({
    ...row,
    index,
    sections: EDITIONS.flatMap((id) => {
      const section = edition === undefined || edition === id ? row.sections[id] : undefined;
      return section === undefined ? [] : [section];
    }),
    told: false,
    total: 0,
    rate: 0,
    perhaps: 0,
    ways: [] as Way[],
  }));
  for (const [place, steps] of TABLE.entries()) {
    if (edition !== undefined && EDITIONS[place] !== edition) continue;
    for (const [step, { rows, sure }] of steps.entries()) {
      const at = place * STEPS.length + step;
      const [total, rate] = [answer?.steps[at] ?? 0, answer?.rates[at] ?? 0];
      for (const index of rows) {
        const flow = flows[index];
        if (flow === undefined) continue;
        flow.told = true;
        flow.ways.push({ edition: place, step });
        if (!sure) flow.perhaps += total;
        else {
          flow.total += total;
          flow.rate += rate;
        }
      }
    }
  }
  return flows.filter(({ sections }) => sections.length > 0);
}

/** How often that happened which moves no machine. */
export function asideOf(answer: StatesAnswer): readonly (readonly [what: string, total: number])[] {
  return Object.entries(ASIDE).map(([step, words]) => {
    const code = STEPS.indexOf(step as Step);
    const total = EDITIONS.reduce(
      (sum, _, place) => sum + (answer.steps[place * STEPS.length + code] ?? 0),
      0,
    );
    return [words, total];
  });
}
