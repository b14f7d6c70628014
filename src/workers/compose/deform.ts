/**
 * Ways to spoil a message on purpose, each by one thing, so that a tracker's answer tells what it minds. All work on
 * the bytes: what they do to a text that is no message any more is the same.
 */
import { encodeText } from '../../protocol/text.ts';

export interface Deformed {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

interface Deformation {
  readonly name: string;
  /** What a tracker should answer, in few words, with the place that says so. */
  readonly expect: string;
  /** `random`: from 0 to below 1. `undefined`: the message has nothing of the kind to spoil. */
  readonly spoil: (message: Deformed, random: () => number) => Partial<Deformed> | undefined;
}

// A byte order mark stays; what is no UTF-8 is not looked into.
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** RFC 7846 §3.4 and the drafts: 1,024 bytes for an identifier, 1 MiB for a body (digest, "Errors"). */
const LONG_ID = 5000;
const OVERSIZE = 1024 * 1024 + 1;
const FLIPS = 3;

function textOf(body: Uint8Array): string | undefined {
  try {
    return STRICT.decode(body);
  } catch {
    return undefined;
  }
}

const isJson = (text: string): boolean => /^\ufeff?\s*\{/.test(text);

/** The value of a member or element or attribute, wherever it stands first: before it, itself, after it. */
const PLACES = {
  transaction: [/("transaction_id"\s*:\s*")([^"]*)(")/, /(<(?:\w+:)?TransactionID>)([^<]*)(<)/],
  peer: [/("peer_id"\s*:\s*")([^"]*)(")/, /(<(?:\w+:)?PeerID>)([^<]*)(<)/],
  version: [
    /("version"\s*:\s*"?)([\w.]*)("?)/,
    /(<(?:\w+:)?PPSPTrackerProtocol\b[^>]*\bversion=["'])([^"']*)(["'])/,
  ],
  method: [/("request_type"\s*:\s*")([^"]*)(")/, /(<(?:\w+:)?(?:Request|Method|RESPONSE)>)([^<]*)(<)/],
} as const satisfies Record<string, readonly [json: RegExp, xml: RegExp]>;
type Place = keyof typeof PLACES;

/** The text with another value there; `undefined` when there is no such place. */
export function withValue(text: string, place: Place, value: string): string | undefined {
  const pattern = PLACES[place][isJson(text) ? 0 : 1];
  return pattern.test(text)
    ? text.replace(pattern, (_, before: string, __, after: string) => before + value + after)
    : undefined;
}

type Rewrite = (text: string, random: () => number) => string | undefined;

const rewriting =
  (rewrite: Rewrite): Deformation['spoil'] =>
  ({ body }, random) => {
    const text = textOf(body);
    const spoilt = text === undefined ? undefined : rewrite(text, random);
    return spoilt === undefined ? undefined : { body: encodeText(spoilt) };
  };

const valued =
  (place: Place, value: string): Deformation['spoil'] =>
  (message, random) =>
    rewriting((text) => withValue(text, place, value))(message, random);

/** The whole member or element once more, after itself. */
const DUPLICATED = [
  /"transaction_id"\s*:\s*"[^"]*"\s*,/,
  /<(?:\w+:)?TransactionID>[^<]*<\/(?:\w+:)?TransactionID>/,
] as const;
const REMOVED = [/"peer_id"\s*:\s*"[^"]*"\s*,?/, /<(?:\w+:)?PeerID>[^<]*<\/(?:\w+:)?PeerID>/] as const;

const replaced =
  (patterns: readonly [RegExp, RegExp], by: (found: string) => string): Rewrite =>
  (text) => {
    const pattern = patterns[isJson(text) ? 0 : 1];
    return pattern.test(text) ? text.replace(pattern, by) : undefined;
  };

function truncated({ body }: Deformed): Partial<Deformed> | undefined {
  return body.length < 2 ? undefined : { body: body.slice(0, Math.floor(body.length / 2)) };
}

/** A start of two bytes without its second (Unicode 15, table 3-7), in the middle of the body. */
function brokenUtf8({ body }: Deformed): Partial<Deformed> | undefined {
  if (body.length === 0) return undefined;
  const at = Math.floor(body.length / 2);
  const spoilt = new Uint8Array(body.length + 2);
  spoilt.set(body.subarray(0, at));
  spoilt.set([0xc3, 0x28], at);
  spoilt.set(body.subarray(at), at + 2);
  return { body: spoilt };
}

function flipped({ body }: Deformed, random: () => number): Partial<Deformed> | undefined {
  if (body.length === 0) return undefined;
  const spoilt = body.slice();
  // Different bits each, so that no flip undoes another.
  const bits = new Set<number>();
  while (bits.size < Math.min(FLIPS, body.length * 8)) bits.add(Math.floor(random() * body.length * 8));
  for (const bit of bits) spoilt[bit >> 3] = (spoilt[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return { body: spoilt };
}

const padded: Rewrite = (text) => {
  const end = text.trimEnd().length;
  return end === 0 || end > OVERSIZE ? undefined : text.slice(0, end) + ' '.repeat(OVERSIZE - end);
};

const doctype: Rewrite = (text) =>
  isJson(text)
    ? undefined
    : text.replace(
        /(<\?xml[^>]*\?>)?/,
        '$1<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
      );

/** In the order in which they are done when several are asked for: what rewrites comes before what breaks. */
export const DEFORMATIONS = {
  'wrong-version': {
    name: 'A version that nobody has (99)',
    expect: '400, unsupported version (RFC 7846 §4.3, error 02)',
    spoil: valued('version', '99'),
  },
  'unknown-method': {
    name: 'An unknown method',
    expect: '400, bad request (extended-04 §4.5, "Unknown Messages")',
    spoil: valued('method', 'DANCE'),
  },
  'wrong-peer': {
    name: 'The ID of a peer that is not registered',
    expect: '403, unless it registers (RFC 7846 §2.3.2)',
    spoil: valued('peer', 'nobody-of-this-tracker'),
  },
  'no-peer': {
    name: 'No peer ID',
    expect: '400, bad request (RFC 7846 §3.3.3)',
    spoil: rewriting(replaced(REMOVED, () => '')),
  },
  'duplicate-element': {
    name: 'The transaction ID twice',
    expect: 'JSON: the last counts. XML: 400, bad request',
    spoil: rewriting(replaced(DUPLICATED, (found) => found + found)),
  },
  'huge-field': {
    name: `A peer ID of ${LONG_ID} bytes`,
    expect: '400, bad request: identifiers end at 1,024 bytes',
    spoil: valued('peer', 'p'.repeat(LONG_ID)),
  },
  'document-type': {
    name: 'A document type with entities (XML)',
    expect: '400, bad request: no DTD is read',
    spoil: rewriting(doctype),
  },
  'over-large': {
    name: 'A body over 1 MiB, filled up with blanks',
    expect: '413',
    spoil: rewriting(padded),
  },
  truncate: {
    name: 'Only the first half of the body',
    expect: '400, bad request',
    spoil: truncated,
  },
  'no-body': {
    name: 'No body at all',
    expect: '400, bad request',
    spoil: () => ({ body: new Uint8Array() }),
  },
  'broken-utf8': {
    name: 'A broken UTF-8 sequence in the middle',
    expect: '400, bad request',
    spoil: brokenUtf8,
  },
  'bit-flips': {
    name: `${FLIPS} bits flipped, chosen by the seed`,
    expect: 'an answer in any case, mostly 400',
    spoil: flipped,
  },
  'wrong-content-type': {
    name: 'A Content-Type that is none of PPSP-TP’s (text/plain)',
    expect: '415',
    spoil: () => ({ contentType: 'text/plain' }),
  },
} as const satisfies Record<string, Deformation>;

export type DeformationName = keyof typeof DEFORMATIONS;

export const DEFORMATION_NAMES = Object.keys(DEFORMATIONS) as DeformationName[];

export interface Spoilt extends Deformed {
  /** Asked for, but the message had nothing of the kind to spoil. */
  readonly without: readonly DeformationName[];
}

/** The message with all of them done to it, in the order of the table. */
export function deform(message: Deformed, wanted: readonly DeformationName[], random: () => number): Spoilt {
  let { body, contentType } = message;
  const without: DeformationName[] = [];
  for (const name of DEFORMATION_NAMES) {
    if (!wanted.includes(name)) continue;
    const change: Partial<Deformed> | undefined = DEFORMATIONS[name].spoil({ body, contentType }, random);
    if (change === undefined) without.push(name);
    body = change?.body ?? body;
    contentType = change?.contentType ?? contentType;
  }
  return { body, contentType, without };
}
