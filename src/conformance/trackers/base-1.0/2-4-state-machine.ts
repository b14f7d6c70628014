/** base-01 §2.4: who is registered, and what ends a registration; figure 5 and the error conditions. */
import { casesOf } from '../../section.ts';
import { connect, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectListed, expectNotListed, expectStatus, expectSuccess, given } from '../../verify.ts';
import { newcomer } from './newcomer.ts';

const normal = casesOf<TrackerBench>('base-1.0', '2.4.1', 'base-01 §2.4.1');
const errors = casesOf<TrackerBench>('base-1.0', '2.4.2', 'base-01 §2.4.2');
const REGISTER = 'Keep a registration per peer ID, from its first valid CONNECT on.';
const NO_TRACE =
  'Register a peer only once its CONNECT is valid; a refused CONNECT leaves nothing behind (§2.4.2 A).';
const ENDS =
  'On a CONNECT with invalid actions answer 403, delete the registration and clean the peer’s data (§2.4.2 B).';

/** What a SEED that is TRACKING may not do: table 8, row 7. */
async function offend(bench: TrackerBench, peer: ReturnType<TrackerBench['peerId']>) {
  const request = connect(bench, peer, [join(bench.swarmId(), 'SEED')]);
  return bench.send(request, { step: 'CONNECT: JOIN as SEED while TRACKING' });
}

export const STATE_MACHINE: readonly TrackerCase[] = [
  normal.must(
    'connect-registers',
    'A first CONNECT with a valid action is answered SUCCESSFUL.',
    REGISTER,
    async (bench) => {
      expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())])));
    },
  ),
  normal.must(
    'report-while-tracking',
    'A STAT_REPORT from a peer that is TRACKING is answered with success.',
    REGISTER,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectSuccess(await bench.send(report(bench, peer)));
    },
  ),
  normal.must(
    'connect-while-tracking',
    'A CONNECT with valid actions from a peer that is TRACKING is answered with success.',
    REGISTER,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectSuccess(await bench.send(connect(bench, peer, [leave(swarm), join(bench.swarmId())])));
    },
  ),
  normal.must(
    'state-per-peer',
    'What one peer does ends no other’s registration.',
    'Keep one state machine per peer ID (§2.4).',
    async (bench) => {
      const swarm = bench.swarmId();
      const [one, other] = [await joined(bench, swarm), await joined(bench, swarm)];
      given(await bench.send(connect(bench, one, [leave(swarm)])));
      expectSuccess(await bench.send(report(bench, other), { step: 'keep-alive of the other peer' }));
    },
  ),
  errors.must(
    'stat-report-unregistered',
    'A STAT_REPORT from a peer ID that is not registered is answered 401 or 403.',
    REGISTER,
    async (bench) => {
      const sent = await bench.send(report(bench, bench.peerId()));
      expectStatus(sent, 403, 401);
    },
  ),
  errors.must(
    'refused-connect-registers-nobody',
    'A CONNECT of nothing but invalid actions leaves its peer ID unregistered.',
    NO_TRACE,
    async (bench) => {
      const peer = bench.peerId();
      await bench.send(connect(bench, peer, [leave(bench.swarmId())]));
      expectStatus(
        await bench.send(report(bench, peer), { step: 'keep-alive of the refused peer' }),
        403,
        401,
      );
    },
  ),
  errors.must(
    'peer-id-free-after-refusal',
    'A peer ID whose first CONNECT was refused can register with a valid one.',
    NO_TRACE,
    async (bench) => {
      const peer = bench.peerId();
      await bench.send(connect(bench, peer, [leave(bench.swarmId())]));
      expectSuccess(await bench.send(connect(bench, peer, [join(bench.swarmId())])));
    },
  ),
  errors.must(
    'invalid-connect-ends-registration',
    'A CONNECT with invalid actions while TRACKING ends the registration: a keep-alive is refused then.',
    ENDS,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId(), 'SEED');
      expectStatus(await offend(bench, peer), 403, 401);
      expectStatus(await bench.send(report(bench, peer), { step: 'keep-alive after the error' }), 403, 401);
    },
  ),
  errors.must(
    'invalid-connect-cleans-lists',
    'A peer whose CONNECT was invalid while TRACKING is on no list afterwards.',
    ENDS,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      await offend(bench, peer);
      expectNotListed(await newcomer(bench, swarm), swarm, peer, 'the peer that was refused');
    },
  ),
  errors.must(
    'registers-anew-after-error',
    'After an error ended its registration a peer can register again, as from START.',
    ENDS,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      await offend(bench, peer);
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
    },
  ),
  errors.ours(
    'invalid-connect-changes-nothing-else',
    'A CONNECT is all or nothing: one invalid action among valid ones joins nothing.',
    'Check every action before the first is done.',
    async (bench) => {
      const [swarm, other] = [bench.swarmId(), bench.swarmId()];
      const peer = bench.peerId();
      const request = connect(bench, peer, [join(swarm, 'SEED'), leave(other, 'SEED')]);
      expectStatus(await bench.send(request), 403, 401);
      expectNotListed(await newcomer(bench, swarm), swarm, peer, 'the peer that was refused');
    },
  ),
  errors.ours(
    'unreadable-request-ends-nothing',
    'A request that cannot be read, in a peer’s name, does not end that peer’s registration.',
    'Look at registrations only once a request is read: anybody can send rubbish in another’s name.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      const broken = `<PPSPTrackerProtocol version="1.0"><Request>STAT_REPORT</Request><PeerID>${peer}</PeerID>`;
      await bench.send(broken, { step: 'half a STAT_REPORT' });
      expectListed(await newcomer(bench, swarm), swarm, peer, 'the seed');
    },
  ),
];
