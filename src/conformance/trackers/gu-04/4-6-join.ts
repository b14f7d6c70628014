/** gu -06 §4.6 and the slides: JOIN and JOIN_CHUNK. */
import type { SwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { find } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectError,
  expectList,
  expectListed,
  expectNotListed,
  expectSuccess,
  given,
  listOf,
} from '../../verify.ts';
import { expectAddresses, expectAtMost, expectEcho } from '../answers.ts';
import { contentOf, fullMap, reportHeld } from '../content.ts';
import { elementOf, sendRewritten } from '../rewritten.ts';
import { chunkHolder, connected, entered, findChunk, joinAs, joinChunk } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('gu-04', '4.6', 'gu -06 §4.6');
const slides = casesOf<TrackerBench>('gu-04', 'slides', 'gu -04 slides, "JOIN"; gu -06 §4.6');
const LIST = 'Answer a JOIN as LEECH with the peers of that swarm, up to PeerNum.';
const ANY = 'Let a peer be in any number of swarms, in any mode; a JOIN of a swarm it is in is a refresh.';
const EXPIRE = 'Take the peer out of the swarm so many seconds after the JOIN; 0 is never.';
/** Seconds; short, and long enough for an answer. */
const EXPIRE_TIME = 2;

async function expectIn(bench: TrackerBench, peer: ReturnType<TrackerBench['peerId']>, swarm: SwarmId) {
  expectSuccess(await bench.send(find(bench, peer, swarm), { step: 'FIND, for it is in the swarm' }));
}

export const JOIN: readonly TrackerCase[] = [
  must('transaction-id', 'The response has the TransactionID of the JOIN.', 'Copy it.', async (bench) => {
    const request = joinAs(bench, await connected(bench), bench.swarmId());
    expectEcho(expectSuccess(await bench.send(request)), request);
  }),
  must('seed-joins', 'A JOIN as SEED is answered with success.', ANY, async (bench) => {
    expectSuccess(await bench.send(joinAs(bench, await connected(bench), bench.swarmId(), 'SEED')));
  }),
  must('leech-gets-list', 'A JOIN as LEECH is answered with the peers of the swarm.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peers = [await entered(bench, swarm), await entered(bench, swarm, 'SEED')];
    const sent = await bench.send(joinAs(bench, await connected(bench), swarm));
    expectList(expectSuccess(sent), swarm, peers);
  }),
  must('listed-with-address', 'Every peer listed has an identifier and an address.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    await entered(bench, swarm);
    expectAddresses(expectSuccess(await bench.send(joinAs(bench, await connected(bench), swarm))), swarm);
  }),
  should(
    'listed-with-mode',
    'Every peer listed has its PeerMode.',
    'Write PeerMode into each PeerInfo.',
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await entered(bench, swarm, 'SEED');
      const response = expectSuccess(await bench.send(joinAs(bench, await connected(bench), swarm)));
      const { mode } = expectListed(response, swarm, seed, 'the seed');
      expect(mode === 'SEED', 'PeerMode SEED', mode ?? 'none');
    },
  ),
  must('peer-num', 'A list has no more peers than PeerNum says.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    for (let i = 0; i < 4; i++) await entered(bench, swarm);
    const request = joinAs(bench, await connected(bench), swarm, 'LEECH', { peerNum: { count: 2 } });
    expectAtMost(expectSuccess(await bench.send(request)), swarm, 2);
  }),
  ours(
    'seed-without-peer-num',
    'A JOIN as SEED without PeerNum is answered with no list.',
    LIST,
    async (bench) => {
      const swarm = bench.swarmId();
      await entered(bench, swarm);
      const response = expectSuccess(await bench.send(joinAs(bench, await connected(bench), swarm, 'SEED')));
      const { length } = listOf(response, swarm);
      expect(length === 0, 'no list', `${length} peers`);
    },
  ),
  ours('asker-not-listed', 'A peer is not on its own list.', 'Leave the asking peer out.', async (bench) => {
    const swarm = bench.swarmId();
    await entered(bench, swarm, 'SEED');
    const peer = await connected(bench);
    expectNotListed(
      expectSuccess(await bench.send(joinAs(bench, peer, swarm))),
      swarm,
      peer,
      'the asking peer',
    );
  }),
  must(
    'live-seed-listed',
    'The LIVESEED is on every LEECH’s list, however short.',
    'List the source of a live stream before any other peer.',
    async (bench) => {
      const swarm = bench.swarmId();
      for (let i = 0; i < 3; i++) await entered(bench, swarm, 'SEED');
      const source = await entered(bench, swarm, 'LIVESEED');
      for (let i = 0; i < 3; i++) await entered(bench, swarm);
      for (let i = 0; i < 3; i++) {
        const request = joinAs(bench, await connected(bench), swarm, 'LEECH', { peerNum: { count: 1 } });
        expectListed(expectSuccess(await bench.send(request)), swarm, source, 'the LIVESEED');
      }
    },
  ),
  ours('no-peer-mode', 'A JOIN without PeerMode, as on the slides, is one as LEECH.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const seed = await entered(bench, swarm, 'SEED');
    const request = joinAs(bench, await connected(bench), swarm);
    const bare: [RegExp, string] = [elementOf('PeerMode'), ''];
    const response = expectSuccess(await sendRewritten(bench, request, 'JOIN without PeerMode', bare));
    expectListed(response, swarm, seed, 'the seed');
  }),
  must(
    'unknown-peer-mode',
    'A JOIN with another PeerMode is answered 400.',
    'Check PeerMode.',
    async (bench) => {
      const request = joinAs(bench, await connected(bench), bench.swarmId());
      const wrong: [string, string] = ['>LEECH<', '>LURK<'];
      expectError(await sendRewritten(bench, request, 'JOIN as LURK', wrong), 'bad-request');
    },
  ),
  must('no-swarm-id', 'A JOIN without SwarmID is answered 400.', 'Demand a SwarmID.', async (bench) => {
    const request = joinAs(bench, await connected(bench), bench.swarmId());
    const none: [RegExp, string] = [elementOf('SwarmID'), ''];
    expectError(await sendRewritten(bench, request, 'JOIN without SwarmID', none), 'bad-request');
  }),
  ours('several-swarms', 'A peer may be LEECH in several swarms.', ANY, async (bench) => {
    const [first, second] = [bench.swarmId(), bench.swarmId()];
    const peer = await entered(bench, first);
    expectSuccess(await bench.send(joinAs(bench, peer, second)));
    await expectIn(bench, peer, first);
    await expectIn(bench, peer, second);
  }),
  ours(
    'join-again',
    'A JOIN of a swarm the peer is in is a refresh, with a new list.',
    ANY,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      const seed = await entered(bench, swarm, 'SEED');
      expectListed(expectSuccess(await bench.send(joinAs(bench, peer, swarm))), swarm, seed, 'the seed');
    },
  ),
  ours(
    'leech-turns-seed',
    'A LEECH that has all of the content JOINs its swarm as SEED.',
    ANY,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      const watcher = await entered(bench, swarm);
      expectSuccess(await bench.send(joinAs(bench, peer, swarm, 'SEED')));
      const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
      const { mode } = expectListed(seen, swarm, peer, 'the peer');
      expect(mode === 'SEED', 'PeerMode SEED', mode ?? 'none');
    },
  ),
  must(
    'scope',
    'A JOIN with a Clip is answered with success.',
    'Read Clip: where the stream starts.',
    async (bench) => {
      const scope = [{ representation: 'film', startIndex: 20 }];
      expectSuccess(
        await bench.send(joinAs(bench, await connected(bench), bench.swarmId(), 'LEECH', { scope })),
      );
    },
  ),
  should(
    'scope-lists-holder',
    'The list of a JOIN with a Clip has who holds it.',
    'List holders.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      given(await bench.send(reportHeld(bench, peer, contentOf(swarm, 'film', fullMap(20, 29)))));
      const scope = [{ representation: 'film', startIndex: 20 }];
      const request = joinAs(bench, await connected(bench), swarm, 'LEECH', { scope });
      expectListed(expectSuccess(await bench.send(request)), swarm, peer, 'the peer that holds it');
    },
  ),
  should(
    'expire-time',
    'A peer is out of the swarm once its ExpireTime has gone by.',
    EXPIRE,
    async (bench) => {
      const swarm = bench.swarmId();
      const watcher = await entered(bench, swarm);
      const request = joinAs(bench, await connected(bench), swarm, 'SEED', { expireTime: EXPIRE_TIME });
      given(await bench.send(request));
      await bench.wait((EXPIRE_TIME + 1.5) * 1000);
      const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
      expectNotListed(seen, swarm, request.peerId, 'the peer whose time is over');
    },
    { seconds: EXPIRE_TIME + 2 },
  ),
  should(
    'before-expire-time',
    'A peer is in the swarm until its ExpireTime comes.',
    EXPIRE,
    async (bench) => {
      const swarm = bench.swarmId();
      const watcher = await entered(bench, swarm);
      const request = joinAs(bench, await connected(bench), swarm, 'SEED', { expireTime: 3600 });
      given(await bench.send(request));
      const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
      expectListed(seen, swarm, request.peerId, 'the peer that stays for an hour');
    },
  ),
  must('expire-time-zero', 'An ExpireTime of 0 does not end anything.', EXPIRE, async (bench) => {
    const swarm = bench.swarmId();
    const watcher = await entered(bench, swarm);
    const peer = await entered(bench, swarm, 'SEED');
    const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
    expectListed(seen, swarm, peer, 'the peer that set no time');
  }),
  ours('expire-time-no-number', 'An ExpireTime that is no number is answered 400.', EXPIRE, async (bench) => {
    const request = joinAs(bench, await connected(bench), bench.swarmId());
    const wrong: [RegExp, string] = [elementOf('ExpireTime'), '<ExpireTime>soon</ExpireTime>'];
    expectError(await sendRewritten(bench, request, 'JOIN until soon', wrong), 'bad-request');
  }),
  slides.must(
    'join-chunk',
    'A JOIN_CHUNK of a connected peer is answered with success.',
    ANY,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await connected(bench);
      expectSuccess(await bench.send(joinChunk(bench, peer, swarm, 'chunk-7')));
      await expectIn(bench, peer, swarm);
    },
  ),
  slides.ours(
    'join-chunk-declares',
    'Who joined by JOIN_CHUNK is found by FIND_CHUNK of that chunk.',
    'Remember the chunk of a JOIN_CHUNK as one the peer holds.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await chunkHolder(bench, swarm, 'chunk-7');
      const watcher = await entered(bench, swarm);
      const seen = expectSuccess(await bench.send(findChunk(bench, watcher, swarm, 'chunk-7')));
      expectListed(seen, swarm, peer, 'the peer that holds it');
    },
  ),
  slides.ours(
    'join-chunk-gets-list',
    'A JOIN_CHUNK as LEECH is answered with a list.',
    LIST,
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await entered(bench, swarm, 'SEED');
      const request = joinChunk(bench, await connected(bench), swarm, 'chunk-7');
      expectListed(expectSuccess(await bench.send(request)), swarm, seed, 'the seed');
    },
  ),
  slides.ours(
    'join-chunk-without-chunk',
    'A JOIN_CHUNK without ChunkID is answered 400.',
    'Demand one.',
    async (bench) => {
      const request = joinChunk(bench, await connected(bench), bench.swarmId(), 'chunk-7');
      const none: [RegExp, string] = [elementOf('ChunkID'), ''];
      expectError(await sendRewritten(bench, request, 'JOIN_CHUNK without ChunkID', none), 'bad-request');
    },
  ),
  slides.ours(
    'join-chunk-with-space',
    'A Method of JOIN CHUNK means JOIN_CHUNK.',
    'Read both spellings.',
    async (bench) => {
      const request = joinChunk(bench, await connected(bench), bench.swarmId(), 'chunk-7');
      const spaced: [string, string] = ['JOIN_CHUNK', 'JOIN CHUNK'];
      expectSuccess(await sendRewritten(bench, request, 'JOIN CHUNK with a space', spaced));
    },
  ),
];
