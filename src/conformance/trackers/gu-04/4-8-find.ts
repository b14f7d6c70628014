/** gu -06 §4.8 and the slides: FIND and FIND_CHUNK. */
import { casesOf } from '../../section.ts';
import { find } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectError,
  expectList,
  expectListed,
  expectNotListed,
  expectStatus,
  expectStrict,
  expectSuccess,
  given,
  listOf,
} from '../../verify.ts';
import { expectAddresses, expectAtMost, expectEachOnce, expectEcho } from '../answers.ts';
import { contentOf, fullMap, mapOf, reportHeld } from '../content.ts';
import { bodyOf, elementOf, sendRewritten } from '../rewritten.ts';
import { chunkHolder, entered, findChunk } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('gu-04', '4.8', 'gu -06 §4.8');
const slides = casesOf<TrackerBench>('gu-04', 'slides', 'gu -04 slides, "FIND"; gu -06 §4.8');
const LIST = 'Answer with the peers of the swarm, with identifiers and addresses, up to PeerNum.';
const CHUNK = 'List who declared the chunk, by JOIN_CHUNK or ChunkMap, and the seeds.';
const NOT_FOUND = 'Answer 404 with OBJECT NOT FOUND in the body.';

export const FIND: readonly TrackerCase[] = [
  must('transaction-id', 'The response has the TransactionID of the FIND.', 'Copy it.', async (bench) => {
    const swarm = bench.swarmId();
    const request = find(bench, await entered(bench, swarm), swarm);
    expectEcho(expectSuccess(await bench.send(request)), request);
  }),
  must('list', 'A FIND is answered with the peers of the swarm.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    const others = [await entered(bench, swarm), await entered(bench, swarm, 'SEED')];
    expectList(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, others);
  }),
  must('listed-with-address', 'Every peer listed has an identifier and an address.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    await entered(bench, swarm);
    expectAddresses(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm);
  }),
  should(
    'response-to-the-letter',
    'The response is as the text has it, with nothing for a reader to let pass.',
    LIST,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      await entered(bench, swarm, 'SEED');
      expectStrict(await bench.send(find(bench, peer, swarm)));
    },
  ),
  must('peer-num', 'A list has no more peers than were asked for.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    for (let i = 0; i < 4; i++) await entered(bench, swarm);
    expectAtMost(expectSuccess(await bench.send(find(bench, peer, swarm, { count: 2 }))), swarm, 2);
  }),
  ours(
    'peer-num-spelling',
    'PeerNum of -06 counts like Peernum of the slides.',
    'Read both.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      for (let i = 0; i < 3; i++) await entered(bench, swarm);
      const request = find(bench, peer, swarm, { count: 2 });
      const spelt: [RegExp, string] = [elementOf('Peernum'), '<PeerNum>2</PeerNum>'];
      const { length } = listOf(
        expectSuccess(await sendRewritten(bench, request, 'FIND with PeerNum', spelt)),
        swarm,
      );
      expect(length === 2, '2 peers', `${length} peers`);
    },
  ),
  ours('asker-not-listed', 'A peer is not on its own list.', 'Leave the asking peer out.', async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    await entered(bench, swarm, 'SEED');
    expectNotListed(
      expectSuccess(await bench.send(find(bench, peer, swarm))),
      swarm,
      peer,
      'the asking peer',
    );
  }),
  ours(
    'no-seed-for-seeds',
    'A SEED’s FIND lists no seeds.',
    'Leave the seeds out of a seed’s list.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm, 'SEED');
      const seed = await entered(bench, swarm, 'SEED');
      expectNotListed(
        expectSuccess(await bench.send(find(bench, peer, swarm))),
        swarm,
        seed,
        'the other seed',
      );
    },
  ),
  ours('each-peer-once', 'No peer is on a list twice.', 'Draw a list without replacement.', async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    for (let i = 0; i < 3; i++) await entered(bench, swarm);
    const list = listOf(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm);
    expectEachOnce(list);
  }),
  ours(
    'swarm-not-joined',
    'A FIND of a swarm the peer is not in is answered 403.',
    'A peer asks of its own swarms.',
    async (bench) => {
      const others = bench.swarmId();
      await entered(bench, others, 'SEED');
      const peer = await entered(bench, bench.swarmId());
      expectError(await bench.send(find(bench, peer, others)), 'forbidden');
    },
  ),
  ours(
    'unknown-swarm',
    'A FIND of a swarm that nobody is in is answered 404, OBJECT NOT FOUND.',
    NOT_FOUND,
    async (bench) => {
      const peer = await entered(bench, bench.swarmId());
      expectError(await bench.send(find(bench, peer, bench.swarmId())), 'not-found');
    },
  ),
  must('no-swarm-id', 'A FIND without SwarmID is answered 400.', 'Demand a SwarmID.', async (bench) => {
    const swarm = bench.swarmId();
    const request = find(bench, await entered(bench, swarm), swarm);
    const none: [RegExp, string] = [elementOf('SwarmID'), ''];
    expectError(await sendRewritten(bench, request, 'FIND without SwarmID', none), 'bad-request');
  }),
  should('scope-lists-holder', 'A FIND with a Clip lists who holds its segments.', CHUNK, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    given(await bench.send(reportHeld(bench, peer, contentOf(swarm, 'film', fullMap(20, 29)))));
    const scope = [{ representation: 'film', startIndex: 20, endIndex: 29 }];
    const request = find(bench, await entered(bench, swarm), swarm);
    expectListed(
      expectSuccess(await bench.send({ ...request, scope })),
      swarm,
      peer,
      'the peer that holds it',
    );
  }),
  must(
    'nobody-holds-it',
    'A FIND for segments that nobody holds is answered 404, OBJECT NOT FOUND.',
    NOT_FOUND,
    async (bench) => {
      const swarm = bench.swarmId();
      await entered(bench, swarm);
      const scope = [{ representation: 'film', startIndex: 20, endIndex: 29 }];
      const request = find(bench, await entered(bench, swarm), swarm);
      const sent = await bench.send({ ...request, scope }, { step: 'FIND of segments nobody holds' });
      expectStatus(sent, 404);
      expect(
        /OBJECT\s+NOT\s+FOUND/i.test(bodyOf(sent)),
        'OBJECT NOT FOUND in the body',
        'another word, or none',
      );
    },
  ),
  slides.should(
    'response-names-swarm',
    'The response to a FIND names the swarm.',
    'Write SwarmID into the response.',
    async (bench) => {
      const swarm = bench.swarmId();
      const sent = await bench.send(find(bench, await entered(bench, swarm), swarm));
      expectSuccess(sent);
      expect(bodyOf(sent).includes(`<SwarmID>${swarm}</SwarmID>`), 'the SwarmID', 'none, or another');
    },
  ),
  slides.ours(
    'response-word',
    'The Response to a FIND is FIND, as on the slides, or OK.',
    'Write the method’s name, or the OK of -06’s table 3.',
    async (bench) => {
      const swarm = bench.swarmId();
      const sent = await bench.send(find(bench, await entered(bench, swarm), swarm));
      expectSuccess(sent);
      expect(/<Response[^>]*>\s*(?:FIND|OK)\s*</i.test(bodyOf(sent)), 'Response FIND or OK', 'another');
    },
  ),
  slides.must(
    'find-chunk',
    'A FIND_CHUNK lists who declared the chunk by JOIN_CHUNK.',
    CHUNK,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await chunkHolder(bench, swarm, 'chunk-7');
      const request = findChunk(bench, await entered(bench, swarm), swarm, 'chunk-7');
      expectListed(expectSuccess(await bench.send(request)), swarm, peer, 'the peer that holds it');
    },
  ),
  slides.should(
    'find-chunk-leaves-others-out',
    'A FIND_CHUNK does not list who holds another chunk.',
    CHUNK,
    async (bench) => {
      const swarm = bench.swarmId();
      await chunkHolder(bench, swarm, 'chunk-7');
      const other = await chunkHolder(bench, swarm, 'chunk-8');
      const request = findChunk(bench, await entered(bench, swarm), swarm, 'chunk-7');
      expectNotListed(
        expectSuccess(await bench.send(request)),
        swarm,
        other,
        'the peer that holds another chunk',
      );
    },
  ),
  slides.ours(
    'find-chunk-lists-seeds',
    'A FIND_CHUNK lists seeds, which hold everything.',
    CHUNK,
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await entered(bench, swarm, 'SEED');
      const request = findChunk(bench, await entered(bench, swarm), swarm, 'chunk-7');
      expectListed(expectSuccess(await bench.send(request)), swarm, seed, 'the seed');
    },
  ),
  slides.ours(
    'find-chunk-by-map',
    'A FIND_CHUNK finds who reported the segment in a ChunkMap.',
    CHUNK,
    async (bench) => {
      const swarm = bench.swarmId();
      const [peer, other] = [await entered(bench, swarm), await entered(bench, swarm)];
      given(await bench.send(reportHeld(bench, peer, contentOf(swarm, 'film', mapOf(0, 7, [1])))));
      given(await bench.send(reportHeld(bench, other, contentOf(swarm, 'film', mapOf(0, 7, [6])))));
      const request = findChunk(bench, await entered(bench, swarm), swarm, '1');
      expectList(expectSuccess(await bench.send(request)), swarm, [peer]);
    },
  ),
  slides.ours(
    'find-chunk-nobody',
    'A FIND_CHUNK of a chunk that nobody holds is answered 404.',
    NOT_FOUND,
    async (bench) => {
      const swarm = bench.swarmId();
      await entered(bench, swarm);
      const request = findChunk(bench, await entered(bench, swarm), swarm, 'chunk-7');
      expectError(await bench.send(request), 'not-found');
    },
  ),
  slides.should(
    'requirements',
    'A FIND with a property required prefers the peers that have said so of themselves.',
    'Compare the Stats of a FIND with the properties that peers reported.',
    async (bench) => {
      const swarm = bench.swarmId();
      const fit = await entered(bench, swarm);
      for (let i = 0; i < 3; i++) await entered(bench, swarm);
      const property = { name: 'STUN', value: 'true' };
      const told = { ...reportHeld(bench, fit), properties: [property] };
      given(await bench.send(told, { step: 'STAT_REPORT: STUN true' }));
      const asking = await entered(bench, swarm);
      // More than once, for one in four is right by chance.
      for (let i = 0; i < 6; i++) {
        const request = {
          ...find(bench, asking, swarm, { count: 1 }),
          properties: [property],
        };
        expectListed(expectSuccess(await bench.send(request)), swarm, fit, 'the peer that fits');
      }
    },
  ),
];
