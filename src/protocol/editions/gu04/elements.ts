/** The XML elements that gu-04's requests and responses share (-04 slides; gu -06 §4), read tolerantly. */
import { MAX_PORT, typedAddress } from '../../address.ts';
import { asTransactionId, idProblem } from '../../ids.ts';
import type { ErrorName } from '../../errors.ts';
import { METHODS } from '../../message.ts';
import type { JoinMode, Method, PeerAddress, Property } from '../../message.ts';
import { all, MAX_ADDRESSES, MAX_LIST, newAddress } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import { readXml } from '../../xml.ts';
import type { XmlElement } from '../../xml.ts';
import { every, ROOT, single } from '../base/elements.ts';

export const VERSION = '1.0';
/** Longest `<AuthToken>` read, in bytes of UTF-8 (our bound). */
export const MAX_TOKEN_BYTES = 8192;
/** Longest `<Cer>` read, in UTF-16 units (our bound): a chain of certificates as PEM text. */
export const MAX_CERTIFICATE = 65_536;

/** gu -06 §4.2, table 3; what a tracker writes. */
export const ERROR_WORDS: Readonly<Record<ErrorName, string>> = {
  'bad-request': 'INVALID SYNTAX',
  'unsupported-version': 'VERSION NOT SUPPORTED',
  'authentication-required': 'AUTHENTICATION REQUIRED',
  forbidden: 'MESSAGE FORBIDDEN',
  'not-found': 'OBJECT NOT FOUND',
  internal: 'INTERNAL ERROR',
  overloaded: 'TEMPORARILY OVERLOADED',
};

/** The root element, its transaction ID noted for the answer. The slides write no XML declaration. */
export function readRoot(reading: Reading, body: Uint8Array, maxElements: number): XmlElement | undefined {
  const xml = readXml(body, maxElements);
  if (!xml.ok) return reading.refuse('', xml.problem);
  const { root } = xml;
  if (root.name !== ROOT) return reading.refuse('', `has a root element other than ${ROOT}`);
  const transaction = root.children.find(({ name }) => name === 'TransactionID')?.text ?? '';
  if (idProblem(transaction) === undefined) reading.transactionId = asTransactionId(transaction);
  return root;
}

/** `@version` of the root, or of a query inside a response. */
export function readVersion(reading: Reading, element: XmlElement, path: string): string | undefined {
  const version = element.attributes.get('version');
  if (version === undefined) return reading.refuse(`${path}@version`, 'is missing');
  if (version === VERSION) return version;
  return reading.refuse(`${path}@version`, `PPSP Version is not ${VERSION}`, 'unsupported-version');
}

/**
 * A word of tables 2 and 3: "MUST be treated as case-insensitive" (gu -06 §4.2), and laid out over lines as
 * the tables themselves do. ASCII letters only: no other one is an `I` in capitals.
 */
export const foldedWord = (text: string): string =>
  text
    .trim()
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    .replace(/[ \t\r\n]+/g, ' ');

/**
 * The slides write `STAT QUERY`, `STAT REPORT` and `JOIN CHUNK` beside the names with an underscore, so both
 * are right; FIND_CHUNK they write one way only.
 */
export function readMethod(reading: Reading, text: string, path: string): Method | undefined {
  const word = foldedWord(text);
  if (word === 'FIND CHUNK') reading.found(path, 'FIND_CHUNK', 'gu -04 slides, "Methods"');
  return METHODS.find((method) => method === word.replaceAll(' ', '_'));
}

/** Methods whose answer names the swarm (slides, "FIND Response"; gu -06 §4.6, §4.8). */
export const namesSwarm = (method: Method): boolean =>
  method === 'JOIN' || method === 'JOIN_CHUNK' || method === 'FIND' || method === 'FIND_CHUNK';

/** The identifier in a child that has to be there. */
export function childId(
  reading: Reading,
  parent: XmlElement,
  path: string,
  name: string,
): string | undefined {
  return reading.id(single(reading, parent, path, name)?.text, `${path}.${name}`);
}

/** `<PeerMode>`, which -06's schema calls `<PeerType>`. */
export function readMode(reading: Reading, parent: XmlElement, at: string): JoinMode | undefined {
  const element = single(reading, parent, at, 'PeerMode', 'PeerType');
  if (!element) return undefined;
  const path = `${at}.${element.name}`;
  const word = element.text.trim();
  if (word === 'SEEDER') {
    reading.found(path, 'SEED, LIVESEED or LEECH', 'gu -06 §4.6');
    return 'SEED';
  }
  return reading.oneOf(word, ['SEED', 'LIVESEED', 'LEECH'], path);
}

/** `<PeerAddresses>` of the asker or of a listed peer; none when it is left out. */
export function readAddresses(reading: Reading, parent: XmlElement, at: string): PeerAddress[] | undefined {
  const group = single(reading, parent, at, 'PeerAddresses');
  if (!group) return [];
  const path = `${at}.PeerAddresses`;
  const items = every(group, 'PeerAddress', path);
  if (items.length > MAX_ADDRESSES)
    return reading.refuse(`${path}.PeerAddress`, `is there more than ${MAX_ADDRESSES} times`);
  return all(items, (item) => readAddress(reading, item.element, item.path, 'HOST'));
}

/** The family shows in `ip`, for there is no addrType here. */
export function readAddress(
  reading: Reading,
  { attributes }: XmlElement,
  path: string,
  usual: PeerAddress['type'],
): PeerAddress | undefined {
  const ip = attributes.get('ip');
  if (ip === undefined) return reading.refuse(`${path}@ip`, 'is missing');
  const address = typedAddress(ip.trim()) ?? reading.refuse(`${path}@ip`, 'is no IPv4 or IPv6 address');
  const digits = attributes.get('port')?.trim();
  if (digits === undefined) return reading.refuse(`${path}@port`, 'is missing');
  const port = reading.digits(digits, `${path}@port`, MAX_PORT);
  const rank = attributes.get('priority')?.trim();
  const priority = rank === undefined ? 0 : reading.digits(rank, `${path}@priority`);
  const kind = attributes.get('type');
  const type =
    kind === undefined ? usual : reading.oneOf(kind, ['HOST', 'REFLEXIVE', 'PROXY'], `${path}@type`);
  if (!address || port === undefined || priority === undefined || type === undefined) return undefined;
  const note = (name: string): string | undefined => reading.note(attributes.get(name), `${path}@${name}`);
  return newAddress(address, port, priority, type, note('connection'), note('asn'), note('peerProtocol'));
}

/** Every `<Stat>` of a `<Stats>`; none when there is no such element. */
export function readStatItems(
  reading: Reading,
  root: XmlElement,
): { readonly element: XmlElement; readonly path: string }[] | undefined {
  const group = single(reading, root, ROOT, 'Stats');
  if (!group) return [];
  const items = every(group, 'Stat', `${ROOT}.Stats`);
  if (items.length <= MAX_LIST) return items;
  return reading.refuse(`${ROOT}.Stats`, `has more than ${MAX_LIST} Stat elements`);
}

export function readPropertyName(reading: Reading, element: XmlElement, path: string): string | undefined {
  return reading.id(element.attributes.get('property'), `${path}@property`);
}

/** A property by its value; the value may be empty. */
export function readProperty(reading: Reading, element: XmlElement, path: string): Property | undefined {
  const name = readPropertyName(reading, element, path);
  const value = element.text === '' ? '' : reading.id(element.text, path);
  return name === undefined || value === undefined ? undefined : { name, value };
}
