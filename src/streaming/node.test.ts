import { describe, expect, test } from 'vitest';
import type { LinkMessage } from './link-message.ts';
import { StreamingNode, type NodeOptions } from './node.ts';

/** Nodes on one wire: what one posts, another receives in the same step. */
class Wire {
  readonly nodes = new Map<string, StreamingNode>();
  now = 0;
  #mail: LinkMessage[] = [];
  #dice = 1;

  add(name: string, options: Partial<NodeOptions> = {}): StreamingNode {
    const node = new StreamingNode({
      endpoint: name,
      peerId: `id of ${name}`,
      handle: this.nodes.size,
      swarm: 0,
      chunks: 32,
      chunkBytes: 10_000,
      chunkSeconds: undefined,
      source: false,
      upload: 50_000,
      download: 200_000,
      maxLinks: 6,
      // Park and Miller's generator: the test is the same every time.
      random: () => (this.#dice = (this.#dice * 48_271) % 2_147_483_647) / 2_147_483_647,
      post: (message) => this.#mail.push(message),
      ...options,
    });
    this.nodes.set(name, node);
    return node;
  }

  run(seconds: number): void {
    for (const until = this.now + seconds * 1000; this.now < until;) {
      this.now += 250;
      for (const node of this.nodes.values()) node.step(this.now, 0.25);
      for (let message = this.#mail.shift(); message !== undefined; message = this.#mail.shift())
        this.nodes.get(message.to)?.receive(message, this.now);
    }
  }

  introduce(to: StreamingNode, ...names: string[]): void {
    to.learn(names.map((endpoint) => ({ endpoint, peerId: `id of ${endpoint}` })));
  }
}

describe('video on demand', () => {
  test('a LEECH downloads everything from a SEED, no faster than the SEED can send', () => {
    const wire = new Wire();
    const seed = wire.add('seed');
    seed.preload(1);
    const leech = wire.add('leech');
    wire.introduce(leech, 'seed');
    // 320 kB at 50 kB/s take 6.4 s.
    wire.run(6);
    expect(leech.complete).toBe(false);
    wire.run(4);
    expect(leech.complete).toBe(true);
    expect(leech.downloadedBytes).toBe(320_000);
    expect(seed.uploadedBytes).toBeCloseTo(320_000, 0);
    // Two that have everything part.
    expect([seed.links.size, leech.links.size]).toEqual([0, 0]);
  });

  test('the download limit holds against any number of fast SEEDs', () => {
    const wire = new Wire();
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) wire.add(name, { upload: 1e6, chunks: 128 }).preload(1);
    const leech = wire.add('leech', { download: 40_000, chunks: 128 });
    wire.introduce(leech, ...names);
    wire.run(20);
    expect(leech.downloadedBytes).toBeLessThanOrEqual(40_000 * 20);
    expect(leech.downloadedBytes).toBeGreaterThan(40_000 * 20 * 0.7);
  });

  test('LEECHes serve each other: with one slow SEED, ten are done sooner than it could serve them', () => {
    const wire = new Wire();
    wire.add('seed').preload(1);
    const names = Array.from({ length: 10 }, (_, i) => `leech ${i}`);
    const leeches = names.map((name) => wire.add(name));
    for (const leech of leeches) wire.introduce(leech, 'seed', ...names);
    // Alone, the SEED would take 64 s for ten copies.
    wire.run(40);
    expect(leeches.map(({ complete }) => complete)).toEqual(leeches.map(() => true));
  });

  test('a neighbour that vanishes is given up, and what it owed is asked elsewhere', () => {
    const wire = new Wire();
    wire.add('one').preload(1);
    wire.add('two', { upload: 5000 }).preload(1);
    const leech = wire.add('leech');
    wire.introduce(leech, 'one', 'two');
    wire.run(2);
    wire.nodes.delete('one');
    wire.run(90);
    expect(leech.complete).toBe(true);
    expect(leech.links.size).toBe(0);
  });

  test('an address where nobody answers, or somebody else, is not linked to', () => {
    const wire = new Wire();
    wire.add('stranger').preload(1);
    const leech = wire.add('leech');
    leech.learn([
      { endpoint: 'nobody', peerId: 'gone' },
      { endpoint: 'stranger', peerId: 'an ID that moved away' },
    ]);
    wire.run(5);
    expect(leech.openLinks).toBe(0);
    expect(leech.deadCandidates).toBe(2);
    expect(leech.shortOfNeighbours).toBe(true);
  });

  test('keeps to its number of links, and lets as many come again', () => {
    const wire = new Wire();
    const names = Array.from({ length: 20 }, (_, i) => `peer ${i}`);
    const nodes = names.map((name) => wire.add(name, { maxLinks: 3 }));
    nodes[0]?.preload(1);
    for (const node of nodes) wire.introduce(node, ...names);
    wire.run(3);
    for (const node of nodes) expect(node.links.size).toBeLessThanOrEqual(6);
  });
});

test('a SEED with more LEECHes than it can serve at a time serves all alike, and loses none', () => {
  const wire = new Wire();
  wire.add('seed', { chunks: 200, maxLinks: 12 }).preload(1);
  const leeches = Array.from({ length: 10 }, (_, i) => wire.add(`leech ${i}`, { chunks: 200 }));
  for (const leech of leeches) wire.introduce(leech, 'seed');
  wire.run(60);
  const held = leeches.map(({ chunks }) => chunks.count);
  expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(3);
  expect(Math.min(...held)).toBeGreaterThan(20);
  expect(leeches.map(({ openLinks }) => openLinks)).toEqual(leeches.map(() => 1));
});

test('live: a neighbour whose clock is ahead is understood', () => {
  const wire = new Wire();
  const live = { chunks: 10, chunkBytes: 1000, chunkSeconds: 1 };
  const source = wire.add('source', { ...live, source: true });
  const viewer = wire.add('viewer', live);
  wire.introduce(viewer, 'source');
  wire.run(5);
  // The source steps half a second ahead of the viewer.
  for (let i = 0; i < 40; i++) {
    source.step(wire.now + 500, 0.25);
    wire.run(0.25);
  }
  expect(viewer.share).toBeGreaterThan(0.8);
});

test('live: viewers keep up with a source, hold no chunk of the past, and never become SEED', () => {
  const wire = new Wire();
  const live = { chunks: 20, chunkBytes: 20_000, chunkSeconds: 1 };
  const source = wire.add('source', { ...live, source: true, upload: 200_000 });
  const names = ['a', 'b', 'c', 'd'];
  const viewers = names.map((name) => wire.add(name, { ...live, upload: 60_000 }));
  for (const viewer of viewers) wire.introduce(viewer, 'source', ...names);
  wire.run(60);
  expect(source.share).toBe(1);
  for (const viewer of viewers) {
    expect(viewer.share).toBeGreaterThan(0.7);
    expect(viewer.complete).toBe(false);
    expect(viewer.chunks.base).toBe(source.chunks.base);
  }
});

test('what a LEECH lacks is the first chunk that no neighbour of its own holds either', () => {
  const wire = new Wire();
  const leech = wire.add('leech', { chunks: 4 });
  // One that has not answered yet is no neighbour.
  wire.introduce(leech, 'nobody');
  wire.run(0.5);
  expect(leech.links.size).toBe(1);
  expect(leech.lacks).toBeUndefined();
  // Sends nothing, so that the LEECH stays as it is.
  const half = wire.add('half', { chunks: 4, upload: 0 });
  half.chunks.add(0);
  half.chunks.add(2);
  wire.introduce(leech, 'half');
  wire.run(1);
  expect(leech.lacks).toBe(1);
  for (const chunk of [1, 3]) half.chunks.add(chunk);
  const whole = wire.add('whole', { chunks: 4, upload: 0 });
  whole.preload(1);
  wire.introduce(leech, 'whole');
  wire.run(1);
  expect(leech.lacks).toBeUndefined();
});

test('a LEECH whose neighbours all lack a chunk opens links beyond its number, to get at it', () => {
  const wire = new Wire();
  const leech = wire.add('leech', { chunks: 4, maxLinks: 2 });
  for (const name of ['a', 'b']) wire.add(name, { chunks: 4, upload: 0 });
  wire.introduce(leech, 'a', 'b');
  wire.run(1);
  wire.add('seed', { chunks: 4 }).preload(1);
  wire.introduce(leech, 'seed');
  wire.run(3);
  expect(leech.complete).toBe(true);
});
