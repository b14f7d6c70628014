/** Hosts of peers joined to a tracker core in memory, on a clock that a test winds: real codecs, real bytes, no network. */
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import { DEFAULT_SCENARIO } from '../simulation/default-scenario.ts';
import { SWARM_DEFAULTS } from '../simulation/scenario/defaults.ts';
import { PeerHost, type Populate } from '../simulation/host.ts';
import type { Observation } from '../simulation/observation.ts';
import { Observing } from '../simulation/observing.ts';
import { stream } from '../simulation/random.ts';
import type { Exchange, PeerBirth, PeerEnd, PeerHandle, Snapshot } from '../simulation/report.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { Tracker } from '../tracker/api.ts';
import { createTrackerEndpoint } from '../tracker/http.ts';
import { createTracker } from '../tracker/tracker.ts';
import { createMemoryTransport } from '../transport/memory-transport.ts';

/** Milliseconds between two steps, as in the page's workers. */
const STEP = 125;

/** One small film: 2 publishers, 20 LEECHes, nobody else comes, nobody leaves. */
export const FILM: Scenario = {
  ...DEFAULT_SCENARIO,
  tracker: { ...DEFAULT_SCENARIO.tracker, url: 'http://tracker.example/announce' },
  peers: { ...DEFAULT_SCENARIO.peers, crash: 0 },
  swarms: [
    {
      ...SWARM_DEFAULTS,
      id: 'film',
      about: 'a test',
      kind: 'vod',
      chunks: 64,
      chunkBytes: 16_384,
      seeds: 2,
      population: { leeches: 20, seeds: 0 },
      arrivals: { process: 'poisson', rate: 0 },
      patience: { distribution: 'never' },
      seedTime: { distribution: 'never' },
      upload: { distribution: 'constant', value: 100_000 },
      download: { distribution: 'constant', value: 400_000 },
    },
  ],
};

export class MemorySwarm {
  readonly hosts: PeerHost[];
  readonly #observing: Observing[];
  readonly requests: HttpRequest[] = [];
  readonly exchanges: Exchange[] = [];
  readonly ends: PeerEnd[] = [];
  /** Whom answers listed, and how often, and who came. */
  readonly handedOut = new Map<PeerHandle, number>();
  readonly births: PeerBirth[] = [];
  tracker!: Tracker;
  /** Set to put something else in the tracker's place. */
  answer: ((request: HttpRequest) => HttpResponse) | undefined;
  #endpoint!: ReturnType<typeof createTrackerEndpoint>;
  #now = 0;
  readonly #random = stream(1, 'tracker');

  /** Set to pause the lines to the tracker. */
  holding = false;

  constructor(scenario: Scenario, workers = 2, populate: Populate = 'everyone') {
    this.restartTracker();
    const remote = { address: '127.0.0.1', port: 50_000 };
    const transport = createMemoryTransport((request) => {
      this.requests.push(request);
      return this.answer?.(request) ?? this.ask(request);
    }, remote);
    this.#observing = Array.from({ length: workers }, () => new Observing());
    this.hosts = this.#observing.map(
      (observing, worker) =>
        new PeerHost({
          observing,
          scenario,
          worker,
          workers,
          run: 'test',
          populate,
          holding: () => this.holding,
          fault: (cause) => {
            throw cause;
          },
          firstSerial: 0,
          transport,
          now: () => this.#now,
          route: (to, messages) => this.hosts[to]?.receive(structuredClone([...messages])),
        }),
    );
  }

  get now(): number {
    return this.#now;
  }

  /** The tracker forgets everything, as after a restart. */
  restartTracker(): void {
    this.tracker = createTracker({}, this.#now);
    this.#endpoint = createTrackerEndpoint(this.tracker);
  }

  ask(request: HttpRequest): HttpResponse {
    return this.#endpoint.answer(request, { now: this.#now, random: this.#random }).response;
  }

  /** Time passes without anybody living it. */
  leap(seconds: number): void {
    this.#now += seconds * 1000;
  }

  /** Lets the swarm live for so many seconds of its own time. */
  async run(seconds: number): Promise<void> {
    const until = this.#now + seconds * 1000;
    while (this.#now < until) {
      this.#now += STEP;
      this.#endpoint.expire(this.#now);
      for (const host of this.hosts) {
        host.step(this.#now);
        // Answers arrive as promises: let every chain of them come to its end.
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (const snapshot of this.snapshots()) {
        this.exchanges.push(...snapshot.exchanges);
        this.ends.push(...snapshot.ends);
        this.births.push(...snapshot.births);
        const { handedOut } = snapshot;
        for (let at = 0; at < handedOut.length; at += 2) {
          const [peer, times] = [handedOut[at] ?? 0, handedOut[at + 1] ?? 0];
          this.handedOut.set(peer, (this.handedOut.get(peer) ?? 0) + times);
        }
      }
    }
  }

  /** All that has happened since the last time, told by each host. */
  observations(): Observation[] {
    return this.#observing.map((observing, worker) =>
      observing.take(worker, this.#now, this.hosts[worker]?.standing()),
    );
  }

  snapshots(): Snapshot[] {
    return this.hosts.map((host) => host.snapshot(this.#now));
  }
}
