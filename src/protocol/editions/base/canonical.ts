/**
 * The form our own writers give a message in XML, read without a tree: fixed tags in a fixed order, one
 * space before an attribute, double quotes, no comments, the references our writers use. Each reader here
 * answers `undefined`, "I decline", on the first departure, on whatever would be refused and on whatever
 * would be a finding: read-request.ts and read-response.ts, which take any XML, then say what it means.
 */
import { canonicalAddress, MAX_PORT } from '../../address.ts';
import { decodeBase64 } from '../../base64.ts';
import type { FromBase64 } from '../../base64.ts';
import { idProblem, MAX_ID_BYTES, MAX_NOTE_BYTES } from '../../ids.ts';
import type { EditionId, PeerAddress } from '../../message.ts';
import { MAX_ADDRESSES, MAX_COUNTER, newAddress } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import { decodePiece, decodeText, detached, encodeText } from '../../text.ts';
import { XML_DECLARATION } from '../../xml.ts';
import { ROOT } from './elements.ts';

type XmlEdition = Exclude<EditionId, 'rfc7846'>;
const opening = (edition: XmlEdition): string =>
  `${XML_DECLARATION}<${ROOT} version="${RULES[edition].version}">`;
const CLOSING = `</${ROOT}>`;

const QUOTE = 0x22;
const LESS_THAN = 0x3c;
/** By byte, 1: what an identifier holds without anything to decode, to refuse or to end it. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte <= 0x7e && !'&<>"'.includes(String.fromCharCode(byte)) ? 1 : 0,
);
const REFERENCE = /&(?:amp|lt|gt|quot);|&/g;
const MEANING: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
]);

/** A tag, or a piece of one, that lists repeat: compared four bytes at a time. */
export interface Tag {
  readonly words: Int32Array;
  /** What is left after the words. */
  readonly rest: string;
  readonly length: number;
}

export function tag(ascii: string): Tag {
  const { buffer, byteLength } = encodeText(ascii);
  const view = new DataView(buffer);
  const words = Int32Array.from({ length: byteLength >> 2 }, (_, index) => view.getInt32(4 * index, true));
  return { words, rest: ascii.slice(4 * words.length), length: byteLength };
}

const OPENINGS: Readonly<Record<XmlEdition, Uint8Array>> = {
  'base-1.0': encodeText(opening('base-1.0')),
  'extended-1.1': encodeText(opening('extended-1.1')),
  'gu-04': encodeText(opening('gu-04')),
};
const ADDRESS = tag('<PeerAddress addrType="ipv');
const IP4 = tag('4" ip="');
const IP6 = tag('6" ip="');
const PORT = tag(' port="');
const PRIORITY = tag('" priority="');
const TYPE = tag('" type="');
const CONNECTION = tag(' connection="');
const ASN = tag(' asn="');
const PEER_PROTOCOL = tag(' peerProtocol="');

/** The value last read in one place of a list: connections, AS numbers and swarms repeat from peer to peer. */
class Repeated {
  /** Where it stood in the message. */
  from = 0;
  to = 0;
  value: string | undefined;
}

/** Where a canonical message is read. Nothing is scanned more than three times: a long body costs its length. */
export class Cursor {
  readonly swarmId = new Repeated();
  private readonly connection = new Repeated();
  private readonly asn = new Repeated();
  private readonly peerProtocol = new Repeated();
  private readonly body: Uint8Array;
  private readonly view: DataView;
  /** The body as text when it is all ASCII, so that places in both are the same. */
  private readonly ascii: string | undefined;
  /** In bytes; set only to go back. */
  place = 0;

  private constructor(body: Uint8Array, text: string) {
    this.body = body;
    this.view = new DataView(body.buffer, body.byteOffset, body.length);
    this.ascii = text.length === body.length ? text : undefined;
  }

  /**
   * Past the root's start tag. An element has more than four characters and a reference at least that many,
   * so a body no longer than this has no more of either than `maxElements`.
   */
  static open(body: Uint8Array, edition: XmlEdition, maxElements: number): Cursor | undefined {
    const begin = OPENINGS[edition];
    // Before any text is made of it, for not every body that comes here is of this edition.
    if (body.length > 4 * maxElements || !begins(body, begin)) return undefined;
    const decoded = decodeText(body);
    if (!decoded.ok) return undefined;
    const cursor = new Cursor(body, decoded.text);
    cursor.place = begin.length;
    return cursor;
  }

  /** Past the root's end tag, with nothing behind it. */
  close(): boolean {
    return this.skip(CLOSING) && this.place === this.body.length;
  }

  /** Past `literal`, which is ASCII. */
  skip(literal: string): boolean {
    const { place: at, body } = this;
    for (let i = 0; i < literal.length; i++) if (body[at + i] !== literal.charCodeAt(i)) return false;
    this.place = at + literal.length;
    return true;
  }

  /** The same of a tag. */
  pass({ words, rest, length }: Tag): boolean {
    const { place: at, view } = this;
    if (at + length > view.byteLength) return false;
    let to = at;
    for (let i = 0; i < words.length; i++, to += 4) if (view.getInt32(to, true) !== words[i]) return false;
    for (let i = 0; i < rest.length; i++, to++) if (this.body[to] !== rest.charCodeAt(i)) return false;
    this.place = to;
    return true;
  }

  /** Past what `pattern`, which is sticky, matches of an ASCII body; its groups are views of the whole text. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    if (this.ascii === undefined) return undefined;
    pattern.lastIndex = this.place;
    const match = pattern.exec(this.ascii);
    if (match === null) return undefined;
    this.place = pattern.lastIndex;
    return match;
  }

  /** What stands from `from` to `to`, in memory of its own. */
  private text(from: number, to: number): string {
    return this.ascii === undefined
      ? decodePiece(this.body.subarray(from, to))
      : detached(this.ascii.slice(from, to));
  }

  /** An identifier up to `end`, and past that. */
  id(end: '"' | '<', maxBytes = MAX_ID_BYTES): string | undefined {
    const { place: from, body } = this;
    const last = end === '"' ? QUOTE : LESS_THAN;
    let to = from;
    while (PLAIN[body[to] ?? 0] === 1) to++;
    const plain = body[to] === last;
    while (to < body.length && body[to] !== last) to++;
    this.place = to + 1;
    if (to === body.length || to === from) return undefined;
    if (plain) return to - from > maxBytes ? undefined : this.text(from, to);
    const value = decoded(this.text(from, to));
    return value === undefined || idProblem(value, maxBytes) !== undefined ? undefined : value;
  }

  /** The same in an attribute that often holds what it held the last time. */
  again(last: Repeated, maxBytes?: number): string | undefined {
    const { place: at, body } = this;
    const { from, to, value } = last;
    let same = 0;
    while (from + same < to && body[from + same] === body[at + same]) same++;
    if (value !== undefined && from + same === to && body[at + same] === QUOTE) {
      this.place = at + same + 1;
      return value;
    }
    last.value = this.id('"', maxBytes);
    last.from = at;
    last.to = this.place - 1;
    return last.value;
  }

  /** A whole number, up to the first character that is no digit. */
  number(max = Number.MAX_SAFE_INTEGER): number | undefined {
    const { place: from, body } = this;
    let at = from;
    let number = 0;
    for (; ; at++) {
      const digit = (body[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    this.place = at;
    return at === from || at - from > 16 || number > max ? undefined : number;
  }

  /** A counter of 64 bits, the same way. */
  counter(): bigint | undefined {
    const { place: from, body } = this;
    let to = from;
    while (isDigit(body[to])) to++;
    this.place = to;
    if (to === from || to - from > 20) return undefined;
    const counter = BigInt(String.fromCharCode(...body.subarray(from, to)));
    return counter <= MAX_COUNTER ? counter : undefined;
  }

  /** Base64 up to the next "<", and past that. */
  base64(): FromBase64 | undefined {
    const { place: from, body } = this;
    const to = body.indexOf(LESS_THAN, from);
    if (to < 0) return undefined;
    this.place = to + 1;
    return decodeBase64(decodePiece(body.subarray(from, to)));
  }

  oneOf<const Word extends string>(words: readonly Word[]): Word | undefined {
    for (const word of words) if (this.skip(word)) return word;
    return undefined;
  }

  /** As many as there are. */
  addresses(): PeerAddress[] | undefined {
    const addresses: PeerAddress[] = [];
    while (this.pass(ADDRESS)) {
      const address = this.address();
      if (!address || addresses.push(address) > MAX_ADDRESSES) return undefined;
    }
    return addresses;
  }

  private address(): PeerAddress | undefined {
    const addressType = this.pass(IP4) ? 'ipv4' : this.pass(IP6) ? 'ipv6' : undefined;
    if (addressType === undefined) return undefined;
    const ip = this.id('"', MAX_NOTE_BYTES);
    const address = ip === undefined ? undefined : canonicalAddress(addressType, ip);
    if (address === undefined || !this.pass(PORT)) return undefined;
    const port = this.number(MAX_PORT);
    if (port === undefined || !this.pass(PRIORITY)) return undefined;
    const priority = this.number();
    if (priority === undefined || !this.pass(TYPE)) return undefined;
    const type = this.oneOf(['HOST', 'REFLEXIVE', 'PROXY']);
    if (type === undefined || !this.skip('"')) return undefined;
    let connection: string | undefined;
    let asn: string | undefined;
    let peerProtocol: string | undefined;
    if (this.pass(CONNECTION)) {
      connection = this.again(this.connection, MAX_NOTE_BYTES);
      if (connection === undefined) return undefined;
    }
    if (this.pass(ASN)) {
      asn = this.again(this.asn, MAX_NOTE_BYTES);
      if (asn === undefined) return undefined;
    }
    if (this.pass(PEER_PROTOCOL)) {
      peerProtocol = this.again(this.peerProtocol, MAX_NOTE_BYTES);
      if (peerProtocol === undefined) return undefined;
    }
    if (!this.skip('/>')) return undefined;
    return newAddress({ addressType, address }, port, priority, type, connection, asn, peerProtocol);
  }
}

function begins(body: Uint8Array, begin: Uint8Array): boolean {
  for (let at = 0; at < begin.length; at++) if (body[at] !== begin[at]) return false;
  return true;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** `undefined` when it holds markup, or a reference our writers do not use. */
function decoded(raw: string): string | undefined {
  if (/[<>]/.test(raw)) return undefined;
  let known = true;
  const text = raw.replace(REFERENCE, (reference) => {
    const meaning = MEANING.get(reference);
    if (meaning === undefined) known = false;
    return meaning ?? '';
  });
  return known ? text : undefined;
}
