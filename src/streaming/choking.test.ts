import { expect, test } from 'vitest';
import { Choking } from './choking.ts';
import { Chunks } from './chunks.ts';
import { newLink, type Link } from './link.ts';

const mine = new Chunks(8);
mine.add(0);

/** Open links that are interested, and what came over them in this round. */
function linksOf(...received: readonly number[]): Link[] {
  return received.map((bytes, i) => {
    const link = newLink(`link ${i}`, true, 0, mine);
    link.open = true;
    link.received = bytes;
    return link;
  });
}

const chosen = (links: readonly Link[], served: Set<Link>) =>
  links.flatMap((link, i) => (served.has(link) ? [i] : []));

test('the four that gave most are served, and one more by lot, who stays for three rounds', () => {
  const links = linksOf(1, 6, 3, 5, 4, 2, 0, 0);
  const choking = new Choking(0);
  const round = (random: number, now: number) =>
    chosen(
      links,
      choking.choose(links, mine, false, () => random, now),
    );
  // The others, most first: 5, 0, 6, 7.
  expect(round(0.6, 10_000)).toEqual([1, 2, 3, 4, 6]);
  expect(choking.nextAt).toBe(20_000);
  expect(round(0, 20_000)).toEqual([1, 2, 3, 4, 6]);
  expect(round(0, 30_000)).toEqual([1, 2, 3, 4, 6]);
  expect(round(0.99, 40_000)).toEqual([1, 2, 3, 4, 7]);
});

test('what came before counts half, and who wants nothing gets no place', () => {
  const links = linksOf(9, 1, 1, 1, 1, 1);
  const choking = new Choking(0);
  choking.choose(links, mine, false, () => 0, 0);
  links.forEach((link, i) => (link.received = i === 0 ? 0 : 4));
  choking.choose(links, mine, false, () => 0, 0);
  expect(links.map(({ receivedBefore }) => receivedBefore)).toEqual([4.5, 4.5, 4.5, 4.5, 4.5, 4.5]);
  links[1]?.theirs.add(0);
  expect(
    chosen(
      links,
      choking.choose(links, mine, false, () => 0, 0),
    ),
  ).toEqual([0, 2, 3, 4, 5]);
});

test('a SEED serves those that it has not served for longest', () => {
  const links = linksOf(0, 0, 0, 0, 0, 0, 0);
  links.forEach((link, i) => (link.unchokedAt = i < 5 ? 10 * i : -1));
  expect(
    chosen(
      links,
      new Choking(0).choose(links, mine, true, () => 0, 0),
    ),
  ).toEqual([0, 1, 2, 5, 6]);
});
