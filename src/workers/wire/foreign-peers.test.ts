import { expect, test } from 'vitest';
import { recordOfStreamed } from '../../recording/streamed.ts';
import { METHODS } from '../../protocol/message.ts';
import { DEPARTURES, NO_METHOD, OUTCOMES, PEER_STATES } from '../../simulation/observation.ts';
import { isForeign, PHASES } from '../../simulation/report.ts';
import { bytes, JSON_TYPE, post, startEndpoint, text, XML_TYPE } from '../../tracker/testing-http.ts';
import type { ForeignNews } from '../messages.ts';
import { foreignDetail } from './foreign-detail.ts';
import { ForeignPeers, MOST_FOREIGN } from './foreign-peers.ts';
import { MOST_PLACES } from './foreign-places.ts';
import { Log } from './log.ts';

const TRACK_TIMER = 90_000;

/** Peers of others at a real tracker of the swarms `film` and `news`, as its `/events` would tell of them. */
function watching() {
  const tracker = startEndpoint();
  let clock = 0;
  const log = new Log(0);
  const peers = new ForeignPeers(['film', 'news'], TRACK_TIMER);
  let id = 0;
  return {
    peers,
    detail: async () => peers.watched && foreignDetail(peers.watched, (row) => log.exchange(row)),
    say: (body: string, now: number): void => {
      const type = body.startsWith('<') ? XML_TYPE : JSON_TYPE;
      const request = bytes(body);
      tracker.wait(now - clock);
      clock = now;
      const { response } = tracker.send(post(request, type));
      const line = {
        remote: '198.51.100.7:40000',
        status: response.status,
        reason: response.reason,
        request: body,
        response: text(response.body),
        requestBytes: request.length,
        responseBytes: response.body.length,
      };
      const exchange = recordOfStreamed(line, { id: id++, time: now, url: 'http://127.0.0.1:7846/' });
      if (exchange !== undefined) peers.take(exchange, log.append(exchange), now);
    },
  };
}

const message = (type: string, peer: string, members: object, transaction = type): string =>
  JSON.stringify({
    PPSPTrackerProtocol: {
      version: 1,
      request_type: type,
      transaction_id: `${peer} ${transaction}`,
      peer_id: peer,
      ...members,
    },
  });
const connect = (peer: string, action: string, swarms: readonly string[], mode = 'LEECH'): string =>
  message(
    'CONNECT',
    peer,
    {
      connect: {
        peer_num: { peer_count: 3 },
        peer_addr: [
          {
            ip_address: { address_type: 'ipv4', address: '192.0.2.9' },
            port: 6881,
            priority: 1,
            type: 'HOST',
          },
        ],
        swarm_action: swarms.map((swarm_id) => ({ swarm_id, action, peer_mode: mode })),
      },
    },
    action + swarms.join(),
  );
const gu04 = (method: string, rest = ''): string =>
  `<PPSPTrackerProtocol version="1.0"><Method>${method}</Method><TransactionID>${method}</TransactionID><PeerID>old</PeerID>${rest}</PPSPTrackerProtocol>`;

/** What the columns say, in words. */
const rows = (news: ForeignNews | undefined): readonly string[] => {
  const { handle = [], swarm = [], mode = [], phase = [] } = news?.peers ?? {};
  const names = ['film', 'news', ...(news?.swarms ?? [])];
  return Array.from(
    handle,
    (_, row) => `${names[swarm[row] ?? 0]} ${mode[row] === 1 ? 'SEED' : 'LEECH'} ${PHASES[phase[row] ?? 0]}`,
  );
};

test('a peer stands in the swarm that it joined, in the mode that it said, until it leaves', () => {
  const { peers, say } = watching();
  say(connect('p', 'JOIN', ['news'], 'SEEDER'), 0);
  const first = peers.news(0, 10);
  expect(rows(first)).toEqual(['news SEED tracking']);
  expect(first).toMatchObject({ count: 1, swarms: [], ends: [], pulses: [{ swarm: 1, outcome: 'ok' }] });
  expect(first?.births).toMatchObject([{ peerId: 'p', swarm: 1, endpoint: '198.51.100.7:40000' }]);
  expect(isForeign(first?.births[0]?.handle ?? 0)).toBe(true);
  expect(peers.news(0, 20)).toBeUndefined();
  say(connect('p', 'LEAVE', ['news'], 'SEEDER'), 30);
  const last = peers.news(0, 40);
  expect(rows(last)).toEqual([]);
  expect(last).toMatchObject({ count: 0, ends: [{ handle: first?.births[0]?.handle, how: 'left' }] });
});

test('a SEED of several swarms stands in each, one unknown to the scenario in a place of its own', () => {
  const { peers, say } = watching();
  say(connect('p', 'JOIN', ['theirs', 'film'], 'SEEDER'), 0);
  const news = peers.news(0, 10);
  expect(news).toMatchObject({ count: 1, swarms: ['theirs'] });
  expect(rows(news)).toEqual(['theirs SEED tracking', 'film SEED tracking']);
});

test('one that the tracker does not let in is seen asking, one thrown out goes', () => {
  const { peers, say } = watching();
  say(message('FIND', 'p', { find: { swarm_id: 'film' } }), 0);
  expect(rows(peers.news(0, 10))).toEqual(['film LEECH joining']);
  say(connect('p', 'JOIN', ['film']), 20);
  expect(rows(peers.news(0, 30))).toEqual(['film LEECH tracking']);
  say(gu04('CONNECT', '<Cer/>'), 40);
  say(gu04('JOIN', '<SwarmID>film</SwarmID><ExpireTime>0</ExpireTime>'), 50);
  expect(rows(peers.news(0, 60))).toEqual(['film LEECH tracking', 'film LEECH tracking']);
  say(gu04('DISCONNECT', '<Cer/>'), 70);
  expect(rows(peers.news(0, 80))).toEqual(['film LEECH tracking']);
});

test('in gu-04 a peer may be registered and in no swarm', () => {
  const { peers, say } = watching();
  say(gu04('CONNECT', '<Cer/>'), 0);
  expect(rows(peers.news(0, 10))).toEqual(['no swarm yet LEECH tracking']);
  say(gu04('JOIN', '<SwarmID>film</SwarmID><ExpireTime>0</ExpireTime><PeerMode>SEED</PeerMode>'), 20);
  expect(rows(peers.news(0, 30))).toEqual(['film SEED tracking']);
  say(gu04('LEAVE', '<SwarmID>film</SwarmID>'), 40);
  expect(rows(peers.news(0, 50))).toEqual(['no swarm yet LEECH tracking']);
});

test('silence is seen, and after a track timer the peer is gone', () => {
  const { peers, say } = watching();
  say(connect('p', 'JOIN', ['theirs']), 0);
  peers.news(0, 10);
  expect(peers.news(0, TRACK_TIMER / 2)).toBeUndefined();
  expect(rows(peers.news(0, TRACK_TIMER - 1))).toEqual(['theirs LEECH silent']);
  const gone = peers.news(0, TRACK_TIMER);
  expect(gone).toMatchObject({ count: 0, ends: [{ how: 'crashed' }], swarms: ['theirs'] });
  // Its place is kept as long as it is seen going.
  expect(peers.news(0, TRACK_TIMER + 5000)?.swarms).toEqual([]);
  // A word in time resets it.
  say(connect('q', 'JOIN', ['film']), TRACK_TIMER * 2);
  say(message('STAT_REPORT', 'q', {}), TRACK_TIMER * 2.9);
  expect(rows(peers.news(0, TRACK_TIMER * 3.2))).toEqual(['film LEECH tracking']);
});

test('the selected one is told with what it declared, was listed, and said; its end too', async () => {
  const { peers, say, detail } = watching();
  say(connect('other', 'JOIN', ['film'], 'SEEDER'), 0);
  say(connect('p', 'JOIN', ['film']).replace('"version":1', '"version":"1"'), 5);
  const handle = peers.news(0, 10)?.births[1]?.handle;
  peers.watch(handle);
  expect(await detail()).toMatchObject({
    peerId: 'p',
    stay: { handle, swarm: 'film', mode: 'LEECH', ended: undefined },
    phase: 'tracking',
    edition: 'rfc7846',
    remote: '198.51.100.7:40000',
    addresses: ['192.0.2.9:6881'],
    requests: 1,
    errors: 0,
    findings: 1,
    list: { method: 'CONNECT', peers: [{ peerId: 'other', endpoint: '192.0.2.9:6881' }] },
    exchanges: [{ peerId: 'p', findings: { request: 1 } }],
  });
  say(connect('p', 'LEAVE', ['film']), 20);
  expect(await detail()).toMatchObject({ stay: { ended: 'left' }, requests: 2 });
});

test('however many come, few are kept, and places', () => {
  const { peers, say } = watching();
  for (let n = 0; n < MOST_PLACES + 3; n++) say(connect(`s${n}`, 'JOIN', [`swarm ${n}`]), 0);
  const { swarms } = peers.news(0, 1) ?? {};
  expect(swarms).toHaveLength(MOST_PLACES + 1);
  expect(swarms?.at(-1)).toBe('further swarms');
  for (let n = 0; n < MOST_FOREIGN.peers; n++) say(connect(`p${n}`, 'JOIN', ['film']), 0);
  expect(peers.news(0, 1)).toMatchObject({ count: MOST_FOREIGN.peers, omitted: MOST_PLACES + 3 });
});

test('whoever watches the run is told all that can be seen of them', () => {
  const { peers, say } = watching();
  expect(peers.anybody).toBe(false);
  say(message('FIND', 'p', { find: { swarm_id: 'film' } }), 10);
  say(connect('p', 'JOIN', ['film']), 20);
  say(connect('q', 'JOIN', ['film'], 'SEEDER'), 30);
  say(message('FIND', 'p', { find: { swarm_id: 'film', peer_num: { peer_count: 3 } } }), 40);
  say(connect('q', 'LEAVE', ['film'], 'SEEDER'), 50);
  peers.news(60, 60);
  peers.news(70, TRACK_TIMER + 70);
  expect(peers.anybody).toBe(true);
  const { arrivals, departures, requests, lists, transitions } = peers.observing.take(63, 70);
  const [p = -1, q = -1] = arrivals.peer;
  expect([[...arrivals.at], arrivals.peerIds, [...arrivals.mode]]).toEqual([
    [10, 30],
    ['p', 'q'],
    [0, 1],
  ]);
  const ends = Array.from(departures.how, (how, row) => [departures.peer[row], DEPARTURES[how]]);
  expect(ends).toEqual([
    [q, 'left'],
    [p, 'silent'],
  ]);
  expect(
    Array.from(requests.at, (at, row) => [
      at,
      requests.peer[row],
      METHODS[requests.method[row] ?? -1],
      OUTCOMES[requests.outcome[row] ?? -1],
    ]),
  ).toEqual([
    [10, p, 'FIND', 'forbidden'],
    [20, p, 'CONNECT', 'ok'],
    [30, q, 'CONNECT', 'ok'],
    [40, p, 'FIND', 'ok'],
    [50, q, 'CONNECT', 'ok'],
  ]);
  expect(requests.took.every((took) => Number.isNaN(took))).toBe(true);
  const last = lists.at.lastIndexOf(40);
  const listed = lists.listed.subarray(lists.start[last], lists.start[last + 1]);
  expect([lists.asker[last], [...listed].map((name) => lists.names?.[name])]).toEqual([p, ['q']]);
  expect(
    Array.from(transitions.from, (from, row) => [
      transitions.peer[row],
      PEER_STATES[from],
      PEER_STATES[transitions.to[row] ?? -1],
      transitions.by[row] === NO_METHOD,
    ]),
  ).toEqual([
    [p, 'START', 'TRACKING', false],
    [q, 'START', 'TRACKING', false],
  ]);
});
