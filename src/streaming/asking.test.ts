import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Asking } from './asking.ts';
import { Chunks } from './chunks.ts';
import type { LinkMessage } from './link-message.ts';
import { newLink, type Link } from './link.ts';
import type { Selection } from './options.ts';

const SIZE = 48;
const LEAST = 24;

/** One that asks, and open links to neighbours who hold what is said. */
function askingOf(download: number, holdings: readonly (readonly number[])[], selection: Selection) {
  const chunks = new Chunks(SIZE);
  const links = new Map<string, Link>();
  const asked: Extract<LinkMessage, { kind: 'request' }>[] = [];
  let dice = 1;
  const asking = new Asking(
    {
      ...{ endpoint: 'me', peerId: 'my id', handle: 0, swarm: 0, source: false, maxLinks: 8, selection },
      ...{ chunks: SIZE, chunkBytes: 1000, chunkSeconds: undefined, upload: 1, download },
      random: () => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647,
      post: (message) => message.kind === 'request' && asked.push(message),
    },
    chunks,
    links,
  );
  holdings.forEach((held, i) => {
    const link = newLink(`link ${i}`, true, 0, chunks);
    link.open = true;
    for (const chunk of held) link.theirs.add(chunk);
    links.set(link.endpoint, link);
    asking.opened(link);
  });
  return { asking, chunks, links: [...links.values()], asked };
}

const all = Array.from({ length: SIZE }, (_, chunk) => chunk);

test('a newcomer with one chunk is asked for it, though others hold rarer ones and take the whole line', () => {
  const others = Array.from({ length: 11 }, () => all.slice(1));
  // Chunk 0 is held by many more than any other.
  const newcomers = Array.from({ length: 12 }, () => [0]);
  const { asking, links, asked } = askingOf(100_000, [...others, ...newcomers], 'rarest-first');
  asking.ask(0, undefined);
  expect(asked.filter(({ chunk }) => chunk === 0)).toHaveLength(1);
  expect(asked[0]?.chunk).toBe(0);
  // What is left of the line goes to the others.
  expect(asked.length).toBeGreaterThan(8);
  expect(links.filter(({ asks }) => asks.length > 1)).toEqual([]);
});

test('no chunk is asked for twice, the line is not promised twice, and requests are spread evenly', () => {
  const holding = fc.uniqueArray(fc.nat(SIZE - 1));
  const selection = fc.constantFrom<Selection>('rarest-first', 'random', 'in-order', 'window');
  const download = fc.integer({ min: LEAST * 10, max: 1_000_000 });
  fc.assert(
    fc.property(
      download,
      fc.array(holding, { minLength: 1, maxLength: 9 }),
      selection,
      fc.nat(60),
      (line, holdings, order, rounds) => {
        const { asking, chunks, links, asked } = askingOf(line, holdings, order);
        const underWay = () => links.flatMap((link) => link.asks.map((ask) => ({ link, ...ask })));
        for (let round = 0; round <= rounds; round++) {
          asking.ask(0, 0);
          const wanted = underWay();
          expect(new Set(wanted.map(({ chunk }) => chunk)).size).toBe(wanted.length);
          expect(wanted.reduce((sum, { rate }) => sum + rate, 0)).toBeLessThanOrEqual(line);
          for (const { link, chunk } of wanted)
            expect([link.theirs.has(chunk), chunks.has(chunk)]).toEqual([true, false]);
          const [first] = wanted;
          if (first === undefined) break;
          if (order === 'rarest-first' || order === 'random') {
            const most = Math.max(...links.map(({ asks }) => asks.length));
            // Who was asked for less had nothing more to give.
            for (const { asks, theirs } of links)
              if (asks.length < most - 1)
                for (const chunk of all)
                  if (theirs.has(chunk) && !chunks.has(chunk))
                    expect(wanted.map((ask) => ask.chunk)).toContain(chunk);
          }
          expect(asking.came(first.link, first.chunk, true)).toBe(true);
        }
        expect(new Set(asked.map(({ chunk }) => chunk)).size).toBe(asked.length);
      },
    ),
  );
});
