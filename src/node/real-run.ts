/**
 * A run on the real clock, against any tracker over HTTP. What it tells is what its peers see, in the events of a run
 * on the virtual clock; what goes on in the tracker, what a list holds and which chunk went where is not in it. Two
 * such runs are never the same.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { ExchangeRecord } from '../simulation/exchange-log.ts';
import { PeerHost } from '../simulation/host.ts';
import type { PeerHandle, Snapshot } from '../simulation/report.ts';
import { RunClock } from '../simulation/run-clock.ts';
import {
  SECOND,
  type Micros,
  type PeerIndex,
  type Phase,
  type RunEvent,
} from '../simulation/virtual/events.ts';
import { headerOf, scenarioHash } from '../simulation/virtual/header.ts';
import { lineOf } from '../simulation/virtual/line.ts';
import { FETCH } from './conformance.ts';
import { reachProblem } from './conformance-socket.ts';
import { analysisOf, nodeHasher } from './measured-run.ts';
import type { Ran, Running } from './run.ts';
import { startServer } from './server.ts';
import { StartError } from './start-error.ts';

/** Milliseconds between two steps. */
const STEP = 125;
/** Milliseconds that an event waits for what happened before it and is told later: longer than any exchange takes. */
const HELD = 10_000;
/** Milliseconds that peers get to LEAVE at the end. */
const FAREWELL = 5000;
const REACH = 5000;
/** Microseconds in a millisecond. */
const MICROS = 1000;

/** @throws {StartError} When nobody is at the tracker's URL. */
export async function runOnRealClock(running: Running): Promise<Ran> {
  const { scenario, print } = running;
  if (scenario.tracker.url !== 'embedded') {
    const problem = await reachProblem(new URL(scenario.tracker.url), REACH);
    if (problem !== undefined)
      throw new StartError(`Nobody can be reached at ${scenario.tracker.url}: ${problem}`);
    return live(running, scenario.tracker.url);
  }
  const { trackTimer, initTimer, policy } = scenario.tracker;
  const tracker = { trackTimer: trackTimer * 1000, initTimer: initTimer * 1000 };
  const server = await startServer({ host: '127.0.0.1', port: 0, tracker, policy });
  print(`A tracker of its own at ${server.url}`);
  try {
    return await live(running, server.url);
  } finally {
    await server.stop();
  }
}

async function live(running: Running, url: string): Promise<Ran> {
  const { scenario, turn, print, signal } = running;
  print('On the real clock: another run will not be the same, whatever the seed.');
  const book = new Book(running);
  const clock = new RunClock(() => performance.now(), 0);
  const host = new PeerHost({
    scenario: { ...scenario, tracker: { ...scenario.tracker, url } },
    worker: 0,
    workers: 1,
    run: `n${randomBytes(4).toString('hex')}`,
    populate: 'everyone',
    firstSerial: 0,
    transport: FETCH,
    now: () => clock.now(),
    holding: () => false,
    fault: (cause) =>
      print(`A bug, which the run survived: ${cause instanceof Error ? cause.message : String(cause)}`),
    witness: { born: () => undefined, exchanged: (exchange) => book.exchanged(exchange) },
    route: () => undefined,
  });
  const end = scenario.duration * 1000;
  const step = async (): Promise<number> => {
    const now = clock.now();
    host.step(now);
    book.look(host, now);
    book.tell(now - HELD);
    const words = `${Math.floor(now / 1000)} of ${scenario.duration} s  ${host.alive} peers`;
    turn(Math.max(0, now - HELD) * MICROS, book.analysis, words);
    await sleep(STEP);
    return now;
  };
  let now = 0;
  while (now < end && !signal.aborted) now = await step();
  const reached = Math.min(now, end);
  host.leaveAll(clock.now());
  const leaveBy = clock.now() + FAREWELL;
  while (host.alive > 0 && clock.now() < leaveBy) await step();
  const time = Math.round(reached * MICROS);
  // What the farewell brought is after the run.
  book.tell(reached);
  book.analysis.finish(time);
  return {
    analysis: book.analysis,
    time,
    scenarioSha256: book.scenarioSha256,
    eventsSha256: book.sha256(),
    notes: [
      'real clock: not reproducible',
      'as the peers saw it: no events within the tracker, of lists, links or chunks',
    ],
  };
}

interface Known {
  readonly peer: PeerIndex;
  readonly bornAt: Micros;
  completed: boolean;
}

/** Makes events of what the host shows, and tells them in the order of time. */
class Book {
  readonly analysis: Ran['analysis'];
  readonly scenarioSha256: string;
  readonly #running: Running;
  readonly #hash = nodeHasher();
  readonly #known = new Map<PeerHandle, Known>();
  readonly #text = new TextEncoder();
  #peers = 0;
  #waiting: RunEvent[] = [];

  constructor(running: Running) {
    this.#running = running;
    const { scenario } = running;
    this.analysis = analysisOf(scenario);
    this.scenarioSha256 = scenarioHash(scenario);
    this.#write(headerOf(scenario, this.scenarioSha256, 'protocol'));
    const { from, until = scenario.duration } = scenario.measure;
    const phases: readonly (readonly [number, Phase])[] = [
      ...(from > 0 ? [[0, 'warm-up'] as const] : []),
      [from, 'measured'],
      ...(until < scenario.duration ? [[until, 'cool-down'] as const] : []),
    ];
    for (const [at, phase] of phases)
      this.#waiting.push({ at: Math.round(at * SECOND), kind: 'phase', phase });
  }

  sha256(): string {
    return this.#hash.hex();
  }

  /** Of one request and its answer: told when the answer is there. */
  exchanged({ peer: handle, method, at, took, attempt, request, response, result }: ExchangeRecord): void {
    const peer = this.#peerOf(handle, at);
    const asked = Math.round(at * MICROS);
    const answered = asked + Math.round(took * MICROS);
    this.#waiting.push({ at: asked, kind: 'request', peer, method, bytes: request.length, attempt });
    if (result.kind === 'failed' || result.verdict === 'unreadable') {
      this.#waiting.push({ at: answered, kind: 'unanswered', peer, method, attempt });
      return;
    }
    const ok = result.verdict === 'ok';
    const error = result.detail.split(':', 1)[0] as ErrorName;
    const handled = { status: result.status, bytes: response.length, ...(!ok && { error }) };
    this.#waiting.push({ at: answered, kind: 'handled', peer, method, ...handled });
    this.#waiting.push({ at: answered, kind: 'answered', peer, method, ok, took: answered - asked });
  }

  /** Who came, completed and went since the last look, at `now` in milliseconds. */
  look(host: PeerHost, now: number): void {
    const at = Math.round(now * MICROS);
    const snapshot = host.snapshot(now);
    const { peers, births, ends } = snapshot;
    const rows = new Map<PeerHandle, number>();
    for (let row = 0; row < peers.handle.length; row++) rows.set(peers.handle[row] ?? 0, row);
    for (const birth of births) this.#arrived(birth, rows.get(birth.handle), host, snapshot, at);
    for (const [handle, row] of rows) {
      const known = this.#known.get(handle);
      if (known === undefined || known.completed || peers.mode[row] !== 1) continue;
      known.completed = true;
      this.#waiting.push({ at, kind: 'completed', peer: known.peer, took: at - known.bornAt });
    }
    for (const { handle, how } of ends) {
      const known = this.#known.get(handle);
      if (known !== undefined) this.#waiting.push({ at, kind: 'departed', peer: known.peer, how });
    }
  }

  /** Everything up to `until`, in milliseconds. */
  tell(until: number): void {
    this.#waiting.sort((a, b) => a.at - b.at);
    const later = this.#waiting.findIndex(({ at }) => at > until * MICROS);
    for (const event of this.#waiting.splice(0, later < 0 ? this.#waiting.length : later)) {
      this.analysis.take(event);
      this.#running.event(event);
      this.#write(this.#text.encode(lineOf(event)));
    }
  }

  #arrived(
    { handle, peerId, swarm }: Snapshot['births'][number],
    row: number | undefined,
    host: PeerHost,
    { peers }: Snapshot,
    at: Micros,
  ): void {
    const seed = row !== undefined && peers.mode[row] === 1;
    const { uploadLimit = 0, downloadLimit = 0 } = host.detail(handle) ?? {};
    this.#known.set(handle, { peer: this.#peerOf(handle, at / MICROS), bornAt: at, completed: seed });
    this.#waiting.push({
      at,
      kind: 'arrived',
      peer: this.#peerOf(handle, at / MICROS),
      peerId,
      swarm,
      edition: EDITIONS[peers.edition[row ?? -1] ?? 0] ?? EDITIONS[0],
      mode: seed ? 'SEED' : 'LEECH',
      upload: Math.round(uploadLimit),
      download: Math.round(downloadLimit),
      asn: 0,
      nat: 'open',
      behaviour: 'regular',
    });
  }

  /** By number of arrival; of one whose first exchange was over before anybody looked, given now. */
  #peerOf(handle: PeerHandle, at: number): PeerIndex {
    const known = this.#known.get(handle);
    if (known !== undefined) return known.peer;
    const peer = this.#peers++;
    this.#known.set(handle, { peer, bornAt: Math.round(at * MICROS), completed: false });
    return peer;
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#running.log(bytes);
  }
}
