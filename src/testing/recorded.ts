/** Recorded exchanges for tests and benchmarks: of every shape, and of the shape that real traffic has. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { bodyOf, bytesOf, FAILURES, SENDERS, VERDICTS } from '../recording/record.ts';
import type { RecordedExchange, RecordedMessage, RecordedResult } from '../recording/record.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const header = fc.tuple(fc.constantFrom('Content-Type', 'Host', 'x-y'), fc.string({ maxLength: 10 }));
const body = fc
  .oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }).map(bytesOf))
  .map(bodyOf);

const message: Arbitrary<RecordedMessage> = fc
  .record(
    {
      contentType: fc.constantFrom('application/ppsp-tracker+json', 'application/xml'),
      headers: fc.array(header, { maxLength: 3 }),
      body,
      bytes: fc.nat(2_000_000),
    },
    { requiredKeys: ['bytes'] },
  )
  .map((message) =>
    message.body === undefined ? message : { ...message, bytes: bytesOf(message.body).length },
  );

const result: Arbitrary<RecordedResult> = fc.oneof(
  fc
    .tuple(message, fc.constantFrom(200, 400, 403, 404, 500, 503), fc.constantFrom('OK', 'Bad Request', ''))
    .map(([message, status, reason]) => ({ kind: 'answered' as const, status, reason, ...message })),
  fc.record({ kind: fc.constant('failed' as const), failure: fc.constantFrom(...FAILURES), detail: text }),
);

const id = fc.constantFrom('a', 'peer-1', 'Peer-2', 'film', 'ü', '{"x"}', 'peer-10');

/** Times to the microsecond, as files hold them. */
const time = fc.oneof(
  fc.record({
    clock: fc.constant('run' as const),
    time: fc.double({ min: 0, max: 1e7, noNaN: true }).map((t) => t + 0),
  }),
  fc.record({
    clock: fc.constant('absolute' as const),
    time: fc.integer({ min: 0, max: 4e15 }).map((micros) => micros / 1000),
  }),
);

/** Any record at all. */
export const arbitraryExchange: Arbitrary<RecordedExchange> = fc
  .tuple(
    time,
    fc.record(
      {
        id: fc.nat(),
        took: fc.nat(10_000).map((took) => took / 8),
        from: fc.constantFrom(...SENDERS),
        remote: fc.constant('192.0.2.1:6881'),
        peerId: id,
        swarms: fc.uniqueArray(id, { maxLength: 3 }),
        edition: fc.constantFrom(...EDITIONS),
        method: fc.constantFrom(...METHODS),
        transactionId: fc.oneof(id, fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })),
        url: fc.constantFrom('http://127.0.0.1:7846/', 'http://tracker.example/announce?a=b'),
        attempt: fc.integer({ min: 1, max: 5 }),
        leaves: fc.constant(true as const),
        purpose: text,
        verdict: fc.constantFrom(...VERDICTS),
        error: fc.constantFrom(...(Object.keys(ERRORS) as ErrorName[])),
        findings: fc.record({ request: fc.nat(3), response: fc.nat(3) }),
        origin: fc.record({ file: text, line: fc.nat() }),
        request: message,
        result,
      },
      {
        requiredKeys: ['id', 'from', 'swarms', 'url', 'attempt', 'verdict', 'findings', 'request', 'result'],
      },
    ),
  )
  .map(([time, rest]) => ({ ...time, ...rest }));

const NEIGHBOUR =
  '{"peer_id":"0123456789abcdef0123456789abcdef","peer_addr":{"ip_address":{"address_type":"ipv4","address":"198.18.4.77"},"port":6881,"priority":1,"type":"HOST"}}';

/** The `index`th of a long recording of many peers: about 1.5 KB a line, as real ones are. */
export function recordedTraffic(index: number): RecordedExchange {
  const peerId = `peer-${(index * 7919) % 20_000}-0123456789abcdef`;
  const swarm = `swarm ${index % 40}`;
  const edition = EDITIONS[index % 8 === 0 ? (index >> 3) % EDITIONS.length : 0] ?? 'rfc7846';
  const method = (['FIND', 'STAT_REPORT', 'CONNECT'] as const)[index % 3] ?? 'FIND';
  const transactionId = `${(index * 2_654_435_761) % 4_294_967_296}.${index}`;
  const isError = index % 50 === 0;
  const list = Array.from({ length: index % 6 }, () => NEIGHBOUR).join(',');
  const request = `{"PPSPTrackerProtocol":{"version":1,"request_type":"${method}","transaction_id":"${transactionId}","peer_id":"${peerId}","find":{"swarm_id":"${swarm}","peer_num":{"peer_count":20}}}}`;
  const response = `{"PPSPTrackerProtocol":{"version":1,"response_type":${isError ? 1 : 0},"error_code":${isError ? 3 : 0},"transaction_id":"${transactionId}","swarm_result":[{"swarm_id":"${swarm}","result":0,"peer_group":{"peer_info":[${list}]}}]}}`;
  const type = 'application/ppsp-tracker+json';
  return {
    id: index,
    time: index * 1.25,
    clock: 'run',
    took: (index * 31) % 400,
    from: index % 10 === 0 ? 'foreign' : 'simulated',
    peerId,
    swarms: [swarm],
    edition,
    method,
    transactionId,
    url: 'http://127.0.0.1:7846/',
    attempt: 1,
    verdict: isError ? 'error' : 'ok',
    ...(isError ? { error: 'forbidden' as const } : {}),
    findings: { request: 0, response: index % 97 === 0 ? 1 : 0 },
    request: { contentType: type, body: request, bytes: request.length },
    result: {
      kind: 'answered',
      status: isError ? 403 : 200,
      reason: isError ? 'Forbidden Action' : 'OK',
      contentType: type,
      body: response,
      bytes: response.length,
    },
  };
}
