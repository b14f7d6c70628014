/** Every row of every edition's validity table, driven over real HTTP (RFC 7846 table 6; digest, "Validity"). */
import { afterEach, describe, expect, it } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, PeerMode, Request, SwarmAction } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { ValidityRow } from '../protocol/rules.ts';
import { connect, entering, join, joinOne, keepAlive, leave, leaveOne, report } from '../tracker/testing.ts';
import { startClient, stopAll } from './testing-client.ts';
import type { Client, Told } from './testing-client.ts';

afterEach(stopAll);

/** What a refusal comes to while TRACKING and, in gu-04, in PEER REGISTERED (digest, "Validity"). */
const AFTER_ERROR: Readonly<Record<EditionId, 'keep' | 'terminate'>> = {
  rfc7846: 'keep',
  'extended-1.1': 'terminate',
  'base-1.0': 'terminate',
  'gu-04': 'keep',
};
/** Bodies of a refusal; XML of the other two is empty. */
const REFUSED: Readonly<Partial<Record<EditionId, RegExp>>> = {
  rfc7846: /"response_type":1,"error_code":3/,
  'gu-04': /<Response>MESSAGE FORBIDDEN<\/Response>/,
};

type Swarms = Readonly<Record<string, PeerMode>>;
const NONE: Swarms = {};

/** A peer brought to where a row begins, and actions that the row describes. */
interface Scene {
  readonly name: string;
  readonly before: ValidityRow['before'];
  readonly joined: Swarms;
  readonly actions: readonly SwarmAction[];
}

const otherMode = (mode: PeerMode): PeerMode => (mode === 'SEED' ? 'LEECH' : 'SEED');

/** Scenes of one row: both modes where it says either, one and several swarms where it says N. */
function scenesOf(row: ValidityRow): Scene[] {
  const modes: readonly PeerMode[] = row.mode === 'either' ? ['LEECH', 'SEED'] : [row.mode];
  return modes
    .flatMap((mode) => (row.swarms === 'N' ? [1, 2] : [1]).flatMap((count) => sceneOf(row, mode, count)))
    .map(({ joined, actions }) => ({
      name: `${describeActions(actions)} as ${Object.entries(joined).join(' ') || row.before}`,
      before: row.before,
      joined,
      actions,
    }));
}

function sceneOf(row: ValidityRow, mode: PeerMode, count: number): Pick<Scene, 'joined' | 'actions'>[] {
  const names = ['a', 'b'].slice(0, count);
  const joins = names.map((name) => join(name, mode));
  const leaves = names.map((name) => leave(name, mode));
  // A LEAVE counts whatever mode it names (RFC 7846 §4.1.1).
  const misnamed = names.map((name) => leave(name, otherMode(mode)));
  const inMode = (mode: PeerMode): Swarms => Object.fromEntries(names.map((name) => [name, mode]));
  const mixed = [join('a', mode), leave('x', mode)];
  if (row.before !== 'TRACKING')
    return [
      { joined: NONE, actions: row.actions.length > 1 ? mixed : row.actions[0] === 'JOIN' ? joins : leaves },
    ];
  switch (row.of) {
    case 'any':
      // A LEECH of one swarm at most (extended-04 §4.3.2 B).
      if (row.actions.length > 1) return [{ joined: { x: 'SEED' }, actions: mixed }];
      return mode === 'LEECH' && count > 1 ? [] : [{ joined: { x: 'SEED' }, actions: joins }];
    case 'new':
      return [
        { joined: NONE, actions: joins },
        { joined: { x: 'LEECH' }, actions: joins },
      ];
    case 'own':
      return [{ joined: inMode(mode), actions: joins }];
    case 'other mode':
      return mode === 'SEED' && count > 1
        ? [{ joined: { a: 'LEECH' }, actions: joins.slice(0, 1) }]
        : [{ joined: inMode(otherMode(mode)), actions: joins }];
    case 'switch':
      return [mixed, [...mixed].reverse(), [join('a', mode), leave('x', otherMode(mode))]].map((actions) => ({
        joined: { x: 'LEECH' },
        actions,
      }));
    case 'some':
      return [{ joined: { ...inMode('SEED'), x: 'SEED' }, actions: leaves }];
    case 'all':
      return [leaves, misnamed].map((actions) => ({
        joined: inMode(row.mode === 'LEECH' ? 'LEECH' : 'SEED'),
        actions,
      }));
    default:
      return row.of satisfies never;
  }
}

const describeActions = (actions: readonly SwarmAction[]): string =>
  actions.map(({ action, mode, swarmId }) => `${mode} ${action} ${swarmId}`).join(', ');

/** Where CONNECT carries the actions they are one request; in gu-04 each is one. */
function requestsFor(edition: EditionId, actions: readonly SwarmAction[]): Request[] {
  if (RULES[edition].connect === 'with actions') return [connect(edition, 'p', actions)];
  return actions.map(({ action, swarmId, mode }) =>
    action === 'JOIN' ? joinOne('p', swarmId, mode) : leaveOne('p', swarmId),
  );
}

/** What is due before: in as few requests as the edition has for it. */
function comingIn(edition: EditionId, { before, joined }: Scene): Request[] {
  const joins = Object.entries(joined).map(([swarm, mode]) => join(swarm, mode));
  const alone = RULES[edition].connect === 'alone';
  if (!alone) return joins.length > 0 ? requestsFor(edition, joins) : [];
  if (before === 'START') return [];
  const registered = [connect(edition, 'p', []), ...requestsFor(edition, joins)];
  // In no swarm, yet TRACKING: it has said that it is alive.
  return before === 'TRACKING' && joins.length === 0 ? [...registered, keepAlive(edition, 'p')] : registered;
}

/** Others to be listed: a SEED and a LEECH in every swarm. */
const SWARMS = ['a', 'b', 'x'];
const OTHERS: readonly Request[] = [
  connect(
    'rfc7846',
    'seed',
    SWARMS.map((swarm) => join(swarm, 'SEED')),
  ),
  connect('gu-04', 'leech', []),
  ...SWARMS.map((swarm) => joinOne('leech', swarm)),
];

async function stateOf(client: Client): Promise<[state: string, swarms: Swarms]> {
  const record = await client.peer('p');
  if (record === undefined) return ['none', NONE];
  return [
    record.state,
    Object.fromEntries(record.swarms.map(({ swarmId, mode }) => [swarmId, mode as PeerMode])),
  ];
}

function applied(joined: Swarms, actions: readonly SwarmAction[]): Swarms {
  const after = { ...joined };
  for (const { action, swarmId, mode } of actions)
    if (action === 'JOIN') after[swarmId] = mode;
    else delete after[swarmId];
  return after;
}

function expectForbidden(edition: EditionId, told: Told): void {
  expect(told.status).toBe(403);
  expect(told.reason).toMatch(/^Forbidden Action: [ -~]+$/);
  const body = REFUSED[edition];
  if (body === undefined) expect([told.text, told.contentType]).toEqual(['', null]);
  else {
    expect(told.text).toMatch(body);
    expect(told.response).toMatchObject({ edition, outcome: 'failure', error: 'forbidden' });
  }
}

/** A LEECH's JOIN always gets a list, a SEED's without PeerNum none (RFC 7846 §4.1.1). */
function expectDone(edition: EditionId, told: Told, actions: readonly SwarmAction[]): void {
  expect([told.status, told.reason]).toEqual([200, 'OK']);
  const { response } = told;
  if (response?.outcome !== 'success') throw new Error('no success');
  expect(response.edition).toBe(edition);
  const lists = actions.filter(({ action, mode }) => action === 'JOIN' && mode === 'LEECH');
  expect(
    response.peerLists.map(({ swarmId, peers }) => [
      swarmId,
      peers.map(({ peerId }) => String(peerId)).sort(),
    ]),
  ).toEqual(lists.map(({ swarmId }) => [swarmId, ['leech', 'seed']]));
  // Every action gets its result, LEAVE too; in gu-04 the response is the result.
  const { connect: carries } = RULES[edition];
  if (carries === 'with actions')
    expect(response.results.map(({ ok }) => ok)).toEqual(actions.map(() => true));
}

/** Whether the peer is known, by what it is answered next. */
async function expectKnown(client: Client, edition: EditionId, known: boolean): Promise<void> {
  const alive = RULES[edition].keepAlive === 'KEEPALIVE' ? keepAlive(edition, 'p') : report(edition, 'p');
  expect((await client.say(alive)).status).toBe(known ? 200 : 403);
}

describe.each(EDITIONS)('the validity table of %s', (edition) => {
  const scenes = RULES[edition].validity.flatMap((row, index) =>
    scenesOf(row).map((scene) => ({ ...scene, row, title: `row ${index + 1}, ${scene.name}: ` })),
  );
  it.each(scenes)('$title $row.after, valid: $row.valid ($row.section)', async ({ row, ...scene }) => {
    const client = await startClient();
    await client.all([...OTHERS, ...comingIn(edition, scene)]);
    expect(await stateOf(client)).toEqual([scene.before === 'START' ? 'none' : scene.before, scene.joined]);

    const [request, ...others] = requestsFor(edition, scene.actions);
    if (request === undefined || others.length > 0) throw new Error('not one request');
    const told = await client.say(request);
    let after: [string, Swarms];
    if (row.valid) {
      expectDone(edition, told, scene.actions);
      after = row.after === 'TERMINATE' ? ['none', NONE] : [row.after, applied(scene.joined, scene.actions)];
    } else {
      expectForbidden(edition, told);
      const stays = scene.before !== 'START' && AFTER_ERROR[edition] === 'keep';
      after = stays ? [scene.before, scene.joined] : ['none', NONE];
    }
    expect(await stateOf(client)).toEqual(after);
    expect((await client.stats()).peers).toBe(after[0] === 'none' ? 2 : 3);
    await expectKnown(client, edition, after[0] !== 'none');
  });
});

/** What no row lists: refused in every edition that it is named for (digest, "Validity"). */
const UNLISTED: readonly [
  name: string,
  joined: Swarms,
  actions: readonly SwarmAction[],
  editions: readonly EditionId[],
][] = [
  ['two LEECH JOINs', NONE, [join('a'), join('b')], ['rfc7846', 'base-1.0', 'extended-1.1']],
  ['both modes at once', NONE, [join('a', 'SEED'), join('b')], ['rfc7846', 'base-1.0', 'extended-1.1']],
  [
    'the same swarm twice',
    NONE,
    [join('a', 'SEED'), join('a', 'SEED')],
    ['rfc7846', 'base-1.0', 'extended-1.1'],
  ],
  ['a second swarm as LEECH', { a: 'LEECH' }, [join('b')], ['rfc7846', 'base-1.0', 'extended-1.1']],
  ['a further swarm beside', { a: 'SEED' }, [join('b')], ['rfc7846', 'base-1.0']],
  ['LEECH to SEED in one step', { a: 'LEECH' }, [join('a', 'SEED')], ['rfc7846', 'base-1.0']],
  ['SEED to LEECH', { a: 'SEED' }, [join('a')], ['rfc7846', 'base-1.0']],
  ['a channel switch as SEED', { x: 'SEED' }, [join('a', 'SEED'), leave('x')], ['rfc7846', 'base-1.0']],
  ['LEAVE of a swarm not joined', { a: 'SEED' }, [leave('b')], EDITIONS],
  [
    'one LEAVE in vain',
    { a: 'SEED', b: 'SEED' },
    [leave('a'), leave('x')],
    ['rfc7846', 'base-1.0', 'extended-1.1'],
  ],
];

describe.each(UNLISTED)('no row lists %s', (_, joined, actions, editions) => {
  it.each(editions)('invalid in %s', async (edition) => {
    const client = await startClient();
    const before = Object.keys(joined).length > 0 ? 'TRACKING' : 'START';
    await client.all([...OTHERS, ...comingIn(edition, { name: '', before, joined, actions })]);
    const [request] = requestsFor(edition, actions);
    if (request === undefined) throw new Error('no request');
    expectForbidden(edition, await client.say(request));
    const stays = before === 'TRACKING' && AFTER_ERROR[edition] === 'keep';
    expect(await stateOf(client)).toEqual(stays ? ['TRACKING', joined] : ['none', NONE]);
    await expectKnown(client, edition, stays);
  });
});

it.each(EDITIONS)(
  'a LEECH of %s comes, stays and goes, and the tracker forgets the swarm',
  async (edition) => {
    const client = await startClient();
    await client.all(entering(edition, 'p', 'a'));
    expect(await client.stats()).toMatchObject({ peers: 1, swarms: [{ id: 'a', seeds: 0, leeches: 1 }] });
    await client.all(requestsFor(edition, [leave('a')]));
    // The last LEAVE terminates, but not in gu-04.
    expect(await client.stats()).toMatchObject({ peers: edition === 'gu-04' ? 1 : 0, swarms: [] });
  },
);
