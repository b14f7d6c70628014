import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAREWELL, GraphModel } from './model.ts';
import { snapshot, SWARMS } from './testing.ts';

const handles = (model: GraphModel): number[] => model.nodes.map((node) => node.handle);

/** Handles at both ends of each link. */
const linked = (model: GraphModel): number[][] =>
  Array.from({ length: model.links.count }, (_, i) =>
    [0, 1].map((end) => model.at(model.links.ends[2 * i + end] as number).handle),
  );

describe('the set of peers', () => {
  it('is the union over the workers', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2, swarm: 1, seed: true }]), 0);
    model.apply(1, snapshot([{ handle: 100, swarm: 2 }]), 0);
    expect(handles(model)).toEqual([1, 2, 100]);
    expect(model.counts).toEqual([
      { peers: 1, seeds: 0, foreign: 0 },
      { peers: 1, seeds: 1, foreign: 0 },
      { peers: 1, seeds: 0, foreign: 0 },
    ]);
  });

  it('keeps a crashed peer in sight for a while, a departed one for less', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2 }]), 0);
    const ends = [
      { handle: 1, how: 'crashed' },
      { handle: 2, how: 'left' },
    ] as const;
    expect(model.apply(0, snapshot([], { ends }), 1000).members).toBe(true);
    expect(model.counts[0]).toEqual({ peers: 0, seeds: 0, foreign: 0 });
    expect(model.sweep(1000 + FAREWELL.left - 1)).toBe(false);
    expect(model.sweep(1000 + FAREWELL.left)).toBe(true);
    expect(handles(model)).toEqual([1]);
    model.sweep(1000 + FAREWELL.crashed);
    expect(handles(model)).toEqual([]);
    expect(model.node(1)).toBeUndefined();
  });

  it('does not end the peers of another worker', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }]), 0);
    expect(model.apply(1, snapshot([]), 10).members).toBe(false);
    expect(model.node(1)?.end).toBeUndefined();
  });

  it('leaves out peers of swarms it was not told of', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1, swarm: 9 }]), 0);
    expect(model.nodes).toEqual([]);
  });

  it('remembers when a peer became SEED before the eyes, not one that came as such', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2, seed: true }]), 0);
    for (const node of model.nodes) node.placed = true;
    model.apply(
      0,
      snapshot([
        { handle: 1, seed: true },
        { handle: 2, seed: true },
      ]),
      500,
    );
    expect(model.node(1)?.bloomedAt).toBe(500);
    expect(model.node(2)?.bloomedAt).toBeLessThan(0);
  });
});

describe('peers of others', () => {
  const stranger = 63 * 2 ** 26;

  it('are known by their handles, and counted as such', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }]), 0);
    model.apply(63, snapshot([{ handle: stranger, seed: true }]), 0);
    expect(model.nodes.map((node) => node.foreign)).toEqual([false, true]);
    expect(model.counts[0]).toEqual({ peers: 2, seeds: 1, foreign: 1 });
  });

  it('have places after the swarms, which go with whoever is still in them', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }]), 0);
    model.resize([...SWARMS, { id: 'theirs', kind: 'vod' }]);
    model.apply(63, snapshot([{ handle: stranger, swarm: 3 }]), 0);
    expect(model.counts[3]).toEqual({ peers: 1, seeds: 0, foreign: 1 });
    model.resize(SWARMS);
    expect(handles(model)).toEqual([1]);
    expect(model.node(stranger)).toBeUndefined();
    expect(model.counts).toHaveLength(3);
  });
});

describe('names', () => {
  it('come with the birth, with the peer or after it, from whichever worker', () => {
    const model = new GraphModel(SWARMS);
    const births = [
      { handle: 1, peerId: 'one', asn: 64_500 },
      { handle: 100, peerId: 'hundred', asn: 0 },
    ];
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2 }], { births }), 0);
    model.apply(1, snapshot([{ handle: 100 }]), 0);
    const late = { births: [{ handle: 2, peerId: 'two', asn: 64_501 }] };
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2 }], late), 0);
    expect(model.nodes.map((node) => node.peerId)).toEqual(['one', 'two', 'hundred']);
    expect(model.nodes.map((node) => node.asn)).toEqual([64_500, 64_501, 0]);
  });
});

describe('links', () => {
  it('appear once both ends are known and go with either of them', () => {
    const model = new GraphModel(SWARMS);
    const told = { links: Uint32Array.of(1, 100, 1, 1) };
    model.apply(0, snapshot([{ handle: 1 }], told), 0);
    expect(linked(model)).toEqual([]);
    model.apply(1, snapshot([{ handle: 100 }]), 0);
    expect(linked(model)).toEqual([[1, 100]]);
    expect(model.links.degree(model.node(100)?.slot ?? -1)).toBe(1);
    model.apply(1, snapshot([]), 0);
    expect(linked(model)).toEqual([]);
  });

  it('are new only when they differ', () => {
    const model = new GraphModel(SWARMS);
    const rows = [{ handle: 1 }, { handle: 2 }];
    expect(model.apply(0, snapshot(rows, { links: Uint32Array.of(1, 2) }), 0).links).toBe(true);
    expect(model.apply(0, snapshot(rows, { links: Uint32Array.of(1, 2) }), 0).links).toBe(false);
  });
});

describe('the tracker', () => {
  it('is in trouble when any worker sees it so', () => {
    const model = new GraphModel(SWARMS);
    expect(model.health).toBe('unknown');
    model.apply(0, snapshot([], { tracker: 'ok' }), 0);
    model.apply(1, snapshot([], { tracker: 'trouble' }), 0);
    expect(model.health).toBe('trouble');
  });
});

it('after any series of snapshots, counts and links speak of the latest ones only', () => {
  const set = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(set, { minLength: 1, maxLength: 8 }), (series) => {
      const model = new GraphModel(SWARMS);
      for (const [i, some] of series.entries()) {
        const pairs = Uint32Array.from(some.flatMap((handle) => [handle, (handle + 1) % 31]));
        const rows = some.map((handle) => ({ handle, swarm: handle % 3 }));
        model.apply(0, snapshot(rows, { links: pairs }), i * 700);
        model.sweep(i * 700);
      }
      const last = new Set(series.at(-1));
      const alive = model.nodes.filter((node) => node.end === undefined).map((node) => node.handle);
      expect(new Set(alive)).toEqual(last);
      expect(model.counts.reduce((total, count) => total + count.peers, 0)).toBe(last.size);
      for (const handle of linked(model).flat()) expect(last.has(handle)).toBe(true);
    }),
  );
});

describe('the picked set', () => {
  it('holds those who come later, too, and only as long as it is that set', () => {
    const model = new GraphModel(SWARMS);
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2 }]), 0);
    const picked = (): readonly number[] =>
      model.nodes.filter((node) => node.picked).map(({ handle }) => handle);
    model.pick(new Set([2, 3]));
    expect(picked()).toEqual([2]);
    model.apply(0, snapshot([{ handle: 1 }, { handle: 2 }, { handle: 3 }]), 10);
    expect(picked()).toEqual([2, 3]);
    model.pick(new Set([1]));
    expect(picked()).toEqual([1]);
  });
});
