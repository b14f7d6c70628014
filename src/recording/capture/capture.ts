/**
 * Packet captures in (tcpdump, Wireshark): every PPSP-TP exchange over plain HTTP that is in them. All else is
 * counted; a packet that is damaged is named by its number, and the rest is read.
 */
import { present } from '../../protocol/reading.ts';
import { headerIn, recordedHeaders } from '../headers.ts';
import { isPpsp, meaningOf } from '../meaning.ts';
import { ImportNotes } from '../problem.ts';
import type { ImportReader, ImportReport } from '../problem.ts';
import { bodyOf } from '../record.ts';
import type { RecordedExchange, RecordedMessage, RecordedResult } from '../record.ts';
import { Conversation } from './conversation.ts';
import type { Ends } from './conversation.ts';
import { segmentIn } from './frame.ts';
import type { HttpAsk, HttpMessage, HttpReply } from './http.ts';
import type { Packet, PacketHandler, PacketReader } from './packet.ts';
import { PcapFile } from './pcap-file.ts';
import { PcapngFile } from './pcapng-file.ts';

/** Connections followed at once; the one that was silent longest is given up for a new one. */
const MAX_CONNECTIONS = 16_384;
/** Bytes of all connections that wait for what is missing. */
const MAX_HELD = 256 * 1024 * 1024;

const NO_ANSWER: RecordedResult = {
  kind: 'failed',
  failure: 'no-answer',
  detail: 'the capture holds no whole answer',
};

interface Followed {
  readonly conversation: Conversation;
  held: number;
}

export class CaptureReader implements ImportReader {
  readonly #file: string;
  readonly #onExchange: (exchange: RecordedExchange) => void;
  readonly #notes: ImportNotes;
  readonly #packets: PacketReader;
  /** The one heard of last is the last. */
  readonly #connections = new Map<string, Followed>();
  #held = 0;

  /** `file`: its name, for the exchanges' origin. */
  constructor(format: 'pcap' | 'pcapng', file: string, onExchange: (exchange: RecordedExchange) => void) {
    this.#file = file;
    this.#onExchange = onExchange;
    this.#notes = new ImportNotes(format);
    const handler: PacketHandler = {
      packet: (packet) => this.#packet(packet),
      broken: (number, problem) => this.#notes.problem('packet', number, problem),
    };
    this.#packets = format === 'pcap' ? new PcapFile(handler) : new PcapngFile(handler);
  }

  push(chunk: Uint8Array): void {
    this.#packets.push(chunk);
  }

  end(): ImportReport {
    this.#packets.end();
    for (const key of [...this.#connections.keys()]) this.#giveUp(key);
    return this.#notes.report();
  }

  #packet({ number, time, link, bytes }: Packet): void {
    const framed = segmentIn(link, bytes);
    if (framed.kind === 'broken') this.#notes.problem('packet', number, framed.problem);
    else if (framed.kind === 'other') this.#notes.skip(framed.what);
    else {
      const { from, to } = framed.segment;
      const key = from < to ? `${from} ${to}` : `${to} ${from}`;
      const known = this.#connections.get(key) ?? this.#follow(key, from, to);
      const at = { time, packet: number };
      if (!known.conversation.push(framed.segment, at)) {
        this.#giveUp(key);
        this.#follow(key, from, to).conversation.push(framed.segment, at);
      }
      this.#touch(key);
    }
  }

  #follow(key: string, from: string, to: string): Followed {
    const conversation = new Conversation(from, to, {
      pair: (ask, reply, ends) => this.#pair(ask, reply, ends),
      fits: (ask, reply) => isAnswerTo(ask, reply),
      orphan: () => this.#notes.skip('responses without their request'),
      broken: (packet, problem) => this.#notes.problem('packet', packet, problem),
      foreign: (kind) =>
        this.#notes.skip(kind === 'TLS' ? 'connections over TLS' : 'connections that are no HTTP/1.1'),
    });
    const followed = { conversation, held: 0 };
    this.#connections.set(key, followed);
    return followed;
  }

  #touch(key: string): void {
    const followed = this.#connections.get(key);
    if (!followed) return;
    this.#connections.delete(key);
    this.#connections.set(key, followed);
    const { held } = followed.conversation;
    this.#held += held - followed.held;
    followed.held = held;
    while (this.#held > MAX_HELD || this.#connections.size > MAX_CONNECTIONS) {
      const [oldest] = this.#connections.keys();
      if (oldest === undefined) break;
      this.#giveUp(oldest);
    }
  }

  #giveUp(key: string): void {
    const followed = this.#connections.get(key);
    if (!followed) return;
    this.#connections.delete(key);
    this.#held -= followed.held;
    followed.conversation.finish();
  }

  #pair(ask: HttpAsk, reply: HttpReply | undefined, { client, server }: Ends): void {
    const request = messageOf(ask);
    if (!isPpsp(ask.method, request)) {
      this.#notes.skip('HTTP exchanges that are no PPSP-TP');
      return;
    }
    const result: RecordedResult = reply
      ? { kind: 'answered', status: reply.status, reason: reply.reason, ...messageOf(reply) }
      : NO_ANSWER;
    for (const { whole, began } of reply ? [ask, reply] : [ask])
      if (!whole) this.#notes.problem('packet', began.packet, 'begins a message of which bytes are missing');
    this.#notes.exchanges++;
    this.#onExchange({
      id: this.#notes.exchanges,
      time: ask.began.time,
      clock: 'absolute',
      ...(reply ? { took: Math.max(0, reply.ended - ask.began.time) } : {}),
      from: 'foreign',
      remote: client,
      url: urlOf(ask, server),
      attempt: 1,
      ...meaningOf(request, result),
      origin: { file: this.#file, line: ask.began.packet },
      request,
      result,
    });
  }
}

/** Every answer with a body names the transaction of its request: in quotes as JSON, between tags or numbered on as XML. */
function isAnswerTo(ask: HttpAsk, reply: HttpReply): boolean {
  const request = messageOf(ask);
  const { body } = messageOf(reply);
  if (!isPpsp(ask.method, request) || body === undefined || body.length === 0) return true;
  const { transactionId } = meaningOf(request, NO_ANSWER);
  if (transactionId === undefined || typeof body !== 'string') return true;
  return ['"', '>'].some((before) =>
    ['"', '<', '.'].some((after) => body.includes(before + transactionId + after)),
  );
}

function urlOf(ask: HttpAsk, server: string): string {
  if (/^https?:\/\//i.test(ask.target)) return ask.target;
  return `http://${headerIn(ask.headers, 'host') ?? server}${ask.target}`;
}

function messageOf(message: HttpMessage): RecordedMessage {
  const { headers, body, bytes, whole } = message;
  return {
    ...present('contentType', headerIn(headers, 'content-type')),
    headers: recordedHeaders(headers),
    // What has a hole in it would read as something that nobody sent.
    ...(whole ? { body: bodyOf(body) } : {}),
    bytes,
  };
}
