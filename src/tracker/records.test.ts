import { expect, it } from 'vitest';
import { asPeerId } from '../protocol/ids.ts';
import { MAX_PAGE } from './records.ts';
import { MAX_PROPERTIES, MAX_PROPERTY_LENGTH } from './registration.ts';
import { host, startTracker } from './testing-core.ts';
import { at, connect, disconnect, join, joinOne, keepAlive, report } from './testing.ts';

it('tells what it knows of a peer, counters beyond 2^53 and connect-time included', () => {
  const { tracker } = startTracker();
  const moment = (now: number) => ({ ...at(now), origin: Date.UTC(2016, 4, 1) });
  tracker.handle(connect('gu-04', 'p', [], { addresses: [host(1)] }), moment(1_500));
  tracker.handle(
    joinOne('p', 'a', 'LIVESEED', { properties: [{ name: 'STUN', value: 'true' }] }),
    moment(2_000),
  );
  tracker.handle(joinOne('p', 'b'), moment(3_000));
  const stats = {
    uploadedBytes: 2n ** 64n - 1n,
    downloadedBytes: 9_007_199_254_740_993n,
    availableBandwidth: 5,
  };
  tracker.handle(report('extended-1.1', 'p', ['a'], stats), moment(4_000));
  const record = tracker.peer(asPeerId('p'));
  expect(record).toEqual({
    peerId: 'p',
    connectTime: '2016-05-01T00:00:01.500Z',
    state: 'TRACKING',
    edition: 'extended-1.1',
    addresses: [host(1)],
    remote: at(0).remote,
    swarms: [
      {
        swarmId: 'a',
        mode: 'LIVESEED',
        stats: {
          uploadedBytes: '18446744073709551615',
          downloadedBytes: '9007199254740993',
          availableBandwidth: '5',
        },
      },
      { swarmId: 'b', mode: 'LEECH' },
    ],
    properties: [{ name: 'STUN', value: 'true' }],
  });
  expect(JSON.parse(JSON.stringify(record))).toEqual(record);
});

it('tells no connect-time that it was not told, and nothing of strangers', () => {
  const { say, tracker } = startTracker();
  say(connect('rfc7846', 'p', [join('a')]));
  expect(tracker.peer(asPeerId('p'))).not.toHaveProperty('connectTime');
  expect(tracker.peer(asPeerId('q'))).toBeUndefined();
});

it('shows all page by page, whoever leaves meanwhile', () => {
  const { say, tracker } = startTracker();
  expect(tracker.peersPage(undefined, 10)).toEqual({ peers: [] });
  for (let i = 0; i < 25; i++) say(connect('gu-04', `p${i}`, []));
  const first = tracker.peersPage(undefined, 10);
  expect(first.peers.map(({ peerId }) => peerId)).toEqual(Array.from({ length: 10 }, (_, i) => `p${i}`));
  // Half of the page just read, its last one and one of the next among them.
  for (const i of [5, 6, 7, 8, 9, 12]) say(disconnect('gu-04', `p${i}`));
  const second = tracker.peersPage(first.next, 10);
  expect(second.peers.map(({ peerId }) => peerId)).toEqual(
    [10, 11, 13, 14, 15, 16, 17, 18, 19, 20].map((i) => `p${i}`),
  );
  const last = tracker.peersPage(second.next, 10);
  expect(last.peers).toHaveLength(4);
  expect(last.next).toBeUndefined();
  expect(tracker.peersPage(undefined, 0).peers).toHaveLength(1);
  expect(tracker.peersPage(undefined, MAX_PAGE * 2).peers).toHaveLength(19);
});

it('remembers the latest properties only, and none that is too long', () => {
  const { say, tracker } = startTracker();
  say(connect('gu-04', 'p', []));
  say(keepAlive('gu-04', 'p'));
  const properties = Array.from({ length: MAX_PROPERTIES + 5 }, (_, i) => ({ name: `n${i}`, value: 'v' }));
  const long = 'x'.repeat(MAX_PROPERTY_LENGTH + 1);
  const tooLong = [
    { name: long, value: 'v' },
    { name: 'n', value: long },
  ];
  say(report('gu-04', 'p', [], {}, { properties: [...properties, ...tooLong] }));
  const told = tracker.peer(asPeerId('p'))?.properties ?? [];
  expect(told).toEqual(properties.slice(5));
});
