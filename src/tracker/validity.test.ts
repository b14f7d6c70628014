import { describe, expect, it } from 'vitest';
import { asSwarmId } from '../protocol/ids.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { PeerMode, SwarmAction } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { EditionRules } from '../protocol/rules.ts';
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
  },
  {
    name: 'channel switch from one swarm of several',
    joined: { b: 'LEECH', c: 'SEED' },
    actions: [join('a'), leave('b')],
    expected: 'invalid',
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
  },
  { name: 'LEECH becoming SEED', joined: { a: 'LEECH' }, actions: [join('a', 'SEED')], expected: 'invalid' },
  { name: 'SEED becoming LEECH', joined: { a: 'SEED' }, actions: [join('a')], expected: 'invalid' },
  { name: 'LEECH joining a second swarm', joined: { a: 'LEECH' }, actions: [join('b')], expected: 'invalid' },
  { name: 'SEED joining another as LEECH', joined: { a: 'SEED' }, actions: [join('b')], expected: 'invalid' },
  { name: 'two LEECH JOINs', joined: {}, actions: [join('a'), join('b')], expected: 'invalid' },
  { name: 'mixed modes', joined: {}, actions: [join('a', 'SEED'), join('b')], expected: 'invalid' },
  {
    name: 'SEED JOIN and LEAVE',
    joined: { b: 'SEED' },
    actions: [join('a', 'SEED'), leave('b', 'SEED')],
    expected: 'invalid',
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

describe.each(EDITIONS)('validity in %s', (edition) => {
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

it('takes its exceptions from the rules', () => {
  const strict: EditionRules = { ...RULES.rfc7846, partialLeave: false, restart: false };
  expect(verdict(strict, { a: 'LEECH' }, [join('a')])).toBe('invalid');
  expect(verdict(strict, { a: 'SEED', b: 'SEED' }, [leave('a', 'SEED')])).toBe('invalid');
});
