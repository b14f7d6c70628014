/** What only some editions have, over real HTTP: LIVESEED, scopes, chunks, STAT_QUERY, REFLEXIVE. */
import { afterEach, describe, expect, it } from 'vitest';
import { asChunkId } from '../protocol/ids.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, StatQuery } from '../protocol/message.ts';
import {
  chunkMap,
  connect,
  entering,
  find,
  join,
  joinOne,
  keepAlive,
  report,
  statAnswer,
} from '../tracker/testing.ts';
import { listed, startClient, stopAll, success } from './testing-client.ts';
import type { Client } from './testing-client.ts';

afterEach(stopAll);

it('lists a LIVESEED to every LEECH of every edition, and first', async () => {
  const client = await startClient();
  await client.all([connect('gu-04', 'live', []), joinOne('live', 'a', 'LIVESEED')]);
  for (let i = 0; i < 40; i++) await client.all(entering('rfc7846', `seed${i}`, 'a', 'SEED'));
  for (const edition of EDITIONS) {
    const requests = entering(edition, edition, 'a');
    await client.all(requests.slice(0, -1));
    for (const request of requests.slice(-1)) {
      const told = await client.say(request);
      expect(listed(told)).toHaveLength(30);
      expect(listed(told)[0]).toBe('live');
      expect(success(told).peerLists[0]?.peers[0]?.mode).toBe(edition === 'gu-04' ? 'LIVESEED' : undefined);
    }
  }
  expect((await client.peer('live'))?.swarms).toMatchObject([{ mode: 'LIVESEED' }]);
  expect((await client.stats()).swarms).toEqual([{ id: 'a', seeds: 41, leeches: 4 }]);
});

describe('content', () => {
  const holding = (edition: EditionId, peer: string, held: readonly number[]) =>
    report(
      edition,
      peer,
      [],
      {},
      {
        contentMaps: [{ representations: [{ id: 'hd', maps: [chunkMap(0, held, 15)] }] }],
      },
    );
  const filled = async (): Promise<Client> => {
    const client = await startClient();
    await client.all([
      ...['me', 'p', 'q'].flatMap((peer) => entering('extended-1.1', peer, 'a')),
      ...entering('gu-04', 'g', 'a'),
      ...entering('base-1.0', 'seed', 'a', 'SEED'),
      holding('extended-1.1', 'p', [1, 2, 3]),
      holding('extended-1.1', 'q', [2, 3, 4]),
      joinOne('g', 'a', 'LEECH', { chunkId: asChunkId('intro') }),
    ]);
    return client;
  };

  it('of a scope: extended-1.1 lists who reported all of it, and seeds', async () => {
    const client = await filled();
    const scope = (startIndex: number, endIndex: number) => ({
      scope: [{ representation: 'hd', startIndex, endIndex }],
    });
    for (const [from, to, expected] of [
      [2, 3, ['p', 'q', 'seed']],
      [1, 3, ['p', 'seed']],
      [1, 4, ['seed']],
    ] as const) {
      const found = await client.say(find('extended-1.1', 'me', 'a', undefined, scope(from, to)));
      expect(listed(found).sort()).toEqual(expected);
      const anew = await client.say(connect('extended-1.1', 'me', [join('a')], scope(from, to)));
      expect(listed(anew).sort()).toEqual(expected);
    }
  });

  it('of a chunk: gu-04 lists who declared it, and seeds; 404 when nobody has it', async () => {
    const client = await filled();
    const chunk = (peer: string, id: string) =>
      client.say(find('gu-04', peer, 'a', undefined, { method: 'FIND_CHUNK', chunkId: asChunkId(id) }));
    await client.all(entering('gu-04', 'h', 'a'));
    const found = await chunk('h', 'intro');
    expect(listed(found).sort()).toEqual(['g', 'seed']);
    expect(found.text).toContain('<Response>FIND_CHUNK</Response>');
    expect(success(found).peerLists).toMatchObject([{ chunkId: 'intro' }]);
    await client.all([connect('base-1.0', 'seed', [{ ...join('a', 'SEED'), action: 'LEAVE' }])]);
    expect(listed(await chunk('h', 'intro'))).toEqual(['g']);
    const missed = await chunk('h', 'outro');
    expect([missed.status, missed.text]).toEqual([404, expect.stringContaining('OBJECT NOT FOUND')]);
    expect((await client.peer('h'))?.state).toBe('TRACKING');
  });
});

describe('STAT_QUERY', () => {
  const ask = (client: Client, properties: readonly string[], peer = 'p') =>
    fetch(`${client.server.url}peers/${peer}/query`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ properties }),
    });
  /** What rides on the answer to the peer's next KEEPALIVE. */
  const questions = async (client: Client): Promise<readonly StatQuery[]> =>
    success(await client.say(keepAlive('gu-04', 'p'))).queries;

  it('goes from the operator to the peer, and its answer back', async () => {
    const client = await startClient();
    await client.all(entering('gu-04', 'p', 'a'));
    expect((await ask(client, ['StreamStats', 'OnlineTime'])).status).toBe(202);
    const [query, ...others] = await questions(client);
    if (query === undefined) throw new Error('not asked');
    expect(others).toEqual([]);
    expect(query).toMatchObject({ peerId: 'p', properties: ['StreamStats', 'OnlineTime'] });
    expect(query.transactionId).toMatch(/^q\./);
    // Asked once.
    expect(await questions(client)).toEqual([]);

    const answer = statAnswer('p', query.transactionId, {
      stats: [{ uploadedBytes: 2n ** 64n - 1n, downloadedBytes: 5n }],
      properties: [{ name: 'OnlineTime', value: '17' }],
    });
    const told = await client.send(answer);
    expect(told.text).toContain('<Response>OK</Response>');
    expect(await client.peer('p')).toMatchObject({
      properties: [{ name: 'OnlineTime', value: '17' }],
      swarms: [{ stats: { uploadedBytes: '18446744073709551615', downloadedBytes: '5' } }],
    });
    // It is no longer open: other content under its ID answers nothing.
    expect((await client.send({ ...answer, properties: [] })).status).toBe(403);
    expect((await client.send(answer)).text).toBe(told.text);
  });

  it('is answered by a STAT_REPORT with its transaction ID as well', async () => {
    const client = await startClient();
    await client.all(entering('gu-04', 'p', 'a'));
    await ask(client, ['OnlineTime']);
    const [query] = await questions(client);
    if (query === undefined) throw new Error('not asked');
    const properties = [{ name: 'OnlineTime', value: '18' }];
    const { transactionId } = query;
    success(await client.send({ ...report('gu-04', 'p', [], {}, { properties }), transactionId }));
    expect((await client.peer('p'))?.properties).toEqual(properties);
    expect((await client.send(statAnswer('p', transactionId))).status).toBe(403);
  });

  it('is asked by the tracker itself when statistics are older than two report intervals', async () => {
    const client = await startClient({ tracker: { reportInterval: 10_000 } });
    await client.all(entering('gu-04', 'p', 'a'));
    client.wait(20_000);
    expect(await questions(client)).toEqual([]);
    client.wait(1);
    expect(await questions(client)).toMatchObject([{ properties: ['StreamStats'] }]);
  });
});

describe("the asker's own address", () => {
  const told = async (client: Client, edition: EditionId) => {
    const [first] = entering(edition, edition, 'a');
    return first && success(await client.say(first)).publicAddress?.type;
  };

  it.each(EDITIONS)('is told as REFLEXIVE by a tracker that works STUN-like: %s', async (edition) => {
    expect(await told(await startClient(), edition)).toBe('REFLEXIVE');
  });

  it.each<[EditionId, 'HOST' | undefined]>([
    ['rfc7846', undefined],
    ['extended-1.1', 'HOST'],
    ['base-1.0', 'HOST'],
    ['gu-04', undefined],
  ])('is not, by one that does not: %s', async (edition, type) => {
    expect(await told(await startClient({ tracker: { reflexive: false } }), edition)).toBe(type);
  });
});
