/** An answer written by hand, for where node:http has no response object to offer: what it could not parse. */
import type { Duplex } from 'node:stream';
import type { HttpResponse } from '../protocol/http.ts';
import type { FailureStatus } from '../tracker/failures.ts';

/** How long a client may take to read the answer before the connection is cut. */
const LINGER = 1_000;

function serialise(answer: HttpResponse, headers: Readonly<Record<string, string>>): Buffer {
  const fields = {
    ...headers,
    ...answer.headers,
    'content-length': String(answer.body.length),
    connection: 'close',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${answer.status} ${answer.reason}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), answer.body]);
}

/** Cuts the connection off, should it not have been closed by then. */
export function cutLater(socket: Duplex): void {
  const cut = setTimeout(() => socket.destroy(), LINGER).unref();
  socket.once('close', () => clearTimeout(cut));
}

/** Answers on the bare socket and closes it, without a reset while the client may still be reading. */
export function answerRaw(
  socket: Duplex,
  answer: HttpResponse,
  headers: Readonly<Record<string, string>>,
): void {
  cutLater(socket);
  socket.on('error', () => socket.destroy());
  socket.end(serialise(answer, headers));
}

/** What node:http tells of bytes it could not parse. */
interface ParseError extends NodeJS.ErrnoException {
  /** What was read last from the connection. */
  readonly rawPacket?: Buffer;
  /** How much of it was understood. */
  readonly bytesParsed?: number;
}

/** The status for what node:http refuses by itself (digest, "Errors"). */
export function statusOf(error: ParseError): FailureStatus {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413;
    case 'HPE_HEADER_OVERFLOW':
      return endsInTarget(error) ? 414 : 400;
    case 'HPE_INVALID_METHOD':
      // A method that node:http has never heard of is still none of ours (RFC 9110 §9.1).
      return isAtRequestLine(error) ? 405 : 400;
    default:
      return 400;
  }
}

/** The packet before and after the place where the parser gave up. */
function around({ rawPacket, bytesParsed = 0 }: ParseError): [before: string, after: string] {
  const text = rawPacket?.toString('latin1') ?? '';
  return [text.slice(0, bytesParsed), text.slice(bytesParsed)];
}

/** RFC 9110 §5.6.2. */
const TOKEN = "[\\w!#$%&'*+.^`|~-]";
const REQUEST_LINE = new RegExp(`^${TOKEN}+ \\S+ HTTP/1\\.[01]\\r?\\n`);
const LINE_UP_TO_TARGET = new RegExp(`^${TOKEN}+ \\S*$`);
const TOKEN_BEFORE = new RegExp(`${TOKEN}*$`);
const MAX_METHOD = 32;

/** Too long a head: by its target, which may have come in several packets, or by the fields after it. */
function endsInTarget(error: ParseError): boolean {
  const [before, after] = around(error);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return LINE_UP_TO_TARGET.test(line) || (line === before && /^ HTTP\/1\.[01]\r?\n/.test(after));
}

/** The parser gives up within the method, at the first letter that fits none it knows. */
function isAtRequestLine(error: ParseError): boolean {
  const [before, after] = around(error);
  return REQUEST_LINE.test((TOKEN_BEFORE.exec(before.slice(-MAX_METHOD))?.[0] ?? '') + after);
}
