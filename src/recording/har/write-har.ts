/** HAR 1.2 out: what any viewer of HAR shows, with what HAR has no member for in one of our own. */
import { encodeBase64 } from '../../protocol/base64.ts';
import { present } from '../../protocol/reading.ts';
import { encodeText } from '../../protocol/text.ts';
import { formatInstant } from '../instant.ts';
import type { Header, RecordedExchange, RecordedMessage } from '../record.ts';
import { OWN_MEMBER } from './har.ts';

export interface HarOptions {
  /** Of swarmscope, for `log.creator`. */
  readonly version: string;
  /** When the run began, in milliseconds since the epoch: HAR knows no other times. */
  readonly runBegan: number;
}

/** The file, piece by piece, an entry a line: what breaks then breaks one entry only. */
export async function* writeHar(
  exchanges: AsyncIterable<RecordedExchange> | Iterable<RecordedExchange>,
  { version, runBegan }: HarOptions,
): AsyncGenerator<Uint8Array> {
  const creator = JSON.stringify({ name: 'swarmscope', version });
  yield encodeText(`{"log":{"version":"1.2","creator":${creator},"pages":[],"entries":[`);
  let separator = '\n';
  for await (const exchange of exchanges) {
    yield encodeText(separator + JSON.stringify(entryOf(exchange, runBegan)));
    separator = ',\n';
  }
  yield encodeText('\n]}}\n');
}

function entryOf(exchange: RecordedExchange, runBegan: number): object {
  const { id, from, attempt, time, clock, took, url, request, result } = exchange;
  const ofRun = clock === 'run';
  const answered = result.kind === 'answered';
  return {
    startedDateTime: formatInstant(ofRun ? runBegan + time : time),
    time: took ?? -1,
    request: {
      method: 'POST',
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request),
      queryString: queryOf(url),
      ...(request.body === undefined ? {} : { postData: postDataOf(request) }),
      headersSize: -1,
      bodySize: request.bytes,
    },
    response: {
      status: answered ? result.status : 0,
      statusText: answered ? result.reason : '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: answered ? headersOf(result) : [],
      content: answered ? contentOf(result) : { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: answered ? result.bytes : -1,
      ...(answered ? {} : { _error: result.detail || result.failure }),
    },
    cache: {},
    timings: { send: 0, wait: took ?? -1, receive: 0 },
    [OWN_MEMBER]: {
      id,
      from,
      attempt,
      ...(ofRun ? { runTime: time } : {}),
      ...present('purpose', exchange.purpose),
      ...present('remote', exchange.remote),
    },
  };
}

/** Recordings without headers still know the one that matters. */
function headersOf({ headers, contentType }: RecordedMessage): object[] {
  const listed: readonly Header[] =
    headers ?? (contentType === undefined ? [] : [['Content-Type', contentType]]);
  return listed.map(([name, value]) => ({ name, value }));
}

/** HAR 1.2 gives `content` an encoding and `postData` none, hence the underscore. */
const postDataOf = ({ contentType = '', body = '' }: RecordedMessage): object =>
  typeof body === 'string'
    ? { mimeType: contentType, text: body }
    : { mimeType: contentType, text: encodeBase64(body), _encoding: 'base64' };

const contentOf = ({ contentType = 'x-unknown', body, bytes }: RecordedMessage): object => ({
  size: bytes,
  mimeType: contentType,
  ...(body === undefined
    ? {}
    : typeof body === 'string'
      ? { text: body }
      : { text: encodeBase64(body), encoding: 'base64' }),
});

function queryOf(url: string): object[] {
  const [, query = ''] = url.replace(/#.*$/s, '').split(/\?(.*)/s, 2);
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s, 2);
      return { name, value };
    });
}
