/** A `RawRequest` as bytes and pauses. */
import { encodeText } from '../protocol/text.ts';
import type { Headers } from './case.ts';
import type { RawPart } from './raw-http.ts';
import type { RawRequest } from './tracker-bench.ts';
import { withPath } from './tracker-url.ts';
import type { TrackerUrl } from './tracker-url.ts';

export interface RawWritten {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly parts: readonly RawPart[];
}

export function writeRaw(request: RawRequest, url: TrackerUrl, contentType: string): RawWritten {
  const { method = 'POST', path, body, bodyParts, stopHead } = request;
  const target = withPath(url, path);
  const headers = headersOf(request, url, contentType);
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const head = encodeText(`${lines.join('\r\n')}\r\n\r\n`);
  const parts: RawPart[] = [];
  if (stopHead === undefined) parts.push(head);
  else {
    parts.push(head.subarray(0, stopHead.after), stopHead.milliseconds);
    if (stopHead.after < head.length) parts.push(head.subarray(stopHead.after));
  }
  parts.push(...(bodyParts ?? (body === undefined ? [] : [body])));
  return { method, target, headers, parts };
}

function headersOf({ headers = {}, body }: RawRequest, url: TrackerUrl, contentType: string): Headers {
  const given = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  const usual: Headers = [
    ['Host', url.authority],
    ...(body === undefined
      ? []
      : [['Content-Type', contentType] as const, ['Content-Length', String(body.length)] as const]),
    ['Connection', 'close'],
  ];
  const kept = usual.filter(([name]) => !given.has(name.toLowerCase()));
  const added = [...given.values()].flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return [...kept, ...added];
}
