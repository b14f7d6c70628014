import { expect, test } from 'vitest';
import { checkScenario } from '../scenario/read.ts';
import { SECOND, type RunEvent } from './events.ts';
import { eventOf } from './line.ts';
import { VirtualRun } from './run.ts';

async function eventsOf(peers: object, edition: string): Promise<RunEvent[]> {
  const read = checkScenario({
    name: 'refresh',
    edition,
    duration: 200,
    peers: { maxLinks: 0, reportInterval: 1000, ...peers },
    tracker: { trackTimer: 2000 },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 8,
        chunkBytes: 1000,
        population: { leeches: 40 },
        arrivals: { process: 'poisson', rate: 0 },
      },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const bytes: Uint8Array[] = [];
  const run = new VirtualRun({ scenario: read.scenario, onLog: (piece) => bytes.push(piece) });
  await run.advance({ until: 200 * SECOND });
  const lines = bytes
    .map((piece) => new TextDecoder().decode(piece))
    .join('')
    .trim()
    .split('\n');
  return lines.slice(1).map(eventOf);
}

test.each([
  ['rfc7846', 'FIND'],
  ['gu-04', 'FIND'],
  ['base-1.0', 'CONNECT'],
])('a LEECH of %s asks for a fresh list again and again, by %s, a SEED never', async (edition, method) => {
  const events = await eventsOf({ refreshInterval: 20 }, edition);
  const seeds = new Set(
    events.flatMap((event) => (event.kind === 'arrived' && event.mode === 'SEED' ? [event.peer] : [])),
  );
  const lists = events.filter(
    (event) => event.kind === 'handled' && event.method === method && event.listed !== undefined,
  );
  const asked = new Map<number, number[]>();
  for (const event of lists)
    if ('peer' in event) asked.set(event.peer, [...(asked.get(event.peer) ?? []), event.at / SECOND]);
  expect([...asked.keys()].filter((peer) => seeds.has(peer))).toEqual([]);
  expect(asked.size).toBe(40);
  for (const times of asked.values()) {
    expect(times.length).toBeGreaterThanOrEqual(8);
    // After the first, by which those who came together are spread: 20 s, a tenth more or less, and the way there and back.
    const gaps = times.slice(2).map((time, i) => time - (times[i + 1] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(17);
    for (const gap of gaps) expect(gap).toBeLessThan(23);
  }
});

test('without a refresh interval nobody asks who is not short of neighbours', async () => {
  const events = await eventsOf({}, 'rfc7846');
  expect(events.filter((event) => event.kind === 'request' && event.method === 'FIND')).toEqual([]);
});
