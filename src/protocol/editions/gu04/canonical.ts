/** Pieces of gu-04's canonical form (see ../base/canonical.ts) that requests and responses share. */
import { MAX_PORT, typedAddress } from '../../address.ts';
import { MAX_NOTE_BYTES } from '../../ids.ts';
import type { PeerAddress, Property } from '../../message.ts';
import { MAX_ADDRESSES, MAX_LIST, newAddress } from '../../reading.ts';
import { tag } from '../base/canonical.ts';
import type { Cursor } from '../base/canonical.ts';

const GROUP = tag('<PeerAddresses>');
const GROUP_END = tag('</PeerAddresses>');
const ADDRESS = tag('<PeerAddress ip="');
const PORT = tag(' port="');

/** `<name>` with an identifier in it; `undefined` when something else stands here, `null` when it declines. */
export function leaf(cursor: Cursor, name: string, maxBytes?: number): string | undefined | null {
  if (!cursor.skip(`<${name}>`)) return undefined;
  const id = cursor.id('<', maxBytes);
  return id !== undefined && cursor.skip(`/${name}>`) ? id : null;
}

/** The same of one that has to be there. */
export function requiredLeaf(cursor: Cursor, name: string): string | undefined {
  const id = leaf(cursor, name);
  return id ?? undefined;
}

/** `<name>` with a number in it. */
export function numberLeaf(cursor: Cursor, name: string): number | undefined | null {
  if (!cursor.skip(`<${name}>`)) return undefined;
  const number = cursor.number();
  return number !== undefined && cursor.skip(`</${name}>`) ? number : null;
}

/** None when there is no `<PeerAddresses>`. */
export function readAddresses(cursor: Cursor): PeerAddress[] | undefined {
  if (!cursor.pass(GROUP)) return [];
  const addresses: PeerAddress[] = [];
  while (cursor.pass(ADDRESS)) {
    const address = readAddress(cursor, 'HOST');
    if (!address || addresses.push(address) > MAX_ADDRESSES) return undefined;
  }
  return cursor.pass(GROUP_END) ? addresses : undefined;
}

/** Past `ip="`. */
export function readAddress(cursor: Cursor, usual: PeerAddress['type']): PeerAddress | undefined {
  const ip = cursor.id('"', MAX_NOTE_BYTES);
  const address = ip === undefined ? undefined : typedAddress(ip);
  if (!address || !cursor.pass(PORT)) return undefined;
  const port = cursor.number(MAX_PORT);
  if (port === undefined || !cursor.skip('"')) return undefined;
  let priority: number | undefined = 0;
  if (cursor.skip(' priority="')) {
    priority = cursor.number();
    if (priority === undefined || !cursor.skip('"')) return undefined;
  }
  let type: PeerAddress['type'] | undefined = usual;
  if (cursor.skip(' type="')) {
    type = cursor.oneOf(['HOST', 'REFLEXIVE', 'PROXY']);
    if (type === undefined || !cursor.skip('"')) return undefined;
  }
  if (!cursor.skip('/>')) return undefined;
  return newAddress(address, port, priority, type, undefined, undefined, undefined);
}

/** Every `<Stat>` from here on; `reserved`: names that the other reader has to look into. */
export function readProperties(
  cursor: Cursor,
  before: number,
  reserved: readonly string[],
): Property[] | undefined {
  const properties: Property[] = [];
  while (cursor.skip('<Stat property="')) {
    const name = cursor.id('"');
    if (name === undefined || reserved.includes(name)) return undefined;
    let value: string | undefined = '';
    if (!cursor.skip('/>')) {
      value = cursor.skip('>') ? cursor.id('<') : undefined;
      if (value === undefined || !cursor.skip('/Stat>')) return undefined;
    }
    if (properties.push({ name, value }) + before > MAX_LIST) return undefined;
  }
  return properties;
}
