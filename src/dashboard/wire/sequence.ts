/**
 * The peers chosen for the sequence diagram, what they exchanged with the tracker, kept up with the active log, and what
 * they say to each other.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LinkBatch, LinkStep, LogId, SequenceStep, WireSteps } from '../../workers/messages.ts';
import { LIVE } from './state.ts';

export type { SequenceStep } from '../../workers/messages.ts';

/** Numbers are below 0, where no exchange has one. */
export interface PeerStep extends LinkStep {
  readonly id: number;
}

export interface SequenceState {
  readonly log: LogId;
  /** In the order of their lifelines. */
  readonly peers: readonly string[];
  /** In order of time. */
  readonly steps: readonly SequenceStep[];
  /** Earlier ones that were left out. */
  readonly omitted: number;
  /** Between the peers chosen, since they were, in order of time; of simulated peers in the live log. */
  readonly links: readonly PeerStep[];
  /** Those that were left out. */
  readonly linksOmitted: number;
  /** The steps of the peers chosen have not come yet. */
  readonly asking: boolean;
  /** Somebody, or nobody, was chosen since the log began. */
  readonly chosen: boolean;
}

export interface SequenceDesk {
  readonly store: StoreApi<SequenceState>;
  choose(peers: readonly string[]): void;
  /** The latest comers of the active log. */
  chooseNewest(count: number): Promise<void>;
  find(text: string, most: number): Promise<readonly string[]>;
  /** Takes in what came since; another log begins anew. */
  refresh(): void;
}

/** Lifelines beside each other: more cannot be told apart. */
export const MAX_LIFELINES = 12;
/** Steps kept, as many as the worker tells at once. */
const MAX_STEPS = 4000;
const MAX_LINKS = 6000;

interface SequenceSource {
  readonly active: () => LogId;
  readonly steps: (log: LogId, peers: readonly string[], from: number) => Promise<WireSteps>;
  readonly peers: (log: LogId, text: string, most: number) => Promise<readonly string[]>;
}

const NOBODY: Omit<SequenceState, 'log'> = {
  peers: [],
  steps: [],
  omitted: 0,
  links: [],
  linksOmitted: 0,
  asking: false,
  chosen: false,
};

/** What the session does with it. */
export interface SequenceSession extends SequenceDesk {
  /** After the live log began anew. */
  restart(): void;
  /** What the chosen peers said to each other. */
  takeLinks(batch: LinkBatch): void;
}

export function createSequence({ active, steps, peers }: SequenceSource): SequenceSession {
  const store = createStore<SequenceState>(() => ({ log: LIVE, ...NOBODY }));
  /** Counts choices: what answers an older one is not of this one. */
  let turn = 0;
  let next = 0;
  let underWay = false;
  let links = 0;

  function reset(log: LogId): void {
    turn++;
    next = 0;
    underWay = false;
    store.setState({ log, ...NOBODY });
  }

  async function takeIn(): Promise<void> {
    const { log, peers: lifelines } = store.getState();
    if (underWay || lifelines.length === 0) return;
    underWay = true;
    const mine = turn;
    const answer = await steps(log, lifelines, next);
    if (mine !== turn) return;
    underWay = false;
    next = answer.next;
    const { asking } = store.getState();
    if (!asking && answer.steps.length === 0) return;
    store.setState((before) => {
      const all = [...before.steps, ...answer.steps].toSorted((a, b) => a.time - b.time || a.id - b.id);
      const over = Math.max(0, all.length - MAX_STEPS);
      return { steps: all.slice(over), omitted: before.omitted + answer.omitted + over, asking: false };
    });
  }

  function choose(wanted: readonly string[]): void {
    const before = store.getState();
    reset(active());
    const lifelines = [...new Set(wanted)].slice(0, MAX_LIFELINES);
    // Nobody else has them: what was heard of those who stay, stays.
    const kept = before.links.filter(({ from, to }) => lifelines.includes(from) && lifelines.includes(to));
    if (before.log === active()) store.setState({ links: kept, linksOmitted: before.linksOmitted });
    store.setState({ peers: lifelines, asking: lifelines.length > 0, chosen: true });
    void takeIn();
  }

  return {
    store,
    choose,
    async chooseNewest(count) {
      const log = active();
      const mine = turn;
      const newest = await peers(log, '', count);
      if (mine === turn && log === active()) choose(newest);
    },
    find: (text, most) => peers(active(), text, most),
    refresh() {
      if (store.getState().log !== active()) reset(active());
      void takeIn();
    },
    takeLinks({ steps: said, omitted }) {
      store.setState((before) => {
        const { log, peers: chosen } = before;
        if (log !== LIVE) return before;
        const fresh = said
          .filter(({ from, to }) => chosen.includes(from) && chosen.includes(to))
          .map((step): PeerStep => ({ ...step, id: -++links }));
        // Several workers tell, each in order of time.
        const all = [...before.links, ...fresh].toSorted((a, b) => a.time - b.time || b.id - a.id);
        const over = Math.max(0, all.length - MAX_LINKS);
        return { links: all.slice(over), linksOmitted: before.linksOmitted + omitted + over };
      });
    },
    restart() {
      if (store.getState().log === LIVE) reset(LIVE);
    },
  };
}
