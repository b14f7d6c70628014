/** extended-04 §4.4.1, tables 3 and 4: what peers hold, segment by segment, and who has what is wanted. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import type { ScopeRange, SuccessResponse } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { join, joined, leave, connect } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectListed, expectNotListed, expectStatus, expectSuccess, given } from '../../verify.ts';
import { contentOf, fullMap, mapOf, reportHeld } from '../content.ts';
import { sendRewritten } from '../rewritten.ts';
import type { Change } from '../rewritten.ts';
import { findScope, holder } from './requests.ts';

const maps = casesOf<TrackerBench>('extended-1.1', '4.4.1', 'extended-04 §4.4.1, table 3');
const scopes = casesOf<TrackerBench>('extended-1.1', '4.4.1', 'extended-04 §4.4.1, table 4');
const TAKE =
  'Read each Representation of a ContentMap with its SegmentInfo: first and last segment, size, bitmap.';
const ORDER = 'Bit i, from the most significant bit of the first byte on, is segment startIndex + i.';
const NEWEST = 'Let a new map replace what was known of its range, and nothing else.';
const WHOLE = 'List who reported all segments of all Representations named, and the seeds.';
const CHECK = 'Answer 400 to a map whose range, size and bitmap do not agree.';

/** What a LEECH that searches the swarm for this is answered. */
async function search(
  bench: TrackerBench,
  swarm: SwarmId,
  ...scope: readonly ScopeRange[]
): Promise<SuccessResponse> {
  const peer = await joined(bench, swarm);
  return expectSuccess(
    await bench.send(findScope(bench, peer, swarm, scope), { step: 'FIND with ContentGroup' }),
  );
}

const segment = (startIndex: number, representation = 'video'): ScopeRange => ({
  representation,
  startIndex,
});
const range = (startIndex: number, endIndex: number, representation = 'video'): ScopeRange => ({
  representation,
  startIndex,
  endIndex,
});

async function expectHolds(
  bench: TrackerBench,
  swarm: SwarmId,
  peer: PeerId,
  ...scope: readonly ScopeRange[]
) {
  expectListed(await search(bench, swarm, ...scope), swarm, peer, 'the peer that holds it');
}

async function expectLacks(
  bench: TrackerBench,
  swarm: SwarmId,
  peer: PeerId,
  ...scope: readonly ScopeRange[]
) {
  expectNotListed(await search(bench, swarm, ...scope), swarm, peer, 'a peer that does not hold it');
}

/** A ContentMap of segments 8 to 15, changed so, is answered 400. */
const refused = (name: string, what: string, change: Change): TrackerCase =>
  maps.ours(name, `A ContentMap ${what} is answered 400.`, CHECK, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    const request = reportHeld(bench, peer, contentOf(swarm, 'video', fullMap(8, 15)));
    expectStatus(await sendRewritten(bench, request, `ContentMap ${what}`, change), 400);
  });

export const CONTENT_MAPS: readonly TrackerCase[] = [
  maps.must('map-taken', 'A STAT_REPORT with a ContentMap is answered with success.', TAKE, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    const request = reportHeld(bench, peer, contentOf(swarm, 'video', fullMap(0, 19)));
    expectSuccess(await bench.send(request));
  }),
  maps.ours(
    'map-without-swarm',
    'A ContentMap that names no swarm counts for the only swarm the peer is in.',
    TAKE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, { representations: [{ id: 'video', maps: [fullMap(0, 9)] }] });
      await expectHolds(bench, swarm, peer, range(0, 9));
    },
  ),
  maps.ours(
    'map-of-other-swarm',
    'A ContentMap of a swarm the peer is not in is answered 403.',
    TAKE,
    async (bench) => {
      const others = bench.swarmId();
      await joined(bench, others, 'SEED');
      const request = reportHeld(
        bench,
        await joined(bench, bench.swarmId()),
        contentOf(others, 'video', fullMap(0, 9)),
      );
      expectStatus(await bench.send(request), 403);
    },
  ),
  maps.ours(
    'bit-order',
    'The first bit of a map, the most significant one, is its first segment.',
    ORDER,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', mapOf(0, 7, [0, 1])));
      await expectHolds(bench, swarm, peer, range(0, 1));
      await expectLacks(bench, swarm, peer, range(6, 7));
    },
  ),
  maps.ours(
    'bits-from-start-index',
    'Bits are counted from startIndex on, over the bytes.',
    ORDER,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', mapOf(100, 119, [100, 117])));
      await expectHolds(bench, swarm, peer, segment(100));
      await expectHolds(bench, swarm, peer, segment(117));
      await expectLacks(bench, swarm, peer, segment(17));
    },
  ),
  maps.ours('padding-bits', 'Bits after the last segment of a map say nothing.', ORDER, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    const request = reportHeld(bench, peer, contentOf(swarm, 'video', mapOf(0, 3, [0])));
    const padded: Change = ['>gA==<', '>jw==<'];
    given(await sendRewritten(bench, request, 'ContentMap with padding bits set', padded));
    await expectLacks(bench, swarm, peer, segment(5));
  }),
  maps.ours(
    'new-map-replaces',
    'A new map takes back what it covers and does not hold.',
    NEWEST,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(0, 9)));
      given(await bench.send(reportHeld(bench, peer, contentOf(swarm, 'video', mapOf(0, 4, [0])))));
      await expectLacks(bench, swarm, peer, segment(3));
    },
  ),
  maps.ours('new-map-keeps-the-rest', 'A new map leaves what it does not cover.', NEWEST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(0, 9)));
    given(await bench.send(reportHeld(bench, peer, contentOf(swarm, 'video', fullMap(20, 24)))));
    await expectHolds(bench, swarm, peer, range(0, 9), range(20, 24));
  }),
  maps.ours(
    'representations-apart',
    'A map of one Representation says nothing of another.',
    NEWEST,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'audio', fullMap(0, 9)));
      await expectLacks(bench, swarm, peer, segment(3));
    },
  ),
  maps.ours(
    'forgotten-with-the-swarm',
    'Who left and joined again holds nothing until it says so anew.',
    'Forget what a peer held when it leaves the swarm (§5.2: all content status).',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(0, 9)));
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      given(await bench.send(connect(bench, peer, [join(swarm)])));
      await expectLacks(bench, swarm, peer, segment(3));
    },
  ),
  refused('map-too-short', 'with fewer bits than segments', ['>/w==<', '><']),
  refused('map-not-base64', 'that is no Base64', ['>/w==<', '>****<']),
  refused('size-of-another-range', 'whose chunkmapSize is not that of its range', [
    'chunkmapSize="8"',
    'chunkmapSize="9"',
  ]),
  refused('range-backwards', 'whose endIndex is before its startIndex', ['endIndex="15"', 'endIndex="7"']),
  scopes.should('scope-lists-holder', 'A FIND with a scope lists who holds it.', WHOLE, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(110, 150)));
    await expectHolds(bench, swarm, peer, range(110, 150));
  }),
  scopes.should(
    'scope-leaves-others-out',
    'A FIND with a scope does not list who holds nothing of it.',
    WHOLE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(0, 9)));
      await expectLacks(bench, swarm, peer, range(110, 150));
    },
  ),
  scopes.ours('scope-lists-seeds', 'A seed holds everything, without a map.', WHOLE, async (bench) => {
    const swarm = bench.swarmId();
    const seed = await joined(bench, swarm, 'SEED');
    await expectHolds(bench, swarm, seed, range(110, 150));
  }),
  scopes.ours('scope-is-whole', 'Who holds part of the scope is not listed.', WHOLE, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(0, 8)));
    await expectLacks(bench, swarm, peer, range(0, 9));
  }),
  scopes.ours(
    'every-representation',
    'Who holds one of two Representations named is not listed.',
    WHOLE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(0, 9)));
      await expectLacks(bench, swarm, peer, range(0, 9), range(0, 9, 'audio'));
    },
  ),
  scopes.ours(
    'end-index-left-out',
    'A scope without endIndex is its first segment alone.',
    WHOLE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'video', fullMap(20, 20)));
      await expectHolds(bench, swarm, peer, segment(20));
    },
  ),
];
