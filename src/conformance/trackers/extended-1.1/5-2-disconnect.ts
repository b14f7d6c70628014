/** extended-04 §5.2: DISCONNECT. */
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectNotListed, expectStatus, expectStrict, expectSuccess, given } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { disconnect } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('extended-1.1', '5.2', 'extended-04 §5.2');
const CLEAN = 'Delete all that is known of the peer: its swarms, its status, its content.';
const SOME = 'Where SwarmIDs are named (§4.4), leave only those.';

export const DISCONNECT: readonly TrackerCase[] = [
  must('answered', 'A DISCONNECT of a registered peer is answered SUCCESSFUL.', CLEAN, async (bench) => {
    expectSuccess(await bench.send(disconnect(bench, await joined(bench, bench.swarmId()))));
  }),
  must(
    'transaction-id',
    'The response has the TransactionID of the DISCONNECT.',
    'Copy it.',
    async (bench) => {
      const request = disconnect(bench, await joined(bench, bench.swarmId()));
      expectEcho(expectSuccess(await bench.send(request)), request);
    },
  ),
  should(
    'response-to-the-letter',
    'The response is as the example has it.',
    'Write nothing but it.',
    async (bench) => {
      expectStrict(await bench.send(disconnect(bench, await joined(bench, bench.swarmId()))));
    },
  ),
  should(
    'leaves-every-list',
    'A peer that has disconnected is on no list of any swarm.',
    CLEAN,
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const watchers = [await joined(bench, swarms[0] ?? []), await joined(bench, swarms[1] ?? [])];
      const peer = await joined(bench, swarms, 'SEED');
      given(await bench.send(disconnect(bench, peer)));
      for (const [i, swarm] of swarms.entries()) {
        const watcher = watchers[i] ?? peer;
        const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
        expectNotListed(seen, swarm, peer, 'the peer that disconnected');
      }
    },
  ),
  must('find-afterwards', 'After a DISCONNECT a FIND is refused.', CLEAN, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    given(await bench.send(disconnect(bench, peer)));
    expectStatus(await bench.send(find(bench, peer, swarm)), 403, 401);
  }),
  must(
    'connect-afterwards',
    'After a DISCONNECT a peer can CONNECT again, as from START.',
    CLEAN,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      given(await bench.send(disconnect(bench, peer)));
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm)])));
    },
  ),
  ours('of-one-swarm', 'A DISCONNECT that names one of two swarms leaves that one.', SOME, async (bench) => {
    const [kept, left] = [bench.swarmId(), bench.swarmId()];
    const watcher = await joined(bench, left);
    const peer = await joined(bench, [kept, left], 'SEED');
    expectSuccess(await bench.send(disconnect(bench, peer, [left])));
    const seen = given(await bench.send(find(bench, watcher, left), { step: 'FIND of another peer' }));
    expectNotListed(seen, left, peer, 'the peer that left');
  }),
  ours(
    'of-one-swarm-keeps-the-other',
    'It stays registered, and in the other swarm.',
    SOME,
    async (bench) => {
      const [kept, left] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, [kept, left], 'SEED');
      given(await bench.send(disconnect(bench, peer, [left])));
      expectSuccess(await bench.send(find(bench, peer, kept), { step: 'FIND in the swarm kept' }));
    },
  ),
  ours(
    'of-all-by-name',
    'A DISCONNECT that names all swarms of the peer ends the registration.',
    SOME,
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, swarms, 'SEED');
      expectSuccess(await bench.send(disconnect(bench, peer, swarms)));
      expectStatus(await bench.send(report(bench, peer), { step: 'keep-alive afterwards' }), 403, 401);
    },
  ),
  ours(
    'of-swarm-not-joined',
    'A DISCONNECT that names a swarm the peer is not in is answered 403.',
    SOME,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(disconnect(bench, peer, [bench.swarmId()])), 403);
    },
  ),
];
