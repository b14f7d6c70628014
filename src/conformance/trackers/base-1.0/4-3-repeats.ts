/** base-01 §4.3: requests that are sent again because their answer was lost. */
import { casesOf } from '../../section.ts';
import { connect, crowd, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectSuccess, given } from '../../verify.ts';
import { bodyOf } from '../rewritten.ts';

const { should, ours } = casesOf<TrackerBench>('base-1.0', '4.3', 'base-01 §4.3');
const REMEMBER =
  'Remember a peer’s last answers by its transaction IDs, and give the same again to the same bytes.';

export const REPEATS: readonly TrackerCase[] = [
  should(
    'repeated-connect',
    'A SEED’s CONNECT that is sent a second time, byte for byte, is answered as the first time.',
    REMEMBER,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId(), 'SEED')]);
      given(await bench.send(request));
      expectSuccess(await bench.send(request, { step: 'the same CONNECT again' }));
    },
  ),
  should(
    'repeated-leave',
    'A LEAVE that is sent a second time, byte for byte, is answered as the first time.',
    REMEMBER,
    async (bench) => {
      const swarm = bench.swarmId();
      const request = connect(bench, await joined(bench, swarm), [leave(swarm)]);
      given(await bench.send(request));
      expectSuccess(await bench.send(request, { step: 'the same LEAVE again' }));
    },
  ),
  ours(
    'same-answer',
    'The answer to a repeated CONNECT is the same, whoever has joined since.',
    REMEMBER,
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      const request = connect(bench, bench.peerId(), [join(swarm)]);
      const first = await bench.send(request);
      given(first);
      await crowd(bench, swarm, 2);
      const second = await bench.send(request, { step: 'the same CONNECT again' });
      expectSuccess(second);
      expect(bodyOf(second) === bodyOf(first), 'the same bytes', 'others');
    },
  ),
  ours(
    'same-id-other-content',
    'The same TransactionID with other content is a new request.',
    'Compare the whole request, not its TransactionID alone.',
    async (bench) => {
      const swarm = bench.swarmId();
      const request = connect(bench, bench.peerId(), [join(swarm)]);
      given(await bench.send(request));
      const next = { ...report(bench, request.peerId), transactionId: request.transactionId };
      const sent = await bench.send(next, { step: 'STAT_REPORT with the TransactionID of the CONNECT' });
      expectSuccess(sent);
      expect(!/<Result[\s>]/.test(bodyOf(sent)), 'the answer to a STAT_REPORT', 'that to the CONNECT');
    },
  ),
  ours(
    'same-connect-after-leave',
    'A CONNECT of the same bytes as an earlier one registers anew once the peer has left.',
    'Forget the answers of a registration when it has ended, but for the last.',
    async (bench) => {
      const swarm = bench.swarmId();
      const request = connect(bench, bench.peerId(), [join(swarm)]);
      given(await bench.send(request));
      given(await bench.send(connect(bench, request.peerId, [leave(swarm)])));
      given(await bench.send(request, { step: 'the first CONNECT again' }));
      expectSuccess(
        await bench.send(report(bench, request.peerId), { step: 'keep-alive, for it is TRACKING' }),
      );
    },
  ),
];
