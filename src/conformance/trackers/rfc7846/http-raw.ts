/** HTTP that only a socket can say: methods, lengths, slowness, and what stands in the headers of answers. */
import { casesOf } from '../../section.ts';
import type { SectionWriter } from '../../section.ts';
import type { RawRequest, Sent, TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectAnswer, expectStatus, expectSuccess, given, shown } from '../../verify.ts';
import { joinBytes } from './http.ts';

const http = (section: string): SectionWriter<TrackerBench> =>
  casesOf<TrackerBench>('rfc7846', 'http', section);
const fragments = casesOf<TrackerBench>('rfc7846', 'http', 'RFC 7846 §2.2');
const { ours } = casesOf<TrackerBench>('rfc7846', 'http', 'digest, "Errors"');

const MEGABYTE = 1024 * 1024;
const URI_LIMIT = 8 * 1024;
/** Seconds, of which the slow cases wait a few more. */
const HEADERS_IN = 10;
const BODY_IN = 15;
const SLACK = 5;
const COUNT = 'Answer 408 and close, so that slow clients do not hold connections.';

const raw = (bench: TrackerBench, step: string, more: Omit<RawRequest, 'step'> = {}): Promise<Sent> =>
  bench.raw({ step, body: joinBytes(bench), ...more });

/** Bytes as chunks of a chunked body, of `size` each. */
function chunks(body: Uint8Array, size: number): readonly Uint8Array[] {
  const text = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    parts.push(text.encode(`${piece.length.toString(16)}\r\n`), piece, text.encode('\r\n'));
  }
  return [...parts, text.encode('0\r\n\r\n')];
}

const CHUNKED = { 'Transfer-Encoding': 'chunked', 'Content-Length': undefined } as const;

export const HTTP_RAW: readonly TrackerCase[] = [
  http('RFC 9112 §7.1').must(
    'chunked-body',
    'A body in chunks, without Content-Length, is taken.',
    'Every HTTP/1.1 recipient reads chunked bodies.',
    async (bench) => {
      const body = joinBytes(bench);
      const sent = await bench.raw({
        step: 'CONNECT in chunks',
        body,
        headers: CHUNKED,
        bodyParts: chunks(body, 100),
      });
      expectSuccess(sent);
    },
  ),
  fragments.must(
    'body-in-pieces',
    'A body that arrives piece by piece is taken.',
    'Read until Content-Length is reached: requests are fragmented in transport.',
    async (bench) => {
      const body = joinBytes(bench);
      const bodyParts = [body.subarray(0, 10), 50, body.subarray(10, 99), 50, body.subarray(99)];
      expectSuccess(await bench.raw({ step: 'CONNECT in pieces', body, bodyParts }));
    },
  ),
  fragments.must(
    'head-in-pieces',
    'Headers that arrive piece by piece are taken.',
    'Read until the empty line: requests are fragmented in transport.',
    async (bench) => {
      expectSuccess(await raw(bench, 'CONNECT, head in two', { stopHead: { after: 25, milliseconds: 50 } }));
    },
  ),
  http('RFC 9110 §5.1').must(
    'header-names-in-any-case',
    'Header names are compared without regard to case.',
    'Bring header names to lower case first.',
    async (bench) => {
      const body = joinBytes(bench);
      const headers = { 'CONTENT-TYPE': bench.codec.mediaType, 'content-LENGTH': String(body.length) };
      expectSuccess(await bench.raw({ step: 'CONNECT with odd header names', body, headers }));
    },
  ),
  http('RFC 9110 §10.1.1').should(
    'expect-continue',
    'A request with Expect: 100-continue is answered.',
    'Answer 100, or go on.',
    async (bench) => {
      expectSuccess(await raw(bench, 'CONNECT with Expect', { headers: { Expect: '100-continue' } }));
    },
  ),
  ours(
    'no-media-type',
    'A request without Content-Type is refused with HTTP 400.',
    'Answer 400.',
    async (bench) => {
      expectStatus(
        await raw(bench, 'CONNECT without Content-Type', { headers: { 'Content-Type': undefined } }),
        400,
      );
    },
  ),
  ...(['PUT', 'DELETE', 'PATCH'] as const).map((method) =>
    ours(
      `method-${method.toLowerCase()}`,
      `${method} is refused with HTTP 405, and Allow names POST.`,
      'PPSTP uses POST only (§2.2).',
      async (bench) => {
        const sent = await raw(bench, `${method} of a CONNECT`, { method });
        expectStatus(sent, 405);
        const allow = sent.header('allow') ?? 'none';
        expect(/\bPOST\b/.test(allow), 'Allow with POST', shown(allow));
      },
    ),
  ),
  ours(
    'get-joins-nobody',
    'A GET is never taken for a request of a peer.',
    'PPSTP uses POST only (§2.2).',
    async (bench) => {
      const sent = await raw(bench, 'GET with the body of a CONNECT', { method: 'GET' });
      expectAnswer(sent);
      const done = sent.tolerant?.ok === true && sent.tolerant.message.outcome === 'success';
      expect(!done, 'anything but a successful response', 'a successful response');
    },
  ),
  http('RFC 9110 §9.3.2').must(
    'head-has-no-body',
    'The answer to HEAD has no body.',
    'Answer HEAD with headers alone.',
    async (bench) => {
      const sent = await bench.raw({ step: 'HEAD', method: 'HEAD' });
      const { length } = expectAnswer(sent).body;
      expect(length === 0, 'no body', `${length} bytes`);
    },
  ),
  ours(
    'no-length',
    'A POST with neither Content-Length nor a chunked body is refused with HTTP 411.',
    'Answer 411.',
    async (bench) => {
      const headers = { 'Content-Type': bench.codec.mediaType };
      expectStatus(await bench.raw({ step: 'POST without a body', headers }), 411);
    },
  ),
  ours(
    'announced-too-large',
    'A body that is announced with over 1 MiB is refused with HTTP 413, before it is in.',
    'Look at Content-Length before the body is read.',
    async (bench) => {
      const headers = { 'Content-Length': String(MEGABYTE + 1) };
      expectStatus(
        await raw(bench, 'CONNECT announced with 1 MiB and a byte', { headers, bodyParts: [] }),
        413,
      );
    },
  ),
  ours(
    'chunked-too-large',
    'A body in chunks is cut off past 1 MiB, with HTTP 413.',
    'Count what comes in.',
    async (bench) => {
      const body = new Uint8Array(MEGABYTE + 4096).fill(0x20);
      const sent = await bench.raw({
        step: 'over 1 MiB in chunks',
        body,
        headers: CHUNKED,
        bodyParts: chunks(body, 65_536),
      });
      expectStatus(sent, 413);
    },
    { seconds: 5 },
  ),
  ours(
    'long-uri',
    'A Request-URI over 8 KiB is refused with HTTP 414.',
    'Answer 414; leave more room for the head as a whole.',
    async (bench) => {
      expectStatus(await raw(bench, 'CONNECT to a long URI', { path: `/${'a'.repeat(URI_LIMIT)}` }), 414);
    },
  ),
  ours(
    'slow-headers',
    'A request whose headers are not in after 10 s is answered with HTTP 408.',
    COUNT,
    async (bench) => {
      const stopHead = { after: 30, milliseconds: (HEADERS_IN + SLACK) * 1000 };
      const timeout = (HEADERS_IN + SLACK) * 1000;
      expectStatus(await raw(bench, 'CONNECT that stops in its head', { stopHead, timeout }), 408);
    },
    { seconds: HEADERS_IN + SLACK },
  ),
  ours(
    'slow-body',
    'A request whose body is not in after 15 s is answered with HTTP 408.',
    COUNT,
    async (bench) => {
      const body = joinBytes(bench);
      const timeout = (BODY_IN + SLACK) * 1000;
      const sent = await bench.raw({
        step: 'CONNECT that stops in its body',
        body,
        bodyParts: [body.subarray(0, 20)],
        timeout,
      });
      expectStatus(sent, 408);
    },
    { seconds: BODY_IN + SLACK },
  ),
  ours(
    'cors-on-success',
    'A successful response may be read by any page.',
    'Access-Control-Allow-Origin on every answer.',
    async (bench) => {
      const sent = await raw(bench, 'CONNECT from a page', { headers: { Origin: 'https://page.example' } });
      given(sent);
      expectReadable(sent);
    },
  ),
  ours(
    'cors-on-failure',
    'A failed response may be read by any page.',
    'Access-Control-Allow-Origin on every answer.',
    async (bench) => {
      const headers = { Origin: 'https://page.example', 'Content-Type': 'text/plain' };
      const sent = await raw(bench, 'a refused request from a page', { headers });
      expectAnswer(sent);
      expectReadable(sent);
    },
  ),
  ours(
    'cors-preflight',
    'A preflight for a POST with Content-Type is granted.',
    'Answer OPTIONS with 200 or 204, Access-Control-Allow-Methods and -Headers.',
    async (bench) => {
      const headers = {
        Origin: 'https://page.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      };
      const sent = await bench.raw({ step: 'preflight', method: 'OPTIONS', headers });
      expectStatus(sent, 200, 204);
      expectReadable(sent);
      const allowed = sent.header('access-control-allow-headers') ?? 'none';
      expect(/\bcontent-type\b|\*/i.test(allowed), 'Content-Type allowed', shown(allowed));
    },
  ),
  ours('no-cookies', 'No answer sets a cookie.', 'A peer is known by its peer ID alone.', async (bench) => {
    const sent = await raw(bench, 'CONNECT: JOIN as LEECH');
    expectAnswer(sent);
    expect(sent.header('set-cookie') === undefined, 'no Set-Cookie', 'one');
  }),
];

function expectReadable(sent: Sent): void {
  const origin = sent.header('access-control-allow-origin') ?? 'none';
  expect(['*', 'https://page.example'].includes(origin), 'Access-Control-Allow-Origin', shown(origin));
}
