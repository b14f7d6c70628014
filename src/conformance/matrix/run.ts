/** Runs a matrix: every cell really lived, some at a time, told as they end. What touches the world is the host's. */
import type { EditionId } from '../../protocol/message.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Clock } from '../case.ts';
import type { CancelSignal } from '../run.ts';
import type { CellExchange, CellResult } from './cell.ts';
import { placesOf } from './config.ts';
import type { MatrixConfig, MatrixTracker, Place } from './config.ts';
import { judge } from './judge.ts';
import { Ledger } from './ledger.ts';
import { live, modeOf, repeating } from './life.ts';
import type { MadePeer, MakePeer, Urged } from './life.ts';

/** A tracker that is there, and the way to it, credentials and all. */
export interface OpenTracker {
  readonly url: string;
  readonly transport: Transport;
}

/** Somebody else's peer at work. */
export interface StartedPeer {
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ForeignPeer {
  readonly command: readonly string[];
  readonly edition: EditionId;
  readonly swarm: string;
  readonly tracker: OpenTracker;
  /** Everything that it sends goes through here. */
  readonly ledger: Ledger;
}

export interface MatrixHost {
  readonly clock: Clock;
  readonly makePeer: MakePeer;
  /** Names this run: letters and digits that no other run uses. */
  readonly run: string;
  /** @throws {Error} That says to people why there is none. */
  open(tracker: MatrixTracker): Promise<OpenTracker>;
  /** Absent where programs cannot be started. @throws {Error} That says to people why not. */
  readonly start?: (peer: ForeignPeer) => Promise<StartedPeer>;
}

export interface RanCell {
  readonly result: CellResult;
  /** What its trace holds, in the order in which it ended. */
  readonly exchanges: readonly CellExchange[];
}

export interface MatrixRun {
  readonly signal?: CancelSignal | undefined;
  /** A cell is under way. */
  readonly began?: (place: Place) => void;
}

/** Reports of a peer of ours that may be late before it counts as silent. */
const LATE_REPORTS = 3;
/** Milliseconds a peer of ours may wait before it tries once more, and the answer takes. */
const MARGIN = 2000;

/** Ends early when `signal` fires: cells under way are then let go, and told of no more. In the order in which cells end. */
export async function* runMatrix(
  config: MatrixConfig,
  host: MatrixHost,
  { signal, began }: MatrixRun = {},
): AsyncGenerator<RanCell, void, void> {
  const trackers = new Map<string, Promise<OpenTracker>>();
  const opened = (tracker: MatrixTracker): Promise<OpenTracker> => {
    const known = trackers.get(tracker.name) ?? host.open(tracker);
    trackers.set(tracker.name, known);
    return known;
  };
  const waiting = [...placesOf(config).entries()];
  const running = new Map<number, Promise<readonly [number, RanCell]>>();
  const under = new Set<Cell>();
  let cancel: (() => void) | undefined;
  const cancelled = new Promise<undefined>((resolve) => {
    cancel = () => {
      for (const cell of under) cell.letGo();
      resolve(undefined);
    };
    signal?.addEventListener('abort', cancel);
  });
  try {
    for (;;) {
      if (signal?.aborted === true) return;
      while (running.size < config.concurrency) {
        const next = waiting.shift();
        if (next === undefined) break;
        const [index, place] = next;
        began?.(place);
        const cell = new Cell(place, index, config, host);
        under.add(cell);
        running.set(
          index,
          cell
            .run(() => opened(place.tracker))
            .then((ran) => [index, ran] as const)
            .finally(() => under.delete(cell)),
        );
      }
      if (running.size === 0) return;
      const ended = await Promise.race([cancelled, ...running.values()]);
      if (ended === undefined) return;
      running.delete(ended[0]);
      yield ended[1];
    }
  } finally {
    if (cancel) signal?.removeEventListener('abort', cancel);
    // What they started is stopped before the host goes.
    await Promise.allSettled(running.values());
  }
}

/** Letters and digits of a name, for a file. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40);

/** Different for each cell, whatever the names. */
const traceName = ({ tracker, peer, edition }: Place, index: number): string =>
  `${String(index + 1).padStart(3, '0')}-${slug(tracker.name)}-${slug(peer.name)}-${slug(edition)}.ndjson`;

/** Whose it is, where it is not the peer's. */
const labelled = (exchange: CellExchange): CellExchange =>
  exchange.by === 'peer' ? exchange : { ...exchange, step: `${exchange.by}: ${exchange.step}` };

class Cell {
  readonly #place: Place;
  readonly #index: number;
  readonly #config: MatrixConfig;
  readonly #host: MatrixHost;
  readonly #ledger: Ledger;
  readonly #patience: number;
  readonly #swarm: string;

  constructor(place: Place, index: number, config: MatrixConfig, host: MatrixHost) {
    const timeout = config.timeout * 1000;
    this.#place = place;
    this.#index = index;
    this.#config = config;
    this.#host = host;
    this.#ledger = new Ledger(place.edition, host.clock, timeout);
    this.#patience = LATE_REPORTS * config.reportInterval * 1000 + timeout + MARGIN;
    this.#swarm = `${host.run}-cell-${index + 1}`;
  }

  /** Ends it early: what it would still say counts for nothing. */
  letGo(): void {
    this.#ledger.close();
  }

  /** Never rejects. */
  async run(open: () => Promise<OpenTracker>): Promise<RanCell> {
    const unsuitable = this.#unsuitable();
    if (unsuitable !== undefined) return this.#without('not-applicable', unsuitable, 0);
    const { clock } = this.#host;
    const start = clock.now();
    try {
      const tracker = await open();
      const lived = await this.#live(tracker);
      this.#ledger.close();
      const { edition } = this.#place;
      const { entries } = this.#ledger;
      const judgement = await judge({ edition, entries, patience: this.#patience, ...lived });
      const result = { ...this.#names(), ...judgement, milliseconds: clock.now() - start };
      const exchanges = entries.map(({ exchange }) => labelled(exchange));
      const trace = exchanges.length > 0 ? { trace: traceName(this.#place, this.#index) } : {};
      return { result: { ...result, ...trace }, exchanges };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      return this.#without('fails', why, clock.now() - start);
    } finally {
      this.#ledger.close();
    }
  }

  #names(): Pick<CellResult, 'tracker' | 'peer' | 'edition'> {
    const { tracker, peer, edition } = this.#place;
    return { tracker: tracker.name, peer: peer.name, edition };
  }

  #without(verdict: 'fails' | 'not-applicable', reason: string, milliseconds: number): RanCell {
    const counts = { exchanges: 0, errors: 0, unanswered: 0, bytes: 0 };
    const result = { ...this.#names(), verdict, reason, stages: [], findings: [], counts, milliseconds };
    return { result, exchanges: [] };
  }

  #unsuitable(): string | undefined {
    const { tracker, peer, edition } = this.#place;
    if (tracker.editions?.includes(edition) === false)
      return 'The tracker is said not to speak this edition.';
    if (peer.editions?.includes(edition) === false) return 'The peer is said not to speak this edition.';
    if (peer.is.kind === 'command' && this.#host.start === undefined)
      return 'A page starts no programs: `swarmscope matrix` does.';
    return undefined;
  }

  async #live(tracker: OpenTracker): Promise<{
    readonly behaviour: Parameters<typeof judge>[0]['behaviour'];
    readonly urged: Urged;
    readonly companion: string | undefined;
  }> {
    const companion = this.#make(
      'companion',
      'SEED',
      this.#ledger.line('companion', tracker.transport),
      tracker,
    );
    try {
      companion.begin();
      const standing = () => this.#ledger.standing('companion');
      const there = await this.#ledger.until(() => standing().swarms.size > 0, this.#patience);
      const { is } = this.#place.peer;
      const met = { companion: there ? companion.peerId : undefined };
      if (is.kind === 'command') {
        await this.#watch(is, tracker);
        const { behaviour, urged } = { behaviour: undefined, urged: new Map() };
        return { behaviour, urged, ...met };
      }
      const urged = await this.#liveOwn(is.behaviour, tracker);
      companion.urge('leave');
      if (there) await this.#ledger.until(() => !standing().registered, this.#patience);
      return { behaviour: is.behaviour, urged, ...met };
    } finally {
      companion.end();
    }
  }

  async #liveOwn(behaviour: 'complete' | 'leech' | 'seed' | 'repeats', tracker: OpenTracker): Promise<Urged> {
    const ledger = this.#ledger;
    const line = ledger.line('peer', tracker.transport);
    const transport =
      behaviour === 'repeats' ? repeating(line, ledger.line('repeat', tracker.transport)) : line;
    const peer = this.#make('peer', modeOf(behaviour), transport, tracker);
    try {
      return await live({ ledger, clock: this.#host.clock, patience: this.#patience, behaviour, peer });
    } finally {
      peer.end();
    }
  }

  #make(who: string, mode: 'SEED' | 'LEECH', transport: Transport, { url }: OpenTracker): MadePeer {
    const { clock, makePeer } = this.#host;
    return makePeer({
      edition: this.#place.edition,
      mode,
      url,
      name: `${this.#swarm}-${who}`,
      seed: this.#index + 1,
      transport,
      clock,
      reportInterval: this.#config.reportInterval,
      swarm: this.#swarm,
      fault: (cause) => {
        throw cause;
      },
    });
  }

  /** Until the program ends, its time is up, or the run is cancelled. */
  async #watch(
    { command, seconds }: { readonly command: readonly string[]; readonly seconds: number },
    tracker: OpenTracker,
  ): Promise<void> {
    const ledger = this.#ledger;
    const { edition } = this.#place;
    const started = await this.#host.start?.({ command, edition, swarm: this.#swarm, tracker, ledger });
    if (started === undefined) return;
    try {
      let over = false;
      const look = ledger.until(() => over, seconds * 1000);
      await Promise.race([
        look,
        started.ended.finally(() => {
          over = true;
        }),
      ]);
    } finally {
      await started.stop();
    }
  }
}
