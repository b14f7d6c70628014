/**
 * The primitives of the packed form, read. The first fault settles it: the reader then stands at the end
 * of the bytes, every further read gives an empty value, and `finish` tells the fault. So whatever the
 * bytes claim, reading takes time and memory in proportion to their number.
 */
import type { Decoded } from '../codec.ts';
import { idProblem } from '../ids.ts';
import { MAX_COUNTER, MAX_LIST } from '../reading.ts';
import { decodePiece } from '../text.ts';
import { decimalBytes, MAX_TAG_LENGTH, MAX_TEXTS, TEXT, UUID_BYTES } from './layout.ts';

/** Bytes a varint of 64 bits can take. */
const MAX_VARINT_BYTES = 10;

export class PackedReader {
  private at = 0;
  private fault: { readonly byte: number; readonly problem: string } | undefined;
  private readonly texts: string[] = [];
  private readonly body: Uint8Array;

  constructor(body: Uint8Array) {
    this.body = body;
  }

  refuse(problem: string): void {
    this.fault ??= { byte: this.at, problem };
    this.at = this.body.length;
  }

  finish<M>(message: M): Decoded<M> {
    if (this.at < this.body.length) this.refuse('is followed by more bytes');
    if (this.fault === undefined) return { ok: true, message, findings: [] };
    const { byte, problem } = this.fault;
    return { ok: false, error: { error: 'bad-request', path: `byte ${byte}`, problem } };
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  /** A view, not a copy; none at all when there are not as many. */
  bytes(length: number): Uint8Array {
    if (length > this.body.length - this.at) {
      this.refuse('ends too soon');
      return new Uint8Array(0);
    }
    this.at += length;
    return this.body.subarray(this.at - length, this.at);
  }

  /** 0 to 2^64 - 1. */
  counter(max = MAX_COUNTER): bigint {
    let value = 0n;
    for (let read = 0; read < MAX_VARINT_BYTES; read++) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * read);
      if (byte >= 0x80) continue;
      if (value > max) break;
      return value;
    }
    this.refuse('is too large a number');
    return 0n;
  }

  varint(): number {
    return Number(this.counter(BigInt(Number.MAX_SAFE_INTEGER)));
  }

  list<Item>(read: () => Item, max = MAX_LIST): Item[] {
    const count = this.varint();
    if (count > max) this.refuse(`lists more than ${max}`);
    const items: Item[] = [];
    while (items.length < count && this.fault === undefined) items.push(read());
    return items;
  }

  /** The word of a code. */
  word<const Word extends string>(words: readonly [Word, ...Word[]], code: number): Word {
    const word = words[code];
    if (word === undefined) this.refuse('has a code without meaning');
    return word ?? words[0];
  }

  literal(): string {
    const [kind, length] = this.tag();
    return this.content(kind, length);
  }

  text(): string {
    const [kind, length] = this.tag();
    if (kind === TEXT.again) {
      const text = this.texts[length - 1];
      if (text === undefined) this.refuse('repeats a text that was not there');
      return text ?? '';
    }
    const text = this.content(kind, length);
    if (this.texts.length < MAX_TEXTS) this.texts.push(text);
    return text;
  }

  /** An identifier that was read, checked as in every edition. */
  id(text: string, maxBytes?: number): string {
    const problem = idProblem(text, maxBytes);
    if (problem !== undefined) this.refuse(problem);
    return text;
  }

  private tag(): [kind: number, length: number] {
    const tag = this.byte();
    const length = tag & MAX_TAG_LENGTH;
    return [tag >> 5, length === 0 ? this.varint() : length];
  }

  private content(kind: number, length: number): string {
    switch (kind) {
      case TEXT.utf8:
        return this.utf8(this.bytes(length));
      case TEXT.hex:
        return hex(this.bytes(length));
      case TEXT.upperHex:
        return hex(this.bytes(length)).toUpperCase();
      case TEXT.decimal:
        return this.decimal(length);
      case TEXT.uuid:
        if (length !== UUID_BYTES) this.refuse('is no UUID');
        return hex(this.bytes(UUID_BYTES)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      default:
        this.refuse('is a text of unknown kind');
        return '';
    }
  }

  private utf8(bytes: Uint8Array): string {
    try {
      return decodePiece(bytes);
    } catch {
      this.refuse('is not valid UTF-8');
      return '';
    }
  }

  private decimal(digits: number): string {
    if (digits > MAX_TAG_LENGTH) {
      this.refuse('has too many digits');
      return '';
    }
    let value = 0n;
    for (const byte of this.bytes(decimalBytes(digits))) value = (value << 8n) | BigInt(byte);
    const text = value.toString().padStart(digits, '0');
    if (text.length > digits) this.refuse('has more digits than it says');
    return text;
  }
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_OF_BYTE[byte];
  return text;
}
