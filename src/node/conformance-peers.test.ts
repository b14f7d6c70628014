/** Our own peers before the suite over real HTTP, in leaps of time: nothing waits but for bytes on their way. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CaseResult } from '../conformance/case.ts';
import type { PeerCase } from '../conformance/peer-bench.ts';
import type { Arrival, PeerSource } from '../conformance/peer-source.ts';
import { PEER_CASES } from '../conformance/peers/index.ts';
import { runPeers } from '../conformance/run-peers.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId } from '../protocol/message.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import { WoundClock } from '../testing/wound-clock.ts';
import { createFetchTransport } from '../transport/fetch-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { AwaitedPeers } from './awaited-peers.ts';
import { runPeerConformance } from './conformance-peers.ts';
import { SelectionError } from './conformance.ts';
import type { ConformanceOptions } from './conformance.ts';
import { OwnPeers } from './own-peers.ts';
import { openPeerDoor } from './peer-door.ts';
import type { PeerDoor } from './peer-door.ts';

const REPORT_INTERVAL = 30;
const PATIENCE = 2 * REPORT_INTERVAL * 1000;

/** Requests and answers that are on the wire now, by where they go: a peer has one at a time under way. */
class Wire {
  readonly #under = new Map<string, { sent: boolean; arrived: Arrival | undefined }>();

  get busy(): boolean {
    return [...this.#under.values()].some(({ sent, arrived }) => sent && arrived === undefined);
  }

  #at(path: string): { sent: boolean; arrived: Arrival | undefined } {
    const known = this.#under.get(path) ?? { sent: false, arrived: undefined };
    this.#under.set(path, known);
    return known;
  }

  transport(inner: Transport): Transport {
    return {
      send: async (request) => {
        const at = this.#at(new URL(request.url).pathname);
        at.sent = true;
        at.arrived = undefined;
        const answer = await inner.send(request);
        at.sent = false;
        return answer;
      },
    };
  }

  arriving(arrival: Arrival): Arrival {
    const at = this.#at(arrival.target);
    const left = (): void => {
      if (at.arrived === whole) at.arrived = undefined;
    };
    const whole: Arrival = {
      ...arrival,
      answer: (answer) => {
        left();
        arrival.answer(answer);
      },
      drop: () => {
        left();
        arrival.drop();
      },
    };
    at.arrived = whole;
    return whole;
  }
}

/** `fetch`, whose time limits are the wound clock's. */
function transportOn(clock: WoundClock): Transport {
  return createFetchTransport<AbortSignal>({
    fetch: (url, options) => fetch(url, options),
    deadline(milliseconds) {
      const controller = new AbortController();
      const callOff = clock.after(milliseconds, () => controller.abort());
      return { signal: controller.signal, expired: () => controller.signal.aborted, clear: callOff };
    },
    now: () => clock.now(),
  });
}

let door: PeerDoor | undefined;
afterEach(() => door?.close());

interface Stage {
  readonly clock: WoundClock;
  readonly transport: Transport;
  readonly url: string;
  /** Where arrivals go from now on. */
  arrive: ((arrival: Arrival) => void) | undefined;
}

async function stage(): Promise<Stage> {
  const wire = new Wire();
  const clock = new WoundClock(() => wire.busy);
  const opened = await openPeerDoor({ host: '127.0.0.1', port: 0 }, (arrival) =>
    made.arrive?.(wire.arriving(arrival)),
  );
  door = opened;
  const transport = wire.transport(transportOn(clock));
  const made: Stage = { clock, transport, url: opened.url, arrive: undefined };
  return made;
}

async function resultsOf(
  cases: readonly PeerCase[],
  source: PeerSource,
  clock: WoundClock,
  concurrency: number,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const run = async (): Promise<void> => {
    const options = { source, clock, patience: PATIENCE, concurrency, limit: 3_600_000 };
    for await (const result of runPeers(cases, options)) results.push(result);
  };
  await clock.until(run());
  return results;
}

const casesOf = (edition: EditionId): readonly PeerCase[] =>
  PEER_CASES.filter((one) => one.edition === edition);

const notPassed = (results: readonly CaseResult[]) =>
  results
    .filter(({ verdict }) => verdict.verdict !== 'pass')
    .map(({ info, verdict }) => `${info.level} ${info.id}: ${JSON.stringify(verdict)}`);

describe('over HTTP', () => {
  test.each(EDITIONS)('our own peer passes every case of %s', async (edition) => {
    const place = await stage();
    const source = new OwnPeers({ ...place, reportInterval: REPORT_INTERVAL });
    place.arrive = (arrival) => source.arrive(arrival);
    const results = await resultsOf(casesOf(edition), source, place.clock, 8);
    expect(notPassed(results)).toEqual([]);
    expect(results.every(({ exchanges }) => exchanges.length > 0)).toBe(true);
  });
});

test('somebody else’s peer goes from case to case by itself, and is started anew when it is gone', async () => {
  const place = await stage();
  const { clock, transport, url } = place;
  const said: string[] = [];
  let peer: LonePeer | undefined;
  let started = 0;
  const start = (): void => {
    peer?.end();
    peer = new LonePeer({
      edition: 'rfc7846',
      mode: 'LEECH',
      url,
      name: `stranger ${++started}`,
      seed: started,
      transport,
      clock,
      reportInterval: REPORT_INTERVAL,
      swarm: 'film',
      fault: (cause) => {
        throw cause;
      },
    });
    peer.begin();
  };
  const source = new AwaitedPeers({
    clock,
    mode: 'LEECH',
    url,
    say: (line) => {
      said.push(line);
      if (line.startsWith('waiting') && started < 3) clock.after(1000, start);
      else if (line.includes('leave')) peer?.urge('leave');
      else if (line.includes('content')) peer?.urge('complete');
      else if (line.includes('neighbours')) peer?.urge('ask anew');
    },
  });
  place.arrive = (arrival) => source.arrive(arrival);
  const edition = source.edition();
  start();
  expect(await clock.until(edition)).toBe('rfc7846');
  const results = await resultsOf(casesOf('rfc7846'), source, clock, 1);
  peer?.end();
  const open = results.filter(({ verdict }) => verdict.verdict !== 'pass');
  // Whoever comes as LEECH is not asked to come as SEED.
  expect(open.map(({ info, verdict }) => [info.id, verdict.verdict])).toEqual([
    ['rfc7846/peer/4.1.1/joins-as-seed', 'skipped'],
    ['rfc7846/peer/4.1.1/seed-wants-no-list', 'skipped'],
  ]);
  expect(said).toContain('please: let the peer leave the swarm now');
  expect(started).toBeLessThan(4);
});

describe('the command', () => {
  const OPTIONS: ConformanceOptions = {
    url: undefined,
    edition: 'rfc7846',
    only: ['*/empty-list'],
    section: undefined,
    level: undefined,
    trackTimer: undefined,
    timeout: 5,
    concurrency: 4,
    junit: undefined,
    json: undefined,
    html: undefined,
    list: false,
    peers: { host: '127.0.0.1', port: 0, mode: 'LEECH', patience: 1, own: true },
  };
  const run = async (options: Partial<ConformanceOptions>): Promise<[number, string[]]> => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    return [await runPeerConformance({ ...OPTIONS, ...options }, { print, tool: 'swarmscope' }), lines];
  };

  test('prints the URL, what came of each case, and a sum', async () => {
    const [code, lines] = await run({});
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(lines.slice(1)).toEqual([
      '1/1  pass  rfc7846/peer/4.1.1/empty-list',
      expect.stringMatching(/^1 passed, 0 failed/),
    ]);
  });

  test('lists cases without running any, and says when there are none', async () => {
    const [code, lines] = await run({ only: undefined, edition: undefined, list: true });
    expect([code, lines.length]).toEqual([0, PEER_CASES.length]);
    await expect(run({ only: ['nothing/*'] })).rejects.toThrow(SelectionError);
  });

  test('a port that is taken is told', async () => {
    const place = await stage();
    const port = Number(new URL(place.url).port);
    const peers = { host: '127.0.0.1', port, mode: 'LEECH', patience: 1, own: true } as const;
    await expect(run({ peers })).rejects.toThrow(/taken by another program/);
  });
});
