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

/** Answers on the bare socket and closes it, without a reset while the client may still be reading. */
export function answerRaw(
  socket: Duplex,
  answer: HttpResponse,
  headers: Readonly<Record<string, string>>,
): void {
  const cut = setTimeout(() => socket.destroy(), LINGER).unref();
  socket.once('close', () => clearTimeout(cut));
  socket.on('error', () => socket.destroy());
  socket.end(serialise(answer, headers));
}

/** The status for what node:http refuses by itself (digest, "Errors"). */
export function statusOf(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  maxTarget: number,
): FailureStatus {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413;
    case 'HPE_HEADER_OVERFLOW': {
      // Too long a head: by the request line alone, or by the fields after it.
      const line = error.rawPacket?.indexOf('\r\n') ?? 0;
      return line === -1 || line > maxTarget ? 414 : 400;
    }
    default:
      return 400;
  }
}
