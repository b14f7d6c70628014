/** Registrations of every edition over real HTTP: how they end, what is answered twice, what time does. */
import { afterEach, describe, expect, it } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, Request } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { as } from '../tracker/testing-http.ts';
import {
  CONNECTING,
  connect,
  disconnect,
  entering,
  find,
  join,
  joinOne,
  keepAlive,
  leave,
  leaveOne,
  report,
} from '../tracker/testing.ts';
import { startClient, stopAll, success } from './testing-client.ts';

afterEach(stopAll);

const alive = (edition: EditionId, peer = 'p'): Request =>
  RULES[edition].keepAlive === 'KEEPALIVE' ? keepAlive(edition, peer) : report(edition, peer);

/** Requests other than CONNECT that an edition has. */
function laterRequests(edition: EditionId): Request[] {
  const requests: Request[] = [report(edition, 'p'), report(edition, 'p', ['a'])];
  if (RULES[edition].find) requests.push(find(edition, 'p', 'a'));
  if (RULES[edition].methods.includes('DISCONNECT')) requests.push(disconnect(edition, 'p'));
  if (edition === 'gu-04') requests.push(keepAlive(edition, 'p'), joinOne('p', 'a'), leaveOne('p', 'a'));
  return requests;
}

describe.each(EDITIONS)('an unregistered peer of %s', (edition) => {
  it.each(laterRequests(edition).map((request) => [request.method, request] as const))(
    'is refused %s',
    async (_, request) => {
      const client = await startClient();
      await client.all(entering('rfc7846', 'other', 'a'));
      const told = await client.say(request);
      // gu-04 looks for the peer first, then for the swarm.
      expect([told.status, told.reason]).toEqual([403, 'Forbidden Action: peer not registered']);
      expect(await client.stats()).toMatchObject({ peers: 1, requests: { byError: { forbidden: 1 } } });
    },
  );
});

describe('an error while TRACKING', () => {
  const errors = EDITIONS.flatMap((edition) => {
    const requests: Request[] = [report(edition, 'p', ['b'])];
    if (RULES[edition].find) requests.push(find(edition, 'p', 'b'));
    return requests.map((request) => [edition, request.method, request] as const);
  });

  it.each(errors)('in %s: %s of a swarm not joined', async (edition, _, request) => {
    const client = await startClient();
    await client.all([...entering(edition, 'p', 'a'), ...entering(edition, 'other', 'b')]);
    expect((await client.say(request)).status).toBe(403);
    const kept = edition === 'rfc7846' || edition === 'gu-04';
    expect((await client.peer('p'))?.state).toBe(kept ? 'TRACKING' : undefined);
    expect((await client.say(alive(edition))).status).toBe(kept ? 200 : 403);
    if (!kept) await client.all(entering(edition, 'p', 'a'));
  });

  it('is judged by the edition of the request', async () => {
    const client = await startClient();
    await client.all(entering('base-1.0', 'p', 'a'));
    expect((await client.say(find('rfc7846', 'p', 'b'))).status).toBe(403);
    expect((await client.peer('p'))?.edition).toBe('base-1.0');
    expect((await client.say(find('extended-1.1', 'p', 'b'))).status).toBe(403);
    expect(await client.peer('p')).toBeUndefined();
  });

  it('in gu-04 of a swarm that the tracker does not know is 404', async () => {
    const client = await startClient();
    await client.all(entering('gu-04', 'p', 'a'));
    const told = await client.say(find('gu-04', 'p', 'nowhere'));
    expect([told.status, told.text]).toEqual([404, expect.stringContaining('OBJECT NOT FOUND')]);
    expect(told.response).toMatchObject({ outcome: 'failure', error: 'not-found' });
    for (const edition of ['rfc7846', 'extended-1.1'] as const) {
      await client.all(entering(edition, edition, 'a'));
      expect((await client.say(find(edition, edition, 'nowhere'))).status).toBe(403);
    }
  });
});

describe('the end of a registration', () => {
  it.each(CONNECTING)('comes with the last LEAVE in %s, whatever mode it names', async (edition) => {
    const client = await startClient();
    await client.all([connect(edition, 'p', [join('a', 'SEED'), join('b', 'SEED')])]);
    await client.all([connect(edition, 'p', [leave('a', 'LEECH')])]);
    expect((await client.peer('p'))?.swarms).toMatchObject([{ swarmId: 'b' }]);
    await client.all([connect(edition, 'p', [leave('b', 'LEECH')])]);
    expect(await client.peer('p')).toBeUndefined();
    expect((await client.say(alive(edition))).status).toBe(403);
  });

  it('comes with DISCONNECT only in gu-04', async () => {
    const client = await startClient();
    await client.all([
      ...entering('gu-04', 'p', 'a'),
      ...entering('gu-04', 'other', 'a'),
      leaveOne('p', 'a'),
    ]);
    expect(await client.peer('p')).toMatchObject({ state: 'TRACKING', swarms: [] });
    await client.all([joinOne('p', 'a'), disconnect('gu-04', 'p')]);
    expect(await client.peer('p')).toBeUndefined();
    // It must not be handed out any more, nor is anything else honoured before a CONNECT.
    expect(success(await client.say(find('gu-04', 'other', 'a'))).peerLists).toEqual([]);
    for (const request of [...laterRequests('gu-04')]) expect((await client.say(request)).status).toBe(403);
    await client.all(entering('gu-04', 'p', 'a'));
  });

  it('comes with DISCONNECT of all in extended-1.1, of some it does not', async () => {
    const client = await startClient();
    const seed = connect(
      'extended-1.1',
      'p',
      ['a', 'b', 'c'].map((swarm) => join(swarm, 'SEED')),
    );
    await client.all([seed, disconnect('extended-1.1', 'p', ['a', 'c'])]);
    expect((await client.peer('p'))?.swarms).toMatchObject([{ swarmId: 'b', mode: 'SEED' }]);
    await client.all([disconnect('extended-1.1', 'p', ['b'])]);
    expect(await client.peer('p')).toBeUndefined();
    await client.all([seed, disconnect('extended-1.1', 'p')]);
    expect(await client.stats()).toMatchObject({ peers: 0, swarms: [] });
    await client.all([seed]);
    expect((await client.say(disconnect('extended-1.1', 'p', ['d']))).status).toBe(403);
    expect(await client.peer('p')).toBeUndefined();
  });
});

describe.each(EDITIONS)('a repeated transaction of %s', (edition) => {
  it('gets the same bytes again, and resets no timer', async () => {
    const client = await startClient();
    await client.all(entering('rfc7846', 'other', 'a'));
    const [first, ...more] = entering(edition, 'p', 'a').map((request, index) => as(request, `own${index}`));
    const last = more.at(-1) ?? first;
    if (first === undefined || last === undefined) throw new Error('nothing to ask');
    for (const request of [first, ...more]) success(await client.send(request));
    const before = await client.send(last);
    client.wait(60_000);
    await client.all([alive('rfc7846', 'other')]);
    expect(await client.send(last)).toEqual(before);
    // Under another ID it is a new request: other bytes, and where it names a new swarm another answer.
    expect((await client.say(last)).text).not.toBe(before.text);
  });

  it('does not keep a silent peer alive', async () => {
    const client = await startClient();
    const requests = entering(edition, 'p', 'a').map((request, index) => as(request, `own${index}`));
    for (const request of requests) success(await client.send(request));
    client.wait(89_999);
    for (const request of requests.slice(-1)) success(await client.send(request));
    client.wait(1);
    expect(await client.peer('p')).toBeUndefined();
  });

  it('after the end of its registration registers anew', async () => {
    const client = await startClient();
    const requests = entering(edition, 'p', 'a').map((request, index) => as(request, `own${index}`));
    for (const request of requests) success(await client.send(request));
    await client.all([edition === 'gu-04' ? disconnect(edition, 'p') : connect(edition, 'p', [leave('a')])]);
    for (const request of requests) success(await client.send(request));
    expect((await client.peer('p'))?.swarms).toMatchObject([{ swarmId: 'a' }]);
  });
});

describe('time', () => {
  it.each(EDITIONS)('cleans a peer of %s out after 90 s without a valid request', async (edition) => {
    const client = await startClient();
    await client.all(entering(edition, 'p', 'a'));
    client.wait(80_000);
    await client.all([alive(edition)]);
    client.wait(89_999);
    expect((await client.peer('p'))?.state).toBe('TRACKING');
    client.wait(1);
    expect((await client.say(alive(edition))).status).toBe(403);
    expect(await client.stats()).toMatchObject({ peers: 0, swarms: [] });
  });

  it('gives a peer of gu-04 10 s from CONNECT to its first request', async () => {
    const client = await startClient();
    await client.all([connect('gu-04', 'p', []), connect('gu-04', 'q', [])]);
    client.wait(9_999);
    expect((await client.peer('p'))?.state).toBe('PEER REGISTERED');
    await client.all([keepAlive('gu-04', 'q')]);
    client.wait(1);
    expect((await client.say(joinOne('p', 'a'))).status).toBe(403);
    expect((await client.peer('q'))?.state).toBe('TRACKING');
  });

  it('takes both timers from the options, and needs no request to clean out', async () => {
    const client = await startClient({ tracker: { initTimer: 20, trackTimer: 20 } }, 'real');
    await client.all([connect('gu-04', 'p', []), connect('rfc7846', 'q', [join('a')])]);
    await expect.poll(async () => (await client.stats()).peers, { timeout: 5_000 }).toBe(0);
  });

  it('ends a JOIN of gu-04 at its ExpireTime, and the registration not', async () => {
    const client = await startClient();
    await client.all([
      connect('gu-04', 'p', []),
      joinOne('p', 'a', 'LEECH', { expireTime: 30 }),
      joinOne('p', 'b', 'SEED', { expireTime: 0 }),
      ...entering('rfc7846', 'q', 'a'),
    ]);
    client.wait(29_999);
    const listedTo = async () => success(await client.say(find('rfc7846', 'q', 'a'))).peerLists;
    expect(await listedTo()).toMatchObject([{ peers: [{ peerId: 'p' }] }]);
    client.wait(1);
    expect(await listedTo()).toEqual([]);
    expect(await client.peer('p')).toMatchObject({ state: 'TRACKING', swarms: [{ swarmId: 'b' }] });
  });
});
