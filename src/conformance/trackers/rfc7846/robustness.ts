/** Bodies that no honest peer sends: the tracker answers, and goes on. */
import { asTransactionId } from '../../../protocol/ids.ts';
import { encodeText } from '../../../protocol/text.ts';
import { casesOf } from '../../section.ts';
import { connect, join, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { joined as joinedBytes } from '../../http-answer.ts';
import {
  expect,
  expectAnswer,
  expectError,
  expectRefusal,
  expectResponse,
  expectResult,
  expectStatus,
  expectSuccess,
} from '../../verify.ts';
import { edited, inside } from './edited.ts';
import { joinBytes } from './http.ts';

const { ours } = casesOf<TrackerBench>('rfc7846', 'robustness', 'digest, "Security the texts ask for"');
const MEGABYTE = 1024 * 1024;

/** The tracker serves others as before. */
async function expectAlive(bench: TrackerBench): Promise<void> {
  expectSuccess(await bench.send(joinBytes(bench), { step: 'CONNECT afterwards' }));
}

/** A JOIN with this JSON text for a member `x` that nobody knows. */
const withUnknown = (bench: TrackerBench, json: string): string =>
  edited(bench, connect(bench, bench.peerId(), [join(bench.swarmId())]), () => undefined).replace(
    '{"PPSPTrackerProtocol":{',
    `{"PPSPTrackerProtocol":{"x":${json},`,
  );

export const ROBUSTNESS: readonly TrackerCase[] = [
  ours(
    'byte-order-mark',
    'A body that begins with a byte order mark is taken.',
    'Skip it (RFC 8259 §8.1).',
    async (bench) => {
      const body = joinedBytes([new Uint8Array([0xef, 0xbb, 0xbf]), joinBytes(bench)]);
      expectSuccess(await bench.send(body, { step: 'CONNECT behind a byte order mark' }));
    },
  ),
  ours(
    'blanks-around',
    'Blanks and line ends around the message are taken.',
    'JSON allows them.',
    async (bench) => {
      const body = joinedBytes([encodeText('\r\n\t '), joinBytes(bench), encodeText('\n\n')]);
      expectSuccess(await bench.send(body, { step: 'CONNECT between blanks' }));
    },
  ),
  ours(
    'deep-nesting',
    'A body nested 100,000 deep is answered, and the tracker goes on.',
    'Bound the depth before a recursive parser meets it.',
    async (bench) => {
      const depth = 100_000;
      const body = withUnknown(bench, '['.repeat(depth) + ']'.repeat(depth));
      expectResponse(await bench.send(body, { step: 'CONNECT with an extension 100,000 deep' }));
      await expectAlive(bench);
    },
  ),
  ours(
    'deep-nesting-unclosed',
    'A body of nothing but opening brackets is refused with error 1, and the tracker goes on.',
    'Bound the depth before a recursive parser meets it.',
    async (bench) => {
      expectError(
        await bench.send('{"a":'.repeat(100_000), { step: '100,000 opening brackets' }),
        'bad-request',
      );
      await expectAlive(bench);
    },
  ),
  ours(
    'member-twice',
    'A body with a member of one name twice is answered, and the tracker goes on.',
    'Refuse it, or let the last count.',
    async (bench) => {
      const peer = bench.peerId();
      const text = edited(bench, connect(bench, peer, [join(bench.swarmId())]), () => undefined);
      const body = text.replace('"version":1,', '"version":1,"version":1,');
      expectResponse(await bench.send(body, { step: 'CONNECT with version twice' }));
      await expectAlive(bench);
    },
  ),
  ours(
    'huge-number-unknown',
    'Numbers beyond any range in unknown members are ignored.',
    'JSON numbers have no bounds: read what you need of them only.',
    async (bench) => {
      const body = withUnknown(bench, `[1e999,-1e-999,${'9'.repeat(400)}]`);
      expectSuccess(await bench.send(body, { step: 'CONNECT with huge numbers in an extension' }));
    },
  ),
  ours(
    'huge-peer-count',
    'A peer_count of 400 digits is refused or capped, and the tracker goes on.',
    'Check numbers for their range after they were read.',
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())], { peerNum: { count: 7 } });
      const body = edited(bench, request, () => undefined).replace(
        '"peer_count":7',
        `"peer_count":${'9'.repeat(400)}`,
      );
      expectResponse(await bench.send(body, { step: 'CONNECT with a peer_count of 400 digits' }));
      await expectAlive(bench);
    },
  ),
  ours(
    'counter-overflow',
    'A byte counter beyond 64 bits is refused with error 1.',
    'Check counters for their range: wrapping around would make them lies.',
    async (bench) => {
      const swarmId = bench.swarmId();
      const peer = bench.peerId();
      await bench.send(connect(bench, peer, [join(swarmId)]));
      const stats = [
        { swarmId, uploadedBytes: 7n, downloadedBytes: 0n, availableBandwidth: 0, concurrentLinks: 0 },
      ];
      const text = edited(bench, report(bench, peer, stats), () => undefined);
      const body = text.replace('"uploaded_bytes":7', `"uploaded_bytes":${2n ** 64n}`);
      expectError(
        await bench.send(body, { answers: 'STAT_REPORT', step: 'STAT_REPORT of 2^64 bytes' }),
        'bad-request',
      );
    },
  ),
  ours(
    'many-actions',
    'A SEEDER may join 50 swarms in one CONNECT, and gets 50 results.',
    'Table 6 says N: bound the list well above what peers need.',
    async (bench) => {
      const swarms = Array.from({ length: 50 }, () => bench.swarmId());
      const actions = swarms.map((swarm) => join(swarm, 'SEED'));
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), actions)));
      for (const swarmId of swarms) expectResult(answer, { swarmId });
    },
  ),
  ours(
    'too-many-actions',
    'A CONNECT of 10,000 actions is refused, and the tracker goes on.',
    'Bound the length of lists.',
    async (bench) => {
      const actions = Array.from({ length: 10_000 }, () => join(bench.swarmId(), 'SEED'));
      expectRefusal(
        await bench.send(connect(bench, bench.peerId(), actions), { step: 'CONNECT: 10,000 JOINs' }),
      );
      await expectAlive(bench);
    },
  ),
  ours(
    'just-below-1-mib',
    'A body of nearly 1 MiB is taken.',
    'Refuse bodies from 1 MiB and a byte, not before.',
    async (bench) => {
      const empty = withUnknown(bench, '""');
      const body = empty.replace('"x":""', `"x":"${'y'.repeat(MEGABYTE - empty.length)}"`);
      expectSuccess(await bench.send(body, { step: 'CONNECT of 1 MiB' }));
    },
  ),
  ours('over-1-mib', 'A body of over 1 MiB is refused with HTTP 413.', 'Bound bodies.', async (bench) => {
    const body = withUnknown(bench, `"${'y'.repeat(MEGABYTE)}"`);
    expectStatus(await bench.send(body, { step: 'CONNECT of over 1 MiB' }), 413);
  }),
  ours(
    'binary',
    'A body of every byte there is is refused, and the tracker goes on.',
    'Decode strictly.',
    async (bench) => {
      const body = Uint8Array.from({ length: 1024 }, (_, i) => i % 256);
      expectRefusal(await bench.send(body, { step: 'bytes 0 to 255, four times' }));
      await expectAlive(bench);
    },
  ),
  ours(
    'null-byte-behind',
    'A message with a NUL behind it is refused with error 1.',
    'A NUL ends no JSON text.',
    async (bench) => {
      const body = joinedBytes([joinBytes(bench), new Uint8Array(1)]);
      expectError(await bench.send(body, { step: 'CONNECT and a NUL' }), 'bad-request');
    },
  ),
  ours(
    'refusal-quotes-nothing',
    'A refusal quotes nothing of the request but its transaction_id.',
    'Say what is wrong in words of your own: answers end up in logs and pages.',
    async (bench) => {
      const mark = `<script>${bench.peerId()}</script>`;
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const body = edited(bench, { ...request, transactionId: asTransactionId('t') }, (root) => {
        root['request_type'] = mark;
        inside(root, 'connect', 'swarm_action', 0)['action'] = mark;
      });
      const sent = await bench.send(body, { step: 'CONNECT with markup for words' });
      expectRefusal(sent);
      const { reason, body: answered } = expectAnswer(sent);
      const text = reason + String.fromCharCode(...answered);
      expect(!text.includes(mark), 'an answer without the words sent', 'one that quotes them');
    },
  ),
];
