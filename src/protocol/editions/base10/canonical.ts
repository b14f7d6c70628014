/**
 * The form our own writers give a base-1.0 message, read without a tree: fixed tags in a fixed order, one
 * space before an attribute, double quotes, no comments, the references our writers use. Each reader here
 * answers `undefined`, "I decline", on the first departure, on whatever would be refused and on whatever
 * would be a finding: read-request.ts and read-response.ts, which take any XML, then say what it means.
 */
import { canonicalAddress, MAX_PORT } from '../../address.ts';
import { idProblem, MAX_ID_BYTES, MAX_NOTE_BYTES } from '../../ids.ts';
import type { PeerAddress } from '../../message.ts';
import { MAX_ADDRESSES, newAddress } from '../../reading.ts';
import { decodeText, detached } from '../../text.ts';
import { XML_DECLARATION } from '../../xml.ts';
import { ROOT, VERSION } from './elements.ts';

const OPENING = `${XML_DECLARATION}<${ROOT} version="${VERSION}">`;
const CLOSING = `</${ROOT}>`;

/** An identifier with nothing to decode and nothing to refuse, save its length: most are like this. */
const PLAIN = /^[ -%'-;=?-~]+$/;
const REFERENCE = /&(?:amp|lt|gt|quot);|&/g;
const MEANING: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
]);

/** The value last read in one place of a list: connections, AS numbers and swarms repeat from peer to peer. */
class Repeated {
  /** As it stood in the message. */
  raw = '';
  value = '';
}

/** Where a canonical message is read. Nothing is scanned twice, so that a long body costs its length. */
export class Cursor {
  readonly swarmId = new Repeated();
  private readonly connection = new Repeated();
  private readonly asn = new Repeated();
  private readonly peerProtocol = new Repeated();
  private readonly text: string;
  private at = 0;

  private constructor(text: string) {
    this.text = text;
  }

  /**
   * Past the root's start tag. An element has more than four characters and a reference at least that many,
   * so a body no longer than this has no more of either than `maxElements`.
   */
  static open(body: Uint8Array, maxElements: number): Cursor | undefined {
    if (body.length > 4 * maxElements) return undefined;
    const decoded = decodeText(body);
    if (!decoded.ok) return undefined;
    const cursor = new Cursor(decoded.text);
    return cursor.skip(OPENING) ? cursor : undefined;
  }

  /** Past the root's end tag, with nothing behind it. */
  close(): boolean {
    return this.skip(CLOSING) && this.at === this.text.length;
  }

  skip(literal: string): boolean {
    if (!this.text.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  /** An identifier up to `end`, and past that. */
  id(end: '"' | '<', maxBytes = MAX_ID_BYTES): string | undefined {
    const to = this.text.indexOf(end, this.at);
    if (to < 0) return undefined;
    const raw = this.text.slice(this.at, to);
    this.at = to + 1;
    if (raw.length <= maxBytes && PLAIN.test(raw)) return detached(raw);
    const value = decoded(raw);
    return value === undefined || idProblem(value, maxBytes) !== undefined ? undefined : detached(value);
  }

  /** The same in an attribute that often holds what it held the last time. */
  again(last: Repeated, maxBytes?: number): string | undefined {
    const { at, text } = this;
    const to = at + last.raw.length;
    if (to > at && text.charCodeAt(to) === 0x22 && text.startsWith(last.raw, at)) {
      this.at = to + 1;
      return last.value;
    }
    const value = this.id('"', maxBytes);
    if (value === undefined) return undefined;
    last.raw = text.slice(at, this.at - 1);
    last.value = value;
    return value;
  }

  /** A whole number, up to the first character that is no digit. */
  number(max = Number.MAX_SAFE_INTEGER): number | undefined {
    const from = this.at;
    let number = 0;
    for (;;) {
      const digit = this.text.charCodeAt(this.at) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      number = number * 10 + digit;
      this.at++;
    }
    const digits = this.at - from;
    return digits === 0 || digits > 16 || number > max ? undefined : number;
  }

  oneOf<const Word extends string>(words: readonly Word[]): Word | undefined {
    for (const word of words) if (this.skip(word)) return word;
    return undefined;
  }

  /** As many as there are. */
  addresses(): PeerAddress[] | undefined {
    const addresses: PeerAddress[] = [];
    while (this.skip('<PeerAddress addrType="')) {
      const address = this.address();
      if (!address || addresses.push(address) > MAX_ADDRESSES) return undefined;
    }
    return addresses;
  }

  private address(): PeerAddress | undefined {
    const addressType = this.skip('ipv4" ip="') ? 'ipv4' : this.skip('ipv6" ip="') ? 'ipv6' : undefined;
    if (addressType === undefined) return undefined;
    const end = this.text.indexOf('"', this.at);
    // The longest address text is far shorter; what is longer is not worth splitting.
    if (end < 0 || end - this.at > MAX_NOTE_BYTES) return undefined;
    const address = canonicalAddress(addressType, this.text.slice(this.at, end));
    this.at = end;
    if (address === undefined || !this.skip('" port="')) return undefined;
    const port = this.number(MAX_PORT);
    if (port === undefined || !this.skip('" priority="')) return undefined;
    const priority = this.number();
    if (priority === undefined || !this.skip('" type="')) return undefined;
    const type = this.oneOf(['HOST', 'REFLEXIVE', 'PROXY']);
    if (type === undefined || !this.skip('"')) return undefined;
    let connection: string | undefined;
    let asn: string | undefined;
    let peerProtocol: string | undefined;
    if (this.skip(' connection="')) {
      connection = this.again(this.connection, MAX_NOTE_BYTES);
      if (connection === undefined) return undefined;
    }
    if (this.skip(' asn="')) {
      asn = this.again(this.asn, MAX_NOTE_BYTES);
      if (asn === undefined) return undefined;
    }
    if (this.skip(' peerProtocol="')) {
      peerProtocol = this.again(this.peerProtocol, MAX_NOTE_BYTES);
      if (peerProtocol === undefined) return undefined;
    }
    if (!this.skip('/>')) return undefined;
    const ip = { addressType, address: detached(address) } as const;
    return newAddress(ip, port, priority, type, connection, asn, peerProtocol);
  }
}

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
