/** RFC 7846 §2.3: who is registered, since when, until when; figure 5 and the error conditions. */
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expectError,
  expectListed,
  expectNotListed,
  expectRefusal,
  expectSuccess,
  given,
} from '../../verify.ts';

const { must, ours } = casesOf<TrackerBench>('rfc7846', '2.3', 'RFC 7846 §2.3.2');
const REGISTER =
  'Keep a registration per peer ID, and look it up before anything else in a FIND or STAT_REPORT.';
const NO_TRACE =
  'Register a peer only once all of its CONNECT is valid; a refused CONNECT leaves nothing behind (§2.3.2 A).';
const KNOWN_SWARM =
  'Check each swarm ID of the request against those the peer is in; answer error 3 otherwise.';

export const STATE_MACHINE: readonly TrackerCase[] = [
  must(
    'find-unregistered',
    'A FIND from a peer ID that is not registered is refused with error 3 or 6.',
    REGISTER,
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      expectError(
        await bench.send(find(bench, bench.peerId(), swarm)),
        'forbidden',
        'authentication-required',
      );
    },
  ),
  must(
    'stat-report-unregistered',
    'A STAT_REPORT with statistics from a peer ID that is not registered is refused with error 3 or 6.',
    REGISTER,
    async (bench) => {
      const swarmId = bench.swarmId();
      await joined(bench, swarmId, 'SEED');
      const stats = [
        { swarmId, uploadedBytes: 0n, downloadedBytes: 0n, availableBandwidth: 0, concurrentLinks: 0 },
      ];
      const sent = await bench.send(report(bench, bench.peerId(), stats));
      expectError(sent, 'forbidden', 'authentication-required');
    },
  ),
  must(
    'keep-alive-unregistered',
    'A keep-alive from a peer ID that is not registered is refused with error 3 or 6.',
    REGISTER,
    async (bench) => {
      const sent = await bench.send(report(bench, bench.peerId()));
      expectError(sent, 'forbidden', 'authentication-required');
    },
  ),
  must(
    'refused-connect-registers-nobody',
    'A CONNECT of nothing but invalid actions leaves its peer ID unregistered.',
    NO_TRACE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = bench.peerId();
      expectRefusal(await bench.send(connect(bench, peer, [leave(swarm)])));
      expectRefusal(await bench.send(report(bench, peer), { step: 'keep-alive of the refused peer' }));
    },
  ),
  must(
    'peer-id-free-after-refusal',
    'A peer ID whose first CONNECT was refused can register with a valid one.',
    NO_TRACE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = bench.peerId();
      await bench.send(connect(bench, peer, [leave(swarm)]));
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm)])));
    },
  ),
  must(
    'find-unknown-swarm',
    'A FIND that names a swarm nobody is in, from a registered peer, is refused with error 3.',
    KNOWN_SWARM,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectError(await bench.send(find(bench, peer, bench.swarmId())), 'forbidden');
    },
  ),
  ours(
    'find-swarm-of-others',
    'A FIND that names a swarm which exists but which the peer is not in is refused with error 3.',
    KNOWN_SWARM,
    async (bench) => {
      const others = bench.swarmId();
      await joined(bench, others, 'SEED');
      const peer = await joined(bench, bench.swarmId());
      expectError(await bench.send(find(bench, peer, others)), 'forbidden');
    },
  ),
  must(
    'stat-report-unknown-swarm',
    'A STAT_REPORT about a swarm nobody is in, from a registered peer, is refused with error 3.',
    KNOWN_SWARM,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      const stats = [
        {
          swarmId: bench.swarmId(),
          uploadedBytes: 1n,
          downloadedBytes: 1n,
          availableBandwidth: 1,
          concurrentLinks: 1,
        },
      ];
      expectError(await bench.send(report(bench, peer, stats)), 'forbidden');
    },
  ),
  ours(
    'error-keeps-registration',
    'A peer whose request is refused while TRACKING stays registered.',
    '§2.3.2 C only answers with the error, table 6 terminates; keep the registration, as C says.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const seed = await joined(bench, swarm, 'SEED');
      const refused = await bench.send(find(bench, peer, bench.swarmId()), {
        step: 'FIND of an unknown swarm',
      });
      expectRefusal(refused);
      expectListed(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, seed, 'the seed');
    },
  ),
  ours(
    'switch-refused-changes-nothing',
    'A channel switch that leaves a swarm the peer is not in is refused, and joins nothing either.',
    'Check every action of a CONNECT before the first is done: it is all or nothing.',
    async (bench) => {
      const swarm = bench.swarmId();
      const other = bench.swarmId();
      const peer = await joined(bench, swarm);
      const watcher = await joined(bench, other, 'SEED');
      expectRefusal(await bench.send(connect(bench, peer, [leave(bench.swarmId()), join(other)])));
      const seen = given(
        await bench.send(find(bench, watcher, other), { step: 'FIND of the swarm not joined' }),
      );
      expectNotListed(seen, other, peer, 'the peer that was refused');
      expectSuccess(await bench.send(find(bench, peer, swarm), { step: 'FIND of the swarm kept' }));
    },
  ),
];
