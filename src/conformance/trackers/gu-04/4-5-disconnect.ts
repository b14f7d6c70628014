/** gu -06 §4.5 and the slides: after DISCONNECT nothing is honoured but CONNECT, and the peer is not handed out. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import type { Request } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect, find, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectError, expectNotListed, expectRefusal, expectSuccess, given } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { connected, disconnect, entered, findChunk, joinAs, keepAlive, leaveSwarm } from './requests.ts';

const { must, ours } = casesOf<TrackerBench>('gu-04', '4.5', 'gu -06 §4.5');
const slides = casesOf<TrackerBench>('gu-04', 'slides', 'gu -04 slides, "DISCONNECT"; gu -06 §4.5');
const CLEAN = 'Take the peer out of all swarms and forget it.';
const HONOUR = 'Honour nothing of a peer that has disconnected until it CONNECTs again.';

const notHonoured = (
  method: string,
  request: (bench: TrackerBench, peer: PeerId, swarm: SwarmId) => Request,
): TrackerCase =>
  slides.must(
    `${method.toLowerCase().replace('_', '-')}-after-disconnect`,
    `A ${method} from a peer that has disconnected is refused.`,
    HONOUR,
    async (bench) => {
      const swarm = bench.swarmId();
      await entered(bench, swarm, 'SEED');
      const peer = await entered(bench, swarm);
      given(await bench.send(disconnect(bench, peer)));
      expectRefusal(await bench.send(request(bench, peer, swarm)));
    },
  );

export const DISCONNECT: readonly TrackerCase[] = [
  must('answered', 'A DISCONNECT of a connected peer is answered with success.', CLEAN, async (bench) => {
    expectSuccess(await bench.send(disconnect(bench, await entered(bench, bench.swarmId()))));
  }),
  must(
    'transaction-id',
    'The response has the TransactionID of the DISCONNECT.',
    'Copy it.',
    async (bench) => {
      const request = disconnect(bench, await connected(bench));
      expectEcho(expectSuccess(await bench.send(request)), request);
    },
  ),
  must(
    'leaves-every-swarm',
    'A peer that has disconnected is on no list of any swarm.',
    CLEAN,
    async (bench) => {
      const [one, two] = [bench.swarmId(), bench.swarmId()];
      const peer = await entered(bench, one, 'SEED');
      given(await bench.send(joinAs(bench, peer, two, 'SEED')));
      const [first, second] = [await entered(bench, one), await entered(bench, two)];
      given(await bench.send(disconnect(bench, peer)));
      const seenFirst = expectSuccess(await bench.send(find(bench, first, one)));
      expectNotListed(seenFirst, one, peer, 'the peer that disconnected');
      const seenSecond = expectSuccess(await bench.send(find(bench, second, two)));
      expectNotListed(seenSecond, two, peer, 'the peer that disconnected');
    },
  ),
  notHonoured('JOIN', (bench, peer, swarm) => joinAs(bench, peer, swarm)),
  notHonoured('LEAVE', leaveSwarm),
  notHonoured('FIND', (bench, peer, swarm) => find(bench, peer, swarm)),
  notHonoured('FIND_CHUNK', (bench, peer, swarm) => findChunk(bench, peer, swarm, '7')),
  notHonoured('KEEPALIVE', (bench, peer) => keepAlive(bench, peer)),
  notHonoured('STAT_REPORT', (bench, peer) => report(bench, peer)),
  slides.must(
    'connect-after-disconnect',
    'A peer that has disconnected can CONNECT and JOIN again.',
    HONOUR,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      given(await bench.send(disconnect(bench, peer)));
      given(await bench.send(connect(bench, peer, [])));
      expectSuccess(await bench.send(joinAs(bench, peer, swarm)));
    },
  ),
  ours(
    'of-nobody',
    'A DISCONNECT from a peer that is not connected is answered 403.',
    HONOUR,
    async (bench) => {
      const sent = await bench.send(disconnect(bench, bench.peerId()));
      expectError(sent, 'forbidden', 'authentication-required');
    },
  ),
];
