/** What both readers share: where they note departures, where they give up, and how much they read. */
import { canonicalAddress, typedAddress } from './address.ts';
import type { DecodeError, Decoded, Finding } from './codec.ts';
import { idProblem, MAX_NOTE_BYTES } from './ids.ts';
import type { TransactionId } from './ids.ts';
import type { PeerAddress } from './message.ts';

/** Longest list read of anything: swarm actions, statistics, results, peers of one swarm. */
export const MAX_LIST = 1024;
/** Addresses of one peer: the tracker keeps them, and hands them all out with every list the peer is on. */
export const MAX_ADDRESSES = 8;
/** The largest value of a byte counter, which is 64 bits wide (`StreamStats`). */
export const MAX_COUNTER = 0xffff_ffff_ffff_ffffn;
/** Findings kept of one message: a list may depart from the grammar in every entry. */
const MAX_FINDINGS = 64;

/**
 * One message being read. The first refusal settles it: readers answer `undefined` from then on,
 * and `finish` tells a refused message from one that merely left something out.
 */
export class Reading {
  readonly findings: Finding[] = [];
  /** Set once it was read, so that a refusal can still echo it. */
  transactionId: TransactionId | undefined;
  private error: DecodeError | undefined;

  found(path: string, expected: string, section: string): void {
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ path, expected, section });
  }

  refuse(path: string, problem: string, error: DecodeError['error'] = 'bad-request'): undefined {
    this.error ??= { error, path, problem };
  }

  finish<M>(message: M | undefined): Decoded<M> {
    const { error, transactionId } = this;
    if (error === undefined && message !== undefined) return { ok: true, message, findings: this.findings };
    return {
      ok: false,
      error: {
        ...(error ?? { error: 'bad-request', path: '', problem: 'cannot be read' }),
        ...present('transactionId', transactionId),
      },
    };
  }

  /** A whole number; digits in a string pass where numbers are due, for the RFC's own examples do so. */
  integer(value: unknown, path: string, section: string, max = Number.MAX_SAFE_INTEGER): number | undefined {
    if (value === undefined) return this.refuse(path, 'is missing');
    let number = value;
    if (typeof value === 'string' && /^[0-9]{1,16}$/.test(value)) {
      this.found(path, 'a number, not a string', section);
      number = Number(value);
    }
    return this.count(number, path, max);
  }

  /** The same of a text of digits, as XML writes numbers. */
  digits(text: string, path: string, max = Number.MAX_SAFE_INTEGER): number | undefined {
    return this.count(/^[0-9]{1,16}$/.test(text) ? Number(text) : undefined, path, max);
  }

  private count(number: unknown, path: string, max: number): number | undefined {
    if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= max)
      return number + 0; // -0 becomes 0
    return this.refuse(path, `is not a whole number from 0 to ${max}`);
  }

  /**
   * A byte counter of JSON, 0 to 2^64 - 1: a number, a bigint (which a parser that keeps every digit makes
   * of a number beyond 2^53), or digits in a string, which is a finding. A number beyond 2^53 has lost its
   * last digits before it came here; it is taken as it is, with a finding.
   */
  counter(value: unknown, path: string, section: string): bigint | undefined {
    if (value === undefined) return this.refuse(path, 'is missing');
    if (typeof value === 'string') {
      const counter = this.counterDigits(value, path);
      if (counter !== undefined) this.found(path, 'a number, not a string', section);
      return counter;
    }
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (!Number.isSafeInteger(value)) this.found(path, 'a number with all its digits kept', section);
      return this.inCounter(BigInt(value), path);
    }
    return this.inCounter(typeof value === 'bigint' ? value : undefined, path);
  }

  /** The same of a text of digits, as XML writes numbers; leading zeros pass. */
  counterDigits(text: string, path: string): bigint | undefined {
    return this.inCounter(/^[0-9]{1,32}$/.test(text) ? BigInt(text) : undefined, path);
  }

  private inCounter(value: bigint | undefined, path: string): bigint | undefined {
    if (value !== undefined && value >= 0n && value <= MAX_COUNTER) return value;
    return this.refuse(path, 'is not a whole number from 0 to 2^64 - 1');
  }

  /** An identifier, kept exactly as it stands. */
  id(value: unknown, path: string, maxBytes?: number): string | undefined {
    if (value === undefined) return this.refuse(path, 'is missing');
    if (typeof value !== 'string') return this.refuse(path, 'is not a string');
    const problem = idProblem(value, maxBytes);
    return problem === undefined ? value : this.refuse(path, problem);
  }

  /** An identifier that may be left out. */
  optionalId(value: unknown, path: string): string | undefined {
    return value === undefined ? undefined : this.id(value, path);
  }

  /** Informative text such as an AS number. */
  note(value: unknown, path: string): string | undefined {
    return value === undefined ? undefined : this.id(value, path, MAX_NOTE_BYTES);
  }

  oneOf<const Word extends string>(value: unknown, words: readonly Word[], path: string): Word | undefined {
    if (value === undefined) return this.refuse(path, 'is missing');
    for (const word of words) if (word === value) return word;
    return this.refuse(path, `is not ${words.join(' or ')}`);
  }

  /** An address checked against its type; without a type the text itself decides. */
  address(
    type: unknown,
    text: unknown,
    paths: { readonly type: string; readonly address: string },
    section: string,
  ): Pick<PeerAddress, 'addressType' | 'address'> | undefined {
    if (text === undefined) return this.refuse(paths.address, 'is missing');
    if (typeof text !== 'string') return this.refuse(paths.address, 'is not a string');
    if (type === undefined) {
      this.found(paths.type, 'ipv4 or ipv6', section);
      return typedAddress(text) ?? this.refuse(paths.address, 'is no IPv4 or IPv6 address');
    }
    const lower = typeof type === 'string' ? type.toLowerCase() : undefined;
    if (lower !== 'ipv4' && lower !== 'ipv6') return this.refuse(paths.type, 'is not ipv4 or ipv6');
    if (lower !== type) this.found(paths.type, 'ipv4 or ipv6 in lower case', section);
    const address = canonicalAddress(lower, text);
    if (address === undefined) return this.refuse(paths.address, `is no ${lower} address`);
    return { addressType: lower, address };
  }
}

/** `{ key: value }`, or nothing when the value is absent: `exactOptionalPropertyTypes` tells the two apart. */
export function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

/** A record while it is put together. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** An address of its parts, member by member: a peer list holds thirty, and spreads would triple its cost. */
export function newAddress(
  { addressType, address }: Pick<PeerAddress, 'addressType' | 'address'>,
  port: number,
  priority: number,
  type: PeerAddress['type'],
  connection: string | undefined,
  asn: string | undefined,
  peerProtocol: string | undefined,
): PeerAddress {
  // Whole where nothing is left out, or the AS number alone: members that come later have memory of their own in V8.
  if (connection !== undefined && peerProtocol !== undefined)
    return asn === undefined
      ? { addressType, address, port, priority, type, connection, peerProtocol }
      : { addressType, address, port, priority, type, connection, asn, peerProtocol };
  const made: Writable<PeerAddress> = { addressType, address, port, priority, type };
  if (connection !== undefined) made.connection = connection;
  if (asn !== undefined) made.asn = asn;
  if (peerProtocol !== undefined) made.peerProtocol = peerProtocol;
  return made;
}

/** Every item read, or `undefined` when one was refused. */
export function all<Item, Result>(
  items: readonly Item[],
  read: (item: Item, index: number) => Result | undefined,
): Result[] | undefined {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    const result = read(item, index);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results;
}
