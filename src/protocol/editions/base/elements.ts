/** The XML elements that requests and responses share (base-01 §3.2), read tolerantly. */
import { MAX_PORT } from '../../address.ts';
import { asTransactionId, idProblem } from '../../ids.ts';
import type { TransactionId } from '../../ids.ts';
import type { EditionId, PeerAddress } from '../../message.ts';
import { all, MAX_ADDRESSES, newAddress } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import { readXml } from '../../xml.ts';
import type { XmlElement } from '../../xml.ts';

/** The two that share their XML: extended-04 adds to base-01, and changes nothing of it (extended-04 §4.4). */
export type BaseEdition = Extract<EditionId, 'base-1.0' | 'extended-1.1'>;

export const ROOT = 'PPSPTrackerProtocol';
export const TABLE_2 = 'base-01 §3.2, table 2';
export const TABLE_3 = 'base-01 §3.2, table 3';

/** The root element, its transaction ID noted for the answer, its version checked. */
export function readRoot(
  reading: Reading,
  body: Uint8Array,
  edition: BaseEdition,
  maxElements: number,
): { readonly root: XmlElement; readonly version: string } | undefined {
  const xml = readXml(body, maxElements);
  if (!xml.ok) return reading.refuse('', xml.problem);
  const { root } = xml;
  if (root.name !== ROOT) return reading.refuse('', `has a root element other than ${ROOT}`);
  if (!xml.declared) reading.found('', 'an XML declaration first', 'base-01 §3.1');

  const transaction = root.children.find(({ name }) => name === 'TransactionID')?.text ?? '';
  if (idProblem(transaction) === undefined) reading.transactionId = asTransactionId(transaction);
  const version = root.attributes.get('version');
  if (version === undefined) return reading.refuse(`${ROOT}@version`, 'is missing');
  const expected = RULES[edition].version;
  if (version === expected) return { root, version };
  if (edition !== 'extended-1.1' || version !== RULES['base-1.0'].version)
    // base-01 §4.3 wants "PPSP Version" in the Reason-Phrase.
    return reading.refuse(`${ROOT}@version`, `PPSP Version is not ${expected}`, 'unsupported-version');
  // The draft calls itself PPSP-TP/1.1, and its examples 1.0.
  reading.found(`${ROOT}@version`, expected, 'extended-04 §4.4.1, table 1');
  return { root, version };
}

/** The child of that name; two of what there can be only one of are refused. */
export function single(
  reading: Reading,
  parent: XmlElement,
  path: string,
  ...names: readonly string[]
): XmlElement | undefined {
  const [first, second] = parent.children.filter(({ name }) => names.includes(name));
  if (second) return reading.refuse(`${path}.${second.name}`, 'is there more than once');
  return first;
}

/** Children of that name, with their paths. */
export function every(
  parent: XmlElement,
  name: string,
  path: string,
): { readonly element: XmlElement; readonly path: string }[] {
  return parent.children
    .filter((child) => child.name === name)
    .map((element, index) => ({ element, path: `${path}.${name}[${index}]` }));
}

/** `@transactionID` of an action or a result: an action without one is read, its result then has none. */
export function readActionTransaction(
  reading: Reading,
  element: XmlElement,
  path: string,
): TransactionId | undefined {
  const at = `${path}@transactionID`;
  const value = element.attributes.get('transactionID');
  if (value === undefined) reading.found(at, 'an identifier of the action', TABLE_2);
  const id = reading.optionalId(value, at);
  return id === undefined ? undefined : asTransactionId(id);
}

export function readAddresses(reading: Reading, info: XmlElement, path: string): PeerAddress[] | undefined {
  const items = every(info, 'PeerAddress', path);
  if (items.length > MAX_ADDRESSES)
    return reading.refuse(`${path}.PeerAddress`, `is there more than ${MAX_ADDRESSES} times`);
  return all(items, (item) => readAddress(reading, item.element, item.path));
}

function readAddress(reading: Reading, { attributes }: XmlElement, path: string): PeerAddress | undefined {
  const number = (name: string, max?: number): number | undefined => {
    const text = attributes.get(name);
    if (text === undefined) return reading.refuse(`${path}@${name}`, 'is missing');
    return reading.digits(text.trim(), `${path}@${name}`, max);
  };
  const address = reading.address(
    attributes.get('addrType'),
    attributes.get('ip'),
    { type: `${path}@addrType`, address: `${path}@ip` },
    TABLE_3,
  );
  const port = number('port', MAX_PORT);
  // Conditionally mandatory: without ICE there is neither (base-01 §3.2).
  const priority = attributes.has('priority') ? number('priority') : 0;
  const type = attributes.has('type')
    ? reading.oneOf(attributes.get('type'), ['HOST', 'REFLEXIVE', 'PROXY'], `${path}@type`)
    : 'HOST';
  if (!address || port === undefined || priority === undefined || type === undefined) return undefined;
  const note = (name: string): string | undefined => reading.note(attributes.get(name), `${path}@${name}`);
  return newAddress(address, port, priority, type, note('connection'), note('asn'), note('peerProtocol'));
}
