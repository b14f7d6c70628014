import { describe, expect, it } from 'vitest';
import { asSwarmId } from '../protocol/ids.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { PeerMode, SwarmAction } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { EditionRules, ValidityRow } from '../protocol/rules.ts';
import { join, leave } from './testing.ts';
import { judge } from './validity.ts';

type In = Readonly<Record<string, PeerMode>>;

const verdict = (rules: EditionRules, joined: In, actions: readonly SwarmAction[]) => {
  const swarms = new Map(Object.entries(joined).map(([id, mode]) => [asSwarmId(id), { mode }]));
  const result = judge(rules, swarms.size > 0 ? 'TRACKING' : 'START', swarms, actions);
  return result.valid ? result.after : 'invalid';
};

interface Case {
  readonly name: string;
  readonly joined: In;
  readonly actions: readonly SwarmAction[];
  readonly expected: 'TRACKING' | 'TERMINATE' | 'invalid';
  /** In extended-1.1, where it says something else. */
  readonly extended?: 'TRACKING' | 'invalid';
}

const ROWS: readonly Case[] = [
  { name: 'row 1: LEECH JOIN', joined: {}, actions: [join('a')], expected: 'TRACKING' },
  { name: 'row 2: LEECH LEAVE from START', joined: {}, actions: [leave('a')], expected: 'invalid' },
  { name: 'row 3: LEECH LEAVE', joined: { a: 'LEECH' }, actions: [leave('a')], expected: 'TERMINATE' },
  {
    name: 'row 4: LEECH JOIN and LEAVE from START',
    joined: {},
    actions: [join('a'), leave('b')],
    expected: 'invalid',
  },
  {
    name: 'row 5: channel switch',
    joined: { b: 'LEECH' },
    actions: [join('a'), leave('b')],
    expected: 'TRACKING',
  },
  { name: 'row 6: one SEED JOIN', joined: {}, actions: [join('a', 'SEED')], expected: 'TRACKING' },
  {
    name: 'row 6: three SEED JOINs',
    joined: {},
    actions: [join('a', 'SEED'), join('b', 'SEED'), join('c', 'SEED')],
    expected: 'TRACKING',
  },
  {
    name: 'row 7: SEED JOIN while TRACKING',
    joined: { a: 'SEED' },
    actions: [join('b', 'SEED')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'row 8: SEED LEAVE of all',
    joined: { a: 'SEED', b: 'SEED' },
    actions: [leave('a', 'SEED'), leave('b', 'SEED')],
    expected: 'TERMINATE',
  },
];

const BEYOND: readonly Case[] = [
  {
    name: 'channel switch, LEAVE first',
    joined: { b: 'LEECH' },
    actions: [leave('b'), join('a')],
    expected: 'TRACKING',
  },
  {
    name: 'LEAVE naming the other mode: of a LEECH',
    joined: { a: 'LEECH' },
    actions: [leave('a', 'SEED')],
    expected: 'TERMINATE',
  },
  {
    name: 'LEAVE naming the other mode: of a SEED',
    joined: { a: 'SEED' },
    actions: [leave('a', 'LEECH')],
    expected: 'TERMINATE',
  },
  {
    name: 'channel switch whose LEAVE says SEED',
    joined: { b: 'LEECH' },
    actions: [join('a'), leave('b', 'SEED')],
    expected: 'TRACKING',
  },
  {
    name: 'channel switch of a SEED that says LEECH',
    joined: { b: 'SEED' },
    actions: [join('a'), leave('b')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'channel switch from one swarm of several',
    joined: { b: 'LEECH', c: 'SEED' },
    actions: [join('a'), leave('b')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'SEED LEAVE of some',
    joined: { a: 'SEED', b: 'SEED' },
    actions: [leave('a', 'SEED')],
    expected: 'TRACKING',
  },
  { name: 're-start', joined: { a: 'LEECH' }, actions: [join('a')], expected: 'TRACKING' },
  {
    name: 'SEED JOIN of its own swarm',
    joined: { a: 'SEED' },
    actions: [join('a', 'SEED')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'LEECH becoming SEED',
    joined: { a: 'LEECH' },
    actions: [join('a', 'SEED')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'SEED becoming LEECH',
    joined: { a: 'SEED' },
    actions: [join('a')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  { name: 'LEECH joining a second swarm', joined: { a: 'LEECH' }, actions: [join('b')], expected: 'invalid' },
  {
    name: 'SEED joining another as LEECH',
    joined: { a: 'SEED' },
    actions: [join('b')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  { name: 'two LEECH JOINs', joined: {}, actions: [join('a'), join('b')], expected: 'invalid' },
  { name: 'mixed modes', joined: {}, actions: [join('a', 'SEED'), join('b')], expected: 'invalid' },
  {
    name: 'SEED JOIN and LEAVE',
    joined: { b: 'SEED' },
    actions: [join('a', 'SEED'), leave('b', 'SEED')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'switch leaving a swarm not joined',
    joined: { b: 'LEECH' },
    actions: [join('a'), leave('c')],
    expected: 'invalid',
  },
  {
    name: 'one LEAVE in vain spoils the others',
    joined: { a: 'SEED', b: 'SEED' },
    actions: [leave('a', 'SEED'), leave('c', 'SEED')],
    expected: 'invalid',
  },
  {
    name: 'switch to the same swarm',
    joined: { a: 'LEECH' },
    actions: [join('a'), leave('a')],
    expected: 'invalid',
  },
  {
    name: 'switch to a swarm it is in already',
    joined: { a: 'SEED', b: 'SEED' },
    actions: [join('a'), leave('b')],
    expected: 'invalid',
    extended: 'TRACKING',
  },
  {
    name: 'the same swarm twice',
    joined: {},
    actions: [join('a', 'SEED'), join('a', 'SEED')],
    expected: 'invalid',
  },
  {
    name: 'the same LEAVE twice',
    joined: { a: 'SEED' },
    actions: [leave('a', 'SEED'), leave('a', 'SEED')],
    expected: 'invalid',
  },
  {
    name: 'two JOINs and a LEAVE',
    joined: { a: 'LEECH' },
    actions: [join('b'), join('c'), leave('a')],
    expected: 'invalid',
  },
  { name: 'nothing', joined: {}, actions: [], expected: 'invalid' },
];

/** What only further joins bring about. */
const EXTENDED: readonly Case[] = [
  {
    name: 'further swarms',
    joined: { a: 'SEED' },
    actions: [join('b', 'SEED'), join('c', 'SEED')],
    expected: 'TRACKING',
  },
  {
    name: 'SEED beside being LEECH',
    joined: { a: 'LEECH' },
    actions: [join('b', 'SEED')],
    expected: 'TRACKING',
  },
  {
    name: 'both modes at once',
    joined: { a: 'SEED' },
    actions: [join('b'), join('c', 'SEED')],
    expected: 'TRACKING',
  },
  { name: 'two LEECH JOINs', joined: { a: 'SEED' }, actions: [join('b'), join('c')], expected: 'invalid' },
  { name: 'a second as LEECH', joined: { a: 'LEECH', b: 'SEED' }, actions: [join('c')], expected: 'invalid' },
  {
    name: 'change of channel beside other swarms',
    joined: { a: 'LEECH', b: 'SEED' },
    actions: [join('c'), leave('a')],
    expected: 'TRACKING',
  },
  {
    name: 'LEECH to SEED, and on to the next',
    joined: { a: 'LEECH' },
    actions: [join('a', 'SEED'), join('b')],
    expected: 'TRACKING',
  },
  {
    name: 'further swarms and LEAVE in vain',
    joined: { a: 'SEED' },
    actions: [join('b'), leave('c')],
    expected: 'invalid',
  },
  {
    name: 'LEAVE of the last, joining another',
    joined: { a: 'SEED' },
    actions: [leave('a'), join('b')],
    expected: 'TRACKING',
  },
];

describe.each(['rfc7846', 'base-1.0'] as const)('validity in %s', (edition) => {
  it.each([...ROWS, ...BEYOND])('$name: $expected', ({ joined, actions, expected }) => {
    expect(verdict(RULES[edition], joined, actions)).toBe(expected);
  });

  it('takes verdicts from the table: every row turned round turns its verdict', () => {
    const turned: EditionRules = {
      ...RULES[edition],
      validity: RULES[edition].validity.map((row) => ({ ...row, valid: !row.valid })),
    };
    for (const { joined, actions, expected } of ROWS) {
      // Rows 2 and 4 stay invalid: whatever the table says, nobody leaves a swarm it is not in.
      const leavesInVain = actions.some(
        ({ action, swarmId }) => action === 'LEAVE' && joined[swarmId] === undefined,
      );
      const isInvalid = verdict(turned, joined, actions) === 'invalid';
      expect(isInvalid).toBe(leavesInVain || expected !== 'invalid');
    }
  });
});

describe('validity in extended-1.1', () => {
  const cases = [...ROWS, ...BEYOND].map((one) => ({ ...one, expected: one.extended ?? one.expected }));
  it.each([...cases, ...EXTENDED])('$name: $expected', ({ joined, actions, expected }) => {
    expect(verdict(RULES['extended-1.1'], joined, actions)).toBe(expected);
  });

  it('does not hold against a LEECH of two, by another edition, that it starts one of them again', () => {
    expect(verdict(RULES['extended-1.1'], { a: 'LEECH', b: 'LEECH' }, [join('a')])).toBe('TRACKING');
  });
});

describe('validity in gu-04', () => {
  const rules = RULES['gu-04'];
  const judged = (before: ValidityRow['before'], joined: In, action: SwarmAction | SwarmAction[]) => {
    const swarms = new Map(Object.entries(joined).map(([id, mode]) => [asSwarmId(id), { mode }]));
    const result = judge(rules, before, swarms, [action].flat());
    return result.valid ? result.after : 'invalid';
  };

  it.each<[ValidityRow['before'], string, In, SwarmAction, ReturnType<typeof judged>]>([
    ['START', 'JOIN as LEECH', {}, join('a'), 'invalid'],
    ['START', 'JOIN as SEED', {}, join('a', 'SEED'), 'invalid'],
    ['START', 'LEAVE', {}, leave('a'), 'invalid'],
    ['PEER REGISTERED', 'JOIN as LEECH', {}, join('a'), 'TRACKING'],
    ['PEER REGISTERED', 'JOIN as SEED', {}, join('a', 'SEED'), 'TRACKING'],
    ['PEER REGISTERED', 'LEAVE', {}, leave('a'), 'invalid'],
    ['TRACKING', 'JOIN in no swarm', {}, join('a'), 'TRACKING'],
    ['TRACKING', 'JOIN of a further swarm as LEECH', { a: 'LEECH' }, join('b'), 'TRACKING'],
    ['TRACKING', 'JOIN of a further swarm as SEED', { a: 'LEECH' }, join('b', 'SEED'), 'TRACKING'],
    ['TRACKING', 'refresh of a LEECH', { a: 'LEECH' }, join('a'), 'TRACKING'],
    ['TRACKING', 'refresh of a SEED', { a: 'SEED' }, join('a', 'SEED'), 'TRACKING'],
    ['TRACKING', 'LEECH to SEED', { a: 'LEECH' }, join('a', 'SEED'), 'TRACKING'],
    ['TRACKING', 'SEED to LEECH', { a: 'SEED' }, join('a'), 'TRACKING'],
    ['TRACKING', 'LEAVE of some', { a: 'SEED', b: 'LEECH' }, leave('a'), 'TRACKING'],
    ['TRACKING', 'LEAVE of the last', { a: 'SEED' }, leave('a'), 'TRACKING'],
    ['TRACKING', 'LEAVE of a swarm not joined', { a: 'SEED' }, leave('b'), 'invalid'],
    ['TRACKING', 'LEAVE in no swarm', {}, leave('b'), 'invalid'],
  ])('%s: %s', (before, _, joined, action, expected) => {
    expect(judged(before, joined, action)).toBe(expected);
  });

  it('knows one action at a time', () => {
    expect(judged('TRACKING', {}, [join('a'), join('b')])).toBe('invalid');
  });
});

it.each(EDITIONS)('lists no row of %s in vain: each is the first to describe some request', (edition) => {
  const { validity } = RULES[edition];
  const first = new Set<ValidityRow>();
  const modes: readonly PeerMode[] = ['LEECH', 'SEED'];
  const each = (swarm: string) => modes.flatMap((mode) => [join(swarm, mode), leave(swarm, mode)]);
  const requests = [
    ...each('a').map((one) => [one]),
    ...each('a').flatMap((one) => each('b').map((other) => [one, other])),
  ];
  const joineds: In[] = [
    {},
    { a: 'LEECH' },
    { a: 'SEED' },
    { b: 'LEECH' },
    { a: 'SEED', b: 'SEED' },
    { b: 'SEED', c: 'SEED' },
  ];
  for (const before of ['START', 'PEER REGISTERED', 'TRACKING'] as const)
    for (const joined of joineds)
      for (const actions of requests) {
        const swarms = new Map(Object.entries(joined).map(([id, mode]) => [asSwarmId(id), { mode }]));
        // Reading `valid` is done to the first row that describes a request, and to no other.
        const watched = validity.map((row) =>
          Object.defineProperty({ ...row }, 'valid', { get: () => (first.add(row), row.valid) }),
        );
        judge({ ...RULES[edition], validity: watched }, before, swarms, actions);
      }
  expect(validity.filter((row) => !first.has(row))).toEqual([]);
});
