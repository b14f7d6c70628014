import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeerAddress, PeerMode, PeerNum, Request } from '../protocol/message.ts';
import type { Tracker } from './api.ts';
import { asnOf, bandwidthClass, SELECTIONS, selectionOf } from './policies.ts';
import type { SelectionName } from './policies.ts';
import { OVERSAMPLE } from './selection.ts';
import { at, connect, dice, find, join, leave, report } from './testing.ts';
import { host, success } from './testing-core.ts';
import { createTracker } from './tracker.ts';

const PERIOD = 300;
const SWARMS = ['a', 'b', 'c'] as const;

interface Step {
  readonly id: string;
  readonly kind: 'connect' | 'report' | 'find' | 'leave';
  /** Of a peer that is new. */
  readonly seed: boolean;
  readonly swarms: readonly string[];
  readonly asn: string | undefined;
  readonly kbit: number;
  readonly links: number;
  readonly peerNum: PeerNum | undefined;
}

/** A peer as a plain record: what a policy may look at, kept by hand. */
interface Naive {
  readonly id: string;
  readonly joined: Map<string, { mode: PeerMode; handedOut: number }>;
  last: number;
  asn: string | undefined;
  /** kbit/s. */
  reported: number | undefined;
  links: number | undefined;
  told: number | undefined;
}

const within = (asn: string | undefined): readonly PeerAddress[] => [
  asn === undefined ? host(1) : { ...host(1), asn },
];

const halvings = (kbit: number) => (kbit < 1 ? 0 : 1 + Math.floor(Math.log2(kbit)));

/** The tracker beside a model that knows only records, and looks at all of them for every list. */
class World {
  readonly peers = new Map<string, Naive>();
  readonly #policy: SelectionName;
  readonly #tracker: Tracker;
  readonly #random = dice(4);
  #now = 0;

  constructor(policy: SelectionName) {
    this.#policy = policy;
    this.#tracker = createTracker({ trackTimer: PERIOD }, 0, selectionOf(policy));
  }

  wait(ms: number): void {
    this.#now += ms;
    for (const [id, { last }] of this.peers) if (this.#now - last >= PERIOD) this.peers.delete(id);
  }

  /** What is said is always valid; every list that comes back is checked. */
  step({ id, kind, seed, swarms, asn, kbit, links, peerNum }: Step): void {
    const known = this.peers.get(id);
    const peer = known ?? {
      id,
      joined: new Map<string, { mode: PeerMode; handedOut: number }>(),
      last: 0,
      asn: undefined,
      reported: undefined,
      links: undefined,
      told: undefined,
    };
    const [first = 'a'] = known ? [...known.joined.keys()] : swarms;
    const mode = known ? (known.joined.get(first)?.mode ?? 'LEECH') : seed ? 'SEED' : 'LEECH';
    if (!known || (kind === 'connect' && mode === 'LEECH')) {
      peer.asn = asn;
      const joined = mode === 'SEED' ? swarms : [first];
      const request = connect(
        'rfc7846',
        id,
        joined.map((swarm) => join(swarm, mode)),
        { addresses: within(asn), ...(peerNum && { peerNum }) },
      );
      this.#say(request, peer, joined, mode, mode === 'LEECH' || peerNum ? peerNum : { count: 0 });
      for (const swarm of joined) if (!peer.joined.has(swarm)) peer.joined.set(swarm, { mode, handedOut: 0 });
      this.peers.set(id, peer);
    } else if (kind === 'leave') {
      this.#say(connect('rfc7846', id, [leave(first)]), peer, [], mode, undefined);
      peer.joined.delete(first);
      if (peer.joined.size === 0) this.peers.delete(id);
    } else if (kind === 'report') {
      const stats = { availableBandwidth: kbit * 1000, concurrentLinks: links };
      this.#say(report('rfc7846', id, [first], stats), peer, [], mode, undefined);
      peer.reported = kbit;
      peer.links = links;
    } else this.#say(find('rfc7846', id, first, peerNum), peer, [first], mode, peerNum);
    if (peerNum && (!known || (kind !== 'leave' && kind !== 'report')))
      peer.told = peerNum.uploadBandwidth as number | undefined;
    peer.last = this.#now;
  }

  #say(
    request: Request,
    asker: Naive,
    swarms: readonly string[],
    mode: PeerMode,
    peerNum: PeerNum | undefined,
  ): void {
    const { response } = this.#tracker.handle(request, at(this.#now, this.#random));
    const lists = success(response).peerLists;
    const given = swarms.map((swarm) => {
      const list = lists.find(({ swarmId }) => swarmId === swarm);
      return { swarm, names: list?.peers.map(({ peerId }) => String(peerId)) ?? [] };
    });
    if (lists.some(({ swarmId }) => !swarms.includes(swarmId))) throw new Error('a list nobody asked for');
    for (const { swarm, names } of given)
      expectBest(this.#policy, [...this.peers.values()], asker, swarm, mode, peerNum, names);
    for (const { swarm, names } of given)
      for (const name of names) {
        const member = this.peers.get(name)?.joined.get(swarm);
        if (member) member.handedOut++;
      }
  }
}

function expectBest(
  policy: SelectionName,
  peers: readonly Naive[],
  asker: Naive,
  swarm: string,
  mode: PeerMode,
  peerNum: PeerNum | undefined,
  names: readonly string[],
): void {
  const candidates = peers.filter((peer) => {
    const member = peer.joined.get(swarm);
    return peer.id !== asker.id && member && !(mode === 'SEED' && member.mode === 'SEED');
  });
  const asked = peerNum?.count ?? 30;
  expect(names).toHaveLength(Math.min(asked, 30, candidates.length));
  expect(new Set(names).size).toBe(names.length);
  // The best there are, the best first: whoever they are in particular is left to the dice.
  const isAllSeen = candidates.length <= asked * OVERSAMPLE;
  const ranks = new Map(
    candidates.map((peer) => [
      peer.id,
      rankOf(policy, peers, asker, peer, swarm, isAllSeen ? peerNum : undefined),
    ]),
  );
  const attributes = peerNum?.concurrentLinks ?? peerNum?.uploadBandwidth;
  if (!isAllSeen && attributes !== undefined && ['random', 'bandwidth'].includes(policy)) {
    for (const name of names) expect(ranks.has(name)).toBe(true);
    return;
  }
  const best = [...ranks.values()].sort((a, b) => a - b).slice(0, names.length);
  const found = names.map((name) => ranks.get(name));
  expect(found).toEqual(best);
}

/** Less is better. */
function rankOf(
  policy: SelectionName,
  peers: readonly Naive[],
  asker: Naive,
  peer: Naive,
  swarm: string,
  wanted: PeerNum | undefined,
): number {
  const misses =
    (peer.links ?? -1) < Number(wanted?.concurrentLinks ?? -1) ||
    (peer.reported ?? -1) < Number(wanted?.uploadBandwidth ?? -1);
  const miss = misses ? 1 : 0;
  const member = peer.joined.get(swarm);
  switch (policy) {
    case 'random':
      return miss;
    case 'seeds-first':
      return (member?.mode === 'SEED' ? 0 : 2) + miss;
    case 'locality':
      return (asker.asn !== undefined && peer.asn === asker.asn ? 0 : 2) + miss;
    case 'rarest':
      return 2 * (member?.handedOut ?? 0) + miss;
    case 'bandwidth':
      return 1_000 * miss + (peer.reported === undefined ? 99 : 40 - halvings(peer.reported));
    case 'popularity': {
      const ability = peer.reported ?? peer.told;
      const compared = importanceOf(peers, swarm);
      if (compared === 0) return 0;
      return ability === undefined ? 99 : -compared * halvings(ability);
    }
    default:
      return policy satisfies never;
  }
}

/** 1 for popular, -1 for uncommon, 0 for neither. */
function importanceOf(peers: readonly Naive[], swarm: string): -1 | 0 | 1 {
  const sizeOf = (of: string) => peers.filter(({ joined }) => joined.has(of)).length;
  const others = SWARMS.filter((other) => other !== swarm).map(sizeOf);
  const used = others.filter((size) => size > 0);
  const total = used.reduce((sum, size) => sum + size, 0);
  if (total === 0) return 0;
  const ratio = (sizeOf(swarm) * used.length) / total;
  if (ratio >= 2) return 1;
  return ratio <= 0.5 ? -1 : 0;
}

const step: fc.Arbitrary<Step & { readonly wait: number }> = fc.record({
  id: fc.integer({ min: 0, max: 44 }).map((n) => `p${n}`),
  kind: fc.constantFrom<Step['kind']>('connect', 'report', 'report', 'find', 'find', 'find', 'leave'),
  seed: fc.boolean(),
  swarms: fc.constantFrom(['a'], ['a'], ['a'], ['b'], ['a', 'b'], ['c', 'a']),
  asn: fc.constantFrom(undefined, '64496', '64497', '64498'),
  kbit: fc.constantFrom(0, 0.5, 1, 400, 1_000, 1_001, 5_000, 100_000, 9_000_000_000),
  links: fc.nat(8),
  peerNum: fc.option(
    fc.record(
      {
        count: fc.oneof(fc.nat(6), fc.nat(40)),
        concurrentLinks: fc.nat(8),
        uploadBandwidth: fc.constantFrom(1, 1_000, 50_000),
      },
      { requiredKeys: ['count'] },
    ),
    { nil: undefined },
  ),
  wait: fc.constantFrom(0, 0, 0, 1, 5, 20),
});

describe.each(SELECTIONS.map((policy) => ({ policy })))('$policy', ({ policy }) => {
  it('is found by its name', () => expect(selectionOf(policy).name).toBe(policy));

  it('gives what a look at every peer would, whatever happened before', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 160 }), (steps) => {
        const world = new World(policy);
        for (const { wait, ...more } of steps) {
          world.wait(wait);
          world.step(more);
        }
      }),
      { numRuns: 150, seed: 7846 },
    );
  });

  it('gives equals alike', () => {
    const random = dice(1_981);
    for (const asked of [4, 9]) {
      const counts = new Map<string, number>();
      const trials = 1_000;
      for (let trial = 0; trial < trials; trial++)
        for (const name of swarmOf(policy, 6, 6)({ count: asked }, random))
          counts.set(name, (counts.get(name) ?? 0) + 1);
      const timesOf = (kind: string) => Array.from({ length: 6 }, (_, i) => counts.get(`${kind}${i}`) ?? 0);
      const [best, rest] = [timesOf('best'), timesOf('rest')];
      // Whom the dice choose among: the best alone when they fill the list, else the rest.
      const drawn = policy === 'random' ? [...best, ...rest] : asked === 4 ? best : rest;
      if (policy !== 'random')
        expect(asked === 4 ? rest : best).toEqual(new Array(6).fill(asked === 4 ? 0 : trials));
      const mean = drawn.reduce((sum, n) => sum + n, 0) / drawn.length;
      const statistic = drawn.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
      // 99.99 % quantiles of chi-square with 11 and 5 degrees of freedom; without replacement it varies less.
      expect(statistic).toBeLessThan(policy === 'random' ? 37.4 : 25.7);
      // Nor do they take turns.
      expect(statistic).toBeGreaterThan(0.01);
    }
  });

  it('throws no more dice, one for each peer looked at, in a swarm of 100,000 than in one of 1,000', () => {
    const thrown = [500, 50_000].map((half) => {
      const ask = swarmOf(policy, half, half);
      return [{ count: 30 }, { count: 30, concurrentLinks: 3 }].map((peerNum) => {
        let count = 0;
        const random = dice(9);
        expect(ask(peerNum, () => (count++, random()))).toHaveLength(30);
        return count;
      });
    });
    expect(thrown[1]).toEqual(thrown[0]);
    const [plain = 0, picky = 0] = thrown[1] ?? [];
    expect(plain).toBe(30);
    expect(picky).toBeLessThanOrEqual(30 * OVERSAMPLE);
  });

  it('throws a bounded number of dice when the preferred ones do not fill the list', () => {
    let count = 0;
    const random = dice(9);
    const ask = swarmOf(policy, 20, 1_000);
    expect(ask({ count: 30, concurrentLinks: 3 }, () => (count++, random()))).toHaveLength(30);
    expect(count).toBeLessThanOrEqual(30 * (1 + 2 * OVERSAMPLE));
  });
});

/** A swarm of peers that a policy prefers, `best`, and of others, `rest`, and someone who asks for a list. */
function swarmOf(policy: SelectionName, best: number, rest: number) {
  const tracker = createTracker({}, 0, selectionOf(policy));
  const say = (request: Request, random?: () => number) => tracker.handle(request, at(0, random)).response;
  const nobody: PeerNum = { count: 0 };
  const enter = (kind: 'best' | 'rest', size: number) => {
    const isBest = kind === 'best';
    const mode = policy === 'seeds-first' && isBest ? 'SEED' : 'LEECH';
    for (let i = 0; i < size; i++) {
      const addresses = within(isBest ? '64496' : '64497');
      say(connect('rfc7846', `${kind}${i}`, [join('a', mode)], { addresses, peerNum: nobody }));
      if (policy === 'bandwidth' || policy === 'popularity')
        say(report('rfc7846', `${kind}${i}`, ['a'], { availableBandwidth: isBest ? 8e6 : 1e6 }));
    }
  };
  enter('rest', rest);
  if (policy === 'rarest')
    // Each is handed out once or more before the best come.
    for (let asked = 0; asked < rest; asked += 30)
      say(connect('rfc7846', `earlier${asked}`, [join('a')], { peerNum: { count: 30 } }));
  for (let asked = 0; asked < rest; asked += 30) say(connect('rfc7846', `earlier${asked}`, [leave('a')]));
  enter('best', best);
  if (policy === 'popularity') say(connect('rfc7846', 'elsewhere', [join('b')]));
  say(connect('rfc7846', 'me', [join('a')], { addresses: within('64496'), peerNum: nobody }));
  return (peerNum: PeerNum, random: () => number): readonly string[] =>
    success(say(find('rfc7846', 'me', 'a', peerNum), random)).peerLists.flatMap(({ peers }) =>
      peers.map(({ peerId }) => String(peerId)),
    );
}

describe('popularity', () => {
  const listOf = (here: number, elsewhere: number, random = dice(3)) => {
    const tracker = createTracker({}, 0, selectionOf('popularity'));
    const say = (request: Request) => tracker.handle(request, at(0, random)).response;
    for (let i = 0; i < here; i++) {
      const peerNum = { count: 0, uploadBandwidth: 1_000 << i };
      say(connect('rfc7846', `p${i}`, [join('a')], { peerNum }));
    }
    for (let i = 0; i < elsewhere; i++) say(connect('rfc7846', `q${i}`, [join('b')]));
    const { peerLists } = success(say(connect('rfc7846', 'me', [join('a')], { peerNum: { count: 3 } })));
    return peerLists.flatMap(({ peers }) => peers.map(({ peerId }) => String(peerId)));
  };

  it('gives able peers for popular content, peers less able for uncommon content', () => {
    expect(listOf(8, 4)).toEqual(['p7', 'p6', 'p5']);
    expect(listOf(8, 16)).toEqual(['p0', 'p1', 'p2']);
  });

  it.each([
    { name: 'the only swarm', elsewhere: 0 },
    { name: 'a swarm of ordinary size', elsewhere: 5 },
    { name: 'a swarm of ordinary size', elsewhere: 15 },
  ])('gives anyone in $name', ({ elsewhere }) => {
    const random = dice(5);
    const seen = new Set<string>();
    for (let i = 0; i < 40; i++) for (const name of listOf(8, elsewhere, random)) seen.add(name);
    expect(seen.size).toBe(8);
  });
});

it.each([
  { declared: [], expected: undefined },
  { declared: [host(1)], expected: undefined },
  { declared: [host(1), { ...host(1), asn: '64496' }], expected: '64496' },
  { declared: [{ ...host(1), asn: 'AS64496' }], expected: '64496' },
  { declared: [{ ...host(1), asn: 'as64496' }], expected: '64496' },
  { declared: [{ ...host(1), asn: 'ASIA' }], expected: 'ASIA' },
  {
    declared: [
      { ...host(1, 'HOST', 1), asn: '64496' },
      { ...host(1, 'HOST', 2), asn: '64497' },
    ],
    expected: '64497',
  },
])('the ASN of $declared is $expected', ({ declared, expected }) => {
  expect(asnOf(declared)).toBe(expected);
});

it.each([
  [undefined, undefined],
  [0, 0],
  [999, 0],
  [1_000, 1],
  [1_999, 1],
  [2_000, 2],
  [1e6, 10],
  [1e30, 32],
  [Number.MAX_VALUE, 32],
])('%d bit/s is in class %s', (bitsPerSecond, expected) => {
  expect(bandwidthClass(bitsPerSecond)).toBe(expected);
});
