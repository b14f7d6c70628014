/** HTTP/1.1 out of one direction of a connection (RFC 9112): messages one behind the other, by length, in chunks, or to the end. */
import type { Header } from '../record.ts';
import { headerIn } from '../headers.ts';
import { joined } from '../joined.ts';
import { ByteQueue } from './queue.ts';
import type { Arrival } from './stream.ts';

interface MessageBase {
  readonly headers: readonly Header[];
  /** At most `MAX_KEPT` bytes of it. */
  readonly body: Uint8Array;
  /** Its true length. */
  readonly bytes: number;
  /** All of the body was captured, up to its end. */
  readonly whole: boolean;
  readonly began: Arrival;
  /** Milliseconds since the epoch of its last byte. */
  readonly ended: number;
}
export interface HttpAsk extends MessageBase {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
}
export interface HttpReply extends MessageBase {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}
export type HttpMessage = HttpAsk | HttpReply;

export interface HttpHandler {
  message(message: HttpMessage): void;
  /** The bytes are no HTTP, or stopped being it. */
  foreign(start: Uint8Array): void;
  broken(packet: number, problem: string): void;
  /** Whether the response that begins now answers a HEAD, and so has no body (RFC 9112 §6.3). */
  answersHead(): boolean;
}

const MAX_HEAD = 64 * 1024;
const MAX_HEADERS = 256;
const MAX_CHUNK_LINE = 1024;
/** The longest body a tracker takes. */
const MAX_KEPT = 1024 * 1024;

const REQUEST_LINE = /^([A-Z][A-Z-]{0,31}) (\S+) HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: (.*))?$/;
const LINE_FEED = 0x0a;
const DECODER = new TextDecoder();

type Head = Pick<HttpAsk, 'kind' | 'method' | 'target'> | Pick<HttpReply, 'kind' | 'status' | 'reason'>;

/** What is read next. `lost`: after a gap, until a piece begins with a message. */
type State =
  'head' | 'length' | 'to-end' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'lost' | 'foreign';

export class HttpStream {
  readonly #handler: HttpHandler;
  readonly #queue = new ByteQueue();
  #state: State = 'head';
  #hadMessage = false;
  #began: Arrival = { time: 0, packet: 0 };
  #latest: Arrival = this.#began;
  #head: Head | undefined;
  #headers: readonly Header[] = [];
  #body: Uint8Array[] = [];
  #kept = 0;
  #bytes = 0;
  #whole = true;
  /** Bytes of the body or the chunk that are still to come. */
  #left = 0;

  constructor(handler: HttpHandler) {
    this.#handler = handler;
  }

  /** Bytes in memory. */
  get held(): number {
    return this.#queue.length + this.#kept;
  }

  push(bytes: Uint8Array, at: Arrival): void {
    if (this.#state === 'foreign') return;
    if (this.#state === 'lost') {
      if (!beginsMessage(bytes)) return;
      this.#state = 'head';
    }
    if (this.#state === 'head' && this.#queue.length === 0) this.#began = at;
    this.#latest = at;
    this.#queue.push(bytes);
    while (this.#queue.length > 0 && this.#step());
  }

  gap(count: number): void {
    if (this.#state === 'foreign' || this.#state === 'lost') return;
    if ((this.#state === 'length' || this.#state === 'to-end') && count <= this.#left) {
      this.#whole = false;
      this.#bytes += count;
      this.#left -= count;
      if (this.#left === 0) this.#finish();
      return;
    }
    this.#lose('has bytes missing after it, and the message with them');
  }

  /** The sender closed, or the capture ended. */
  end(): void {
    if (this.#state === 'to-end') this.#finish();
    else if (this.#head || (this.#state === 'head' && this.#queue.length > 0 && this.#hadMessage))
      this.#lose('begins a message that does not end');
    this.#queue.clear();
  }

  /** Whether anything was read. */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead();
      case 'length':
      case 'to-end':
      case 'chunk':
        return this.#readBody();
      case 'chunk-size':
        return this.#readChunkSize();
      case 'chunk-end':
      case 'trailer':
        return this.#readTrailer();
      case 'lost':
      case 'foreign':
        this.#queue.skip(this.#queue.length);
        return false;
      default:
        return this.#state satisfies never;
    }
  }

  /** A line without its end; `undefined` when there is none yet. */
  #line(): string | undefined {
    const { bytes } = this.#queue;
    const end = bytes.indexOf(LINE_FEED);
    if (end < 0) return undefined;
    const line = DECODER.decode(bytes.subarray(0, end)).replace(/\r$/, '');
    this.#queue.skip(end + 1);
    return line;
  }

  #readHead(): boolean {
    const { bytes } = this.#queue;
    // A blank line before a message is passed over (RFC 9112 §2.2).
    const blank = bytes.findIndex((byte) => byte !== 0x0d && byte !== LINE_FEED);
    if (blank !== 0) {
      this.#queue.skip(blank < 0 ? bytes.length : blank);
      this.#began = this.#latest;
      return blank > 0;
    }
    if (!this.#hadMessage && !mayBegin(bytes)) {
      this.#handler.foreign(bytes.slice(0, 8));
      this.#state = 'foreign';
      return true;
    }
    const end = headEnd(bytes);
    if (end === undefined) {
      if (bytes.length > MAX_HEAD) this.#lose('begins a message whose headers are too long');
      return false;
    }
    const [first = '', ...lines] = DECODER.decode(bytes.subarray(0, end)).split(/\r?\n/);
    this.#queue.skip(end);
    const head = headOf(first);
    if (!head) {
      this.#lose('begins a message that is no HTTP/1.1');
      return true;
    }
    this.#hadMessage = true;
    this.#head = head;
    this.#headers = lines.slice(0, MAX_HEADERS).flatMap(headerOf);
    this.#frame(head);
    return true;
  }

  /** RFC 9112 §6.3: how the body's end is told. */
  #frame(head: Head): void {
    if (head.kind === 'response') {
      if (head.status === 101) {
        this.#finish();
        this.#state = 'foreign';
        return;
      }
      const { status } = head;
      if (status < 200 || status === 204 || status === 304 || this.#handler.answersHead()) {
        this.#finish();
        return;
      }
    }
    if (/\bchunked\s*$/i.test(headerIn(this.#headers, 'transfer-encoding') ?? '')) {
      this.#state = 'chunk-size';
      return;
    }
    const length = headerIn(this.#headers, 'content-length');
    if (length === undefined) {
      this.#left = Infinity;
      if (head.kind === 'response') this.#state = 'to-end';
      else this.#finish();
    } else if (/^\d{1,15}$/.test(length)) {
      this.#left = Number(length);
      this.#state = 'length';
      if (this.#left === 0) this.#finish();
    } else this.#lose('begins a message with an impossible Content-Length');
  }

  #readBody(): boolean {
    const part = this.#queue.bytes.subarray(0, Math.min(this.#left, this.#queue.length));
    const kept = part.slice(0, Math.max(0, MAX_KEPT - this.#kept));
    if (kept.length > 0) this.#body.push(kept);
    this.#kept += kept.length;
    this.#bytes += part.length;
    this.#left -= part.length;
    this.#queue.skip(part.length);
    if (this.#left > 0) return true;
    if (this.#state === 'chunk') this.#state = 'chunk-end';
    else this.#finish();
    return true;
  }

  /** RFC 9112 §7.1: hexadecimal digits, then extensions that nobody needs. */
  #readChunkSize(): boolean {
    const line = this.#line();
    if (line === undefined) {
      if (this.#queue.length > MAX_CHUNK_LINE) this.#lose('begins a message with a damaged chunk');
      return false;
    }
    const size = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) this.#lose('begins a message with a damaged chunk');
    else {
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    }
    return true;
  }

  #readTrailer(): boolean {
    const line = this.#line();
    if (line === undefined) {
      if (this.#queue.length > MAX_HEAD) this.#lose('begins a message whose trailer is too long');
      return false;
    }
    if (this.#state === 'chunk-end') this.#state = 'chunk-size';
    else if (line === '') this.#finish();
    return true;
  }

  #finish(): void {
    const head = this.#head;
    if (head)
      this.#handler.message({
        ...head,
        headers: this.#headers,
        body: joined(this.#body, this.#kept),
        bytes: this.#bytes,
        whole: this.#whole,
        began: this.#began,
        ended: this.#latest.time,
      });
    this.#reset('head');
    this.#began = this.#latest;
  }

  #lose(problem: string): void {
    this.#handler.broken(this.#began.packet, problem);
    this.#queue.skip(this.#queue.length);
    this.#reset('lost');
  }

  #reset(state: State): void {
    this.#state = state;
    this.#head = undefined;
    this.#headers = [];
    this.#body = [];
    this.#kept = 0;
    this.#bytes = 0;
    this.#left = 0;
    this.#whole = true;
  }
}

/** Whether a message begins here, as far as the bytes tell. */
function beginsMessage(bytes: Uint8Array): boolean {
  const [line = ''] = DECODER.decode(bytes.subarray(0, 2048)).split(/\r?\n/, 1);
  return headOf(line) !== undefined;
}

/** Whether it could be one: the request line may be still on its way. */
const mayBegin = (bytes: Uint8Array): boolean =>
  /^[A-Z][A-Z-]*(?:$| |\/1?(?:$|\.))/.test(DECODER.decode(bytes.subarray(0, 32)));

function headOf(line: string): Head | undefined {
  const status = STATUS_LINE.exec(line);
  if (status) return { kind: 'response', status: Number(status[1]), reason: status[2] ?? '' };
  const request = REQUEST_LINE.exec(line);
  return request ? { kind: 'request', method: request[1] ?? '', target: request[2] ?? '' } : undefined;
}

function headerOf(line: string): Header[] {
  const colon = line.indexOf(':');
  return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [];
}

/** Just behind the blank line that ends the headers. */
function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (bytes[at + 1] === LINE_FEED) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === LINE_FEED) return at + 3;
  }
  return undefined;
}
