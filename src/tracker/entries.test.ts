/**
 * A tracker that keeps what it wrote of its peers beside one that writes every list anew: whatever peers declare, and
 * from wherever they ask, in whichever edition, both give the same bytes.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_ADDRESSES } from '../protocol/reading.ts';
import { codecOf } from '../protocol/editions/index.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, JoinMode, Request } from '../protocol/message.ts';
import { arbitraryAddress } from '../testing/arbitrary-parts.ts';
import { at, connect, dice, disconnect, entering, find, join, joinOne, leave } from './testing.ts';
import type { Tracker } from './api.ts';
import { createTracker } from './tracker.ts';

const TEXT = new TextDecoder();
const PEERS = ['p', 'q "&<>', 'r\u00e9\u{1f600}', 's'];
const edition = fc.constantFrom(...EDITIONS);
const addresses = fc.array(arbitraryAddress('extended-1.1'), { maxLength: 3 });

type Step = (peer: string) => readonly Request[];
const enters = edition.map(
  (edition): Step =>
    (peer) =>
      entering(edition, peer, 'film'),
);
/** gu-04's lists tell the mode. */
const changes = fc
  .constantFrom<JoinMode>('LEECH', 'SEED', 'LIVESEED')
  .map((mode): Step => (peer) => [connect('gu-04', peer, []), joinOne(peer, 'film', mode)]);
const declares = fc
  .tuple(fc.constantFrom<EditionId>('rfc7846', 'base-1.0', 'extended-1.1', 'gu-04'), addresses)
  .map(([edition, addresses]): Step => {
    return (peer) => [connect(edition, peer, edition === 'gu-04' ? [] : [join('film')], { addresses })];
  });
const searches = fc
  .tuple(fc.constantFrom<EditionId>('rfc7846', 'extended-1.1', 'gu-04'), addresses)
  .map(([edition, addresses]): Step => (peer) => [find(edition, peer, 'film', undefined, { addresses })]);
const goes: fc.Arbitrary<Step> = fc.constantFrom<Step>(
  (peer) => [connect('rfc7846', peer, [leave('film')])],
  (peer) => [disconnect('extended-1.1', peer)],
);

it('the bytes of every answer are those of a tracker that keeps nothing', () => {
  let listed = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          peer: fc.constantFrom(...PEERS),
          step: fc.oneof({ weight: 3, arbitrary: searches }, enters, changes, declares, goes),
          port: fc.constantFrom(1, 2),
          // Entries are let go after one or two minutes, registrations after a minute and a half.
          later: fc.constantFrom(0, 0, 1000, 40_000, 100_000),
        }),
        { maxLength: 30 },
      ),
      (steps) => {
        const sides = [PEERS.length, 0].map((keepEntries) => ({
          tracker: createTracker({ keepEntries }, 0),
          random: dice(7),
          registered: [] as string[],
        }));
        for (const peer of PEERS)
          steps.unshift({ peer, step: (peer) => entering('base-1.0', peer, 'film'), port: 1, later: 0 });
        let now = 0;
        for (const { peer, step, port, later } of steps) {
          now += later;
          for (const request of step(peer)) {
            const [kept, anew] = sides.map(({ tracker, random, registered }) => {
              const remote = { address: '198.51.100.7', port };
              const { response, events } = tracker.handle(request, { now, random, remote });
              for (const event of events) {
                if (event.kind === 'registered') registered[event.serial] = event.peerId;
                // Whom the numbers stand for was told when they were registered.
                if (event.kind === 'listed')
                  expect(event.serials.map((serial) => registered[serial])).toEqual(event.peers);
              }
              if (response.outcome === 'success') listed += response.peerLists.length;
              return TEXT.decode(codecOf(request.edition).encodeResponse(response));
            });
            expect(kept).toBe(anew);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(listed).toBeGreaterThan(500);
});

const places = (tracker: Tracker, now = 0) => {
  const { response } = tracker.handle(find('rfc7846', 'asker', 'film'), at(now));
  if (response.outcome !== 'success') throw new Error('refused');
  codecOf('rfc7846').encodeResponse(response);
  return response.peerLists.flatMap(({ peers }) => peers.map(({ place }) => place));
};

it('one entry is kept for a registration, and goes with it', () => {
  const tracker = createTracker({ keepEntries: 2 }, 0);
  const say = (request: Request) => tracker.handle(request, at(0)).response;
  say(connect('rfc7846', 'asker', [join('film')]));
  const address = (port: number) =>
    ({ addressType: 'ipv4', address: '192.0.2.1', port, priority: 1, type: 'HOST' }) as const;
  const many = Array.from({ length: MAX_ADDRESSES }, (_, index) => address(index));
  say(connect('base-1.0', 'p', [join('film')], { addresses: many }));

  const [first] = places(tracker);
  expect(first?.entryText).toBe(
    '{"peer_id":"p","peer_addr":{"ip_address":{"address_type":"ipv4","address":"192.0.2.1"},"port":0,"priority":1,"type":"HOST"}}',
  );
  expect(places(tracker)[0]).toBe(first);
  const before = first?.entryText;
  say(connect('base-1.0', 'asker', [join('film')]));
  expect(first?.entryText).toBe(before);

  say(disconnect('extended-1.1', 'p'));
  expect(places(tracker)).toEqual([]);
  say(connect('rfc7846', 'p', [join('film')], { addresses: [address(9)] }));
  const [second] = places(tracker);
  expect(second).not.toBe(first);
  expect(second?.entryText).toContain('"port":9');
});

it('an entry is written anew in another form, and of other addresses', () => {
  const tracker = createTracker({ keepEntries: 2 }, 0);
  const textOf = (request: Request): string =>
    TEXT.decode(codecOf(request.edition).encodeResponse(tracker.handle(request, at(0)).response));
  const at1 = { addressType: 'ipv4', address: '192.0.2.1', port: 1, priority: 1, type: 'HOST' } as const;
  textOf(connect('rfc7846', 'asker', [join('film')]));
  textOf(connect('rfc7846', 'p', [join('film')], { addresses: [at1] }));
  expect(textOf(find('rfc7846', 'asker', 'film'))).toContain('"address":"192.0.2.1"');
  expect(textOf(find('extended-1.1', 'asker', 'film'))).toContain('ip="192.0.2.1" port="1"');
  textOf(find('extended-1.1', 'p', 'film', undefined, { addresses: [{ ...at1, port: 2 }] }));
  expect(textOf(find('extended-1.1', 'asker', 'film'))).toContain('ip="192.0.2.1" port="2"');
  expect(textOf(find('rfc7846', 'asker', 'film'))).toContain('"port":2');
});

it('nothing is kept unless it was asked for, and nothing while there are more peers', () => {
  for (const keepEntries of [0, 1]) {
    const tracker = createTracker({ keepEntries }, 0);
    for (const peer of ['asker', 'p']) tracker.handle(connect('rfc7846', peer, [join('film')]), at(0));
    expect(places(tracker)).toEqual([undefined]);
  }
});

it('what is declared once more is no reason to write anew, and what is declared anew is one', () => {
  const tracker = createTracker({ keepEntries: 2 }, 0);
  const address = (port: number) =>
    ({ addressType: 'ipv4', address: '192.0.2.1', port, priority: 1, type: 'HOST' }) as const;
  const declare = (port: number) =>
    tracker.handle(connect('rfc7846', 'p', [join('film')], { addresses: [address(port)] }), at(0));
  tracker.handle(connect('rfc7846', 'asker', [join('film')]), at(0));
  declare(1);
  const [first] = places(tracker);
  declare(1);
  expect(places(tracker)[0]).toBe(first);
  declare(2);
  expect(places(tracker)[0]).not.toBe(first);
});

it('an entry that was on no list for a while is let go, and none that is', () => {
  const MINUTE = 60_000;
  const tracker = createTracker({ keepEntries: 2, trackTimer: 60 * MINUTE }, 0);
  for (const peer of ['asker', 'p']) tracker.handle(connect('rfc7846', peer, [join('film')]), at(0));
  const [first] = places(tracker);
  for (let minute = 1; minute <= 5; minute++) expect(places(tracker, minute * MINUTE)[0]).toBe(first);
  tracker.expire(6 * MINUTE);
  expect(places(tracker, 6.5 * MINUTE)[0]).toBe(first);
  tracker.expire(7 * MINUTE);
  tracker.expire(8 * MINUTE);
  const [later] = places(tracker, 8 * MINUTE);
  expect(later).toBeDefined();
  expect(later).not.toBe(first);
});

it('who changes its mode is listed in the new one', () => {
  const tracker = createTracker({ keepEntries: 2 }, 0);
  const say = (request: Request) => tracker.handle(request, at(0)).response;
  for (const peer of ['asker', 'p'])
    for (const request of entering('gu-04', peer, 'film')) expect(say(request).outcome).toBe('success');
  const modes = () => {
    const response = say(find('gu-04', 'asker', 'film'));
    return (
      response.outcome === 'success' &&
      response.peerLists.flatMap(({ peers }) => peers.map(({ mode }) => mode))
    );
  };
  expect(modes()).toEqual(['LEECH']);
  for (const mode of ['SEED', 'LIVESEED', 'LEECH'] as const) {
    expect(say(joinOne('p', 'film', mode)).outcome).toBe('success');
    expect(modes()).toEqual([mode]);
  }
});
