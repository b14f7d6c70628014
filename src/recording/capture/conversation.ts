/** The requests and responses of one connection, put together in pairs. */
import { HttpStream } from './http.ts';
import type { HttpAsk, HttpMessage, HttpReply } from './http.ts';
import { Stream } from './stream.ts';
import type { Segment } from './frame.ts';
import type { Arrival } from './stream.ts';

export interface ConversationHandler {
  /** `server`, `client`: address and port. */
  pair(ask: HttpAsk, reply: HttpReply | undefined, ends: Ends): void;
  /** Whether the response can be that request's, by what they say: asked only when something is missing. */
  fits(ask: HttpAsk, reply: HttpReply): boolean;
  /** A response whose request is not in the capture. */
  orphan(): void;
  broken(packet: number, problem: string): void;
  foreign(kind: 'TLS' | 'other'): void;
}

export interface Ends {
  readonly client: string;
  readonly server: string;
}

/** Messages of one connection that wait for their other half. */
const MAX_WAITING = 1024;
/** Content type and major version of a TLS record (RFC 8446 §5.1). */
const isTls = ([type, version]: Uint8Array): boolean => type === 0x16 && version === 0x03;

interface Direction {
  readonly from: string;
  readonly stream: Stream;
  readonly http: HttpStream;
}

export class Conversation {
  readonly #handler: ConversationHandler;
  readonly #directions: readonly [Direction, Direction];
  #asks: { readonly ask: HttpAsk; readonly ends: Ends }[] = [];
  #replies: HttpReply[] = [];
  #asked = 0;
  #answered = 0;
  /** Which of the requests, counted from 0, were HEAD and are not answered yet. */
  readonly #heads = new Set<number>();
  /** Something is missing: order alone no longer tells which request a response answers. */
  #hasGaps = false;
  #isForeign = false;

  constructor(one: string, other: string, handler: ConversationHandler) {
    this.#handler = handler;
    this.#directions = [this.#direction(one, other), this.#direction(other, one)];
  }

  /** Bytes in memory. */
  get held(): number {
    return this.#directions.reduce((sum, { stream, http }) => sum + stream.held + http.held, 0);
  }

  /** `false`: the segment begins another connection between the same two ends. */
  push(segment: Segment, at: Arrival): boolean {
    const [one, other] = this.#directions;
    const { stream } = segment.from === one.from ? one : other;
    const { sequence, syn, fin, payload, missing } = segment;
    if (syn && !stream.begin(sequence)) return false;
    // A SYN counts as one byte before the payload (RFC 9293 §3.4).
    stream.push({ ...at, sequence: (sequence + (syn ? 1 : 0)) >>> 0, payload, missing, fin });
    return true;
  }

  /** The capture ends, or the connection is given up. */
  finish(): void {
    for (const { stream } of this.#directions) stream.finish();
    for (const { http } of this.#directions) http.end();
    this.#match();
    for (const { ask, ends } of this.#asks) this.#handler.pair(ask, undefined, ends);
    for (let left = this.#replies.length; left > 0; left--) this.#handler.orphan();
    this.#asks = [];
    this.#replies = [];
  }

  #direction(from: string, to: string): Direction {
    const http = new HttpStream({
      message: (message) => this.#message(message, { client: from, server: to }),
      foreign: (start) => this.#foreign(start),
      broken: (packet, problem) => {
        this.#hasGaps = true;
        this.#handler.broken(packet, problem);
      },
      answersHead: () => this.#heads.has(this.#answered),
    });
    const stream = new Stream({
      data: (bytes, at) => http.push(bytes, at),
      gap: (bytes) => {
        this.#hasGaps = true;
        http.gap(bytes);
      },
      closed: () => http.end(),
    });
    return { from, stream, http };
  }

  #foreign(start: Uint8Array): void {
    if (!this.#isForeign) this.#handler.foreign(isTls(start) ? 'TLS' : 'other');
    this.#isForeign = true;
  }

  #message(message: HttpMessage, ends: Ends): void {
    if (message.kind === 'request') {
      if (message.method === 'HEAD') this.#heads.add(this.#asked);
      this.#asked++;
      this.#asks.push({ ask: message, ends });
      if (this.#asks.length > MAX_WAITING) this.#giveUpFirst();
    } else {
      // Interim responses come before the answer (RFC 9110 §15.2).
      if (message.status < 200 && message.status !== 101) return;
      this.#heads.delete(this.#answered++);
      this.#replies.push(message);
      if (this.#replies.length > MAX_WAITING) {
        this.#replies.shift();
        this.#handler.orphan();
      }
    }
    this.#match();
  }

  #giveUpFirst(): void {
    const first = this.#asks.shift();
    if (first) this.#handler.pair(first.ask, undefined, first.ends);
  }

  #match(): void {
    for (let reply = this.#replies[0]; reply && this.#asks.length > 0; reply = this.#replies[0]) {
      if (this.#hasGaps) {
        const { time } = reply.began;
        const answering = reply;
        const latest = this.#asks.findLastIndex(
          ({ ask }) => ask.began.time <= time && this.#handler.fits(ask, answering),
        );
        for (let before = latest; before > 0; before--) this.#giveUpFirst();
        if (latest < 0) {
          this.#replies.shift();
          this.#handler.orphan();
          continue;
        }
      }
      const first = this.#asks.shift();
      this.#replies.shift();
      if (first) this.#handler.pair(first.ask, reply, first.ends);
    }
  }
}
