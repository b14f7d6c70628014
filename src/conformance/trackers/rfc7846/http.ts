/** RFC 7846 §2.2 and §4: the HTTP around the messages, as far as any peer may send it. */
import { decodePiece, encodeText } from '../../../protocol/text.ts';
import { casesOf } from '../../section.ts';
import { connect, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectAnswer,
  expectError,
  expectStatus,
  expectSuccess,
  given,
  shown,
} from '../../verify.ts';

const { must, ours } = casesOf<TrackerBench>('rfc7846', 'http', 'RFC 7846 §4');
const http = casesOf<TrackerBench>('rfc7846', 'http', 'RFC 9110 §8.3.1');
const MEDIA_TYPE = 'application/ppsp-tracker+json';
const PATHS = 'Serve every path and query alike: the RFC’s example posts to /video_1.';

/** A LEECH's JOIN as bytes. */
export const joinBytes = (bench: TrackerBench): Uint8Array<ArrayBuffer> =>
  bench.codec.encodeRequest(connect(bench, bench.peerId(), [join(bench.swarmId())]));

const bare = (contentType: string | undefined): string =>
  (contentType ?? 'none').split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const HTTP: readonly TrackerCase[] = [
  must(
    'media-type-of-success',
    `A successful response has Content-Type ${MEDIA_TYPE}.`,
    'Set Content-Type on every response with a body.',
    async (bench) => {
      const sent = await bench.send(joinBytes(bench), { step: 'CONNECT: JOIN as LEECH' });
      given(sent);
      const type = bare(sent.header('content-type'));
      expect(type === MEDIA_TYPE, MEDIA_TYPE, shown(type));
    },
  ),
  must(
    'media-type-of-failure',
    `A failed response has Content-Type ${MEDIA_TYPE}.`,
    'Set Content-Type on every response with a body, failures included.',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [leave(bench.swarmId())]));
      expectAnswer(sent);
      const type = bare(sent.header('content-type'));
      expect(type === MEDIA_TYPE, MEDIA_TYPE, shown(type));
    },
  ),
  ...(['application/json', 'text/json'] as const).map((contentType) =>
    ours(
      `takes-${contentType.replace('/', '-')}`,
      `A request sent as ${contentType} is taken.`,
      'Deployed clients label JSON in these ways: look at the body.',
      async (bench) => {
        expectSuccess(await bench.send(joinBytes(bench), { contentType, step: `CONNECT as ${contentType}` }));
      },
    ),
  ),
  ours(
    'takes-charset',
    'A charset parameter behind the media type is taken.',
    'Compare the media type without its parameters.',
    async (bench) => {
      const contentType = `${MEDIA_TYPE}; charset=UTF-8`;
      expectSuccess(await bench.send(joinBytes(bench), { contentType, step: 'CONNECT with a charset' }));
    },
  ),
  http.must(
    'media-type-in-any-case',
    'The media type is compared without regard to case.',
    'Bring the media type to lower case first.',
    async (bench) => {
      const contentType = 'Application/PPSP-Tracker+JSON';
      expectSuccess(await bench.send(joinBytes(bench), { contentType, step: 'CONNECT in capitals' }));
    },
  ),
  ours(
    'other-media-type',
    'A request of another media type is refused with HTTP 415.',
    'Answer 415.',
    async (bench) => {
      const sent = await bench.send(joinBytes(bench), {
        contentType: 'text/plain',
        step: 'CONNECT as text/plain',
      });
      expectStatus(sent, 415);
    },
  ),
  ours(
    'json-labelled-xml',
    'JSON that is sent as application/xml is refused with HTTP 400 or 415.',
    'Hold the body against its media type.',
    async (bench) => {
      const sent = await bench.send(joinBytes(bench), {
        contentType: 'application/xml',
        step: 'JSON as XML',
      });
      expectStatus(sent, 400, 415);
    },
  ),
  ...(['/video_1', '/announce?info=1&x=%20', '?edition=rfc7846'] as const).map((path, i) =>
    ours(`path-${i + 1}`, `A request to ${path} is taken.`, PATHS, async (bench) => {
      expectSuccess(await bench.send(joinBytes(bench), { path, step: `CONNECT to ${path}` }));
    }),
  ),
  ours('one-space-of-peers', 'A peer that joined by one path is known by another.', PATHS, async (bench) => {
    const peer = await joined(bench, bench.swarmId());
    expectSuccess(await bench.send(report(bench, peer), { path: '/elsewhere' }));
  }),
  must(
    'utf-16',
    'A body in UTF-16 is refused with error 1.',
    'Messages are UTF-8 (§2.2): decode strictly.',
    async (bench) => {
      const text = decodePiece(joinBytes(bench));
      const body = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) body[2 * i] = text.charCodeAt(i);
      expectError(await bench.send(body, { step: 'CONNECT in UTF-16' }), 'bad-request');
    },
  ),
  must(
    'invalid-utf-8',
    'A body that is not valid UTF-8 is refused with error 1.',
    'Messages are UTF-8 (§2.2): decode strictly, and put nothing in place of broken bytes.',
    async (bench) => {
      const peer = bench.peerId();
      const body = bench.codec.encodeRequest(connect(bench, peer, [join(bench.swarmId())]));
      const at = decodePiece(body).indexOf(peer);
      body[at] = 0xff;
      expectError(await bench.send(body, { step: 'CONNECT with a broken byte' }), 'bad-request');
    },
  ),
  ours(
    'xml-of-no-edition',
    'XML that is no message is refused with HTTP 400, and an empty body that has no Content-Type.',
    'Answer what is in no edition by the status alone.',
    async (bench) => {
      const body = encodeText('<?xml version="1.0"?><other/>');
      const sent = await bench.send(body, { contentType: 'application/xml', step: 'foreign XML' });
      expectStatus(sent, 400);
      const { length } = expectAnswer(sent).body;
      expect(length === 0, 'an empty body', `${length} bytes`);
      const type = sent.header('content-type');
      expect(type === undefined, 'no Content-Type', shown(type));
    },
  ),
];
