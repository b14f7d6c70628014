/** The elements that requests and responses share (RFC 7846 §3.2), read tolerantly. */
import { MAX_PORT } from '../../address.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { Capability, PeerAddress, PeerNum } from '../../message.ts';
import { newAddress, present } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import { member, object } from './json.ts';
import type { JsonObject } from './parse.ts';

const PEER_NUM = 'RFC 7846 §3.2.2';
const PEER_INFO = 'RFC 7846 §3.2.4';

/** `transaction_id` first, so that whatever is wrong with the rest it can be echoed; then `version`. */
export function readHead(
  reading: Reading,
  root: JsonObject,
  path: string,
  readTransaction: (value: unknown) => void,
): '1' | undefined {
  readTransaction(member(root, 'transaction_id'));
  const at = `${path}.version`;
  const number = reading.integer(member(root, 'version'), at, 'RFC 7846 §3.2.1');
  if (number === undefined) return undefined;
  return number === 1 ? '1' : reading.refuse(at, 'is not 1', 'unsupported-version');
}

export function readPeerNum(reading: Reading, value: unknown, path: string): PeerNum | undefined {
  if (value === undefined) return undefined;
  const from = object(reading, value, path);
  if (!from) return undefined;

  let count: number | undefined = MAX_PEER_LIST;
  const asked = member(from, 'peer_count');
  if (asked === undefined) reading.found(`${path}.peer_count`, 'the number of peers wanted', PEER_NUM);
  else count = reading.integer(asked, `${path}.peer_count`, PEER_NUM);
  if (count === undefined) return undefined;
  if (count > MAX_PEER_LIST) reading.found(`${path}.peer_count`, `at most ${MAX_PEER_LIST}`, PEER_NUM);

  let bandwidth = 'upload_bandwidth';
  if (member(from, bandwidth) === undefined && member(from, 'upload_bandwidth_level') !== undefined) {
    reading.found(`${path}.upload_bandwidth_level`, 'upload_bandwidth', PEER_NUM);
    bandwidth = 'upload_bandwidth_level';
  }
  return {
    count,
    ...present('abilityNat', readAbility(reading, member(from, 'ability_nat'), `${path}.ability_nat`)),
    ...present('concurrentLinks', readCapability(reading, from, 'concurrent_links', path)),
    ...present('onlineTime', readCapability(reading, from, 'online_time', path)),
    ...present('uploadBandwidth', readCapability(reading, from, bandwidth, path)),
  };
}

function readAbility(reading: Reading, value: unknown, path: string): PeerNum['abilityNat'] {
  if (value === undefined) return undefined;
  // The drafts' words (base-01 table 2), which peers of both editions mix up.
  if (value === 'No-NAT' || value === 'PROXY') {
    reading.found(path, 'NO_NAT, STUN or TURN', PEER_NUM);
    return value === 'PROXY' ? 'PROXY' : 'NO_NAT';
  }
  return reading.oneOf(value, ['NO_NAT', 'STUN', 'TURN'], path);
}

function readCapability(
  reading: Reading,
  from: JsonObject,
  name: string,
  parent: string,
): Capability | undefined {
  const path = `${parent}.${name}`;
  const value = member(from, name);
  if (value === undefined) return undefined;
  if (value === 'HIGH' || value === 'NORMAL' || value === 'LOW') {
    reading.found(path, 'a number, not a level', PEER_NUM);
    return value;
  }
  return reading.integer(value, path, PEER_NUM);
}

export function readAddress(reading: Reading, value: unknown, path: string): PeerAddress | undefined {
  const from = object(reading, value, path);
  const ip = from && object(reading, member(from, 'ip_address'), `${path}.ip_address`);
  if (!from || !ip) return undefined;
  const address = reading.address(
    member(ip, 'address_type'),
    member(ip, 'address'),
    { type: `${path}.ip_address.address_type`, address: `${path}.ip_address.address` },
    PEER_INFO,
  );
  if (!address) return undefined;

  const port = reading.integer(member(from, 'port'), `${path}.port`, PEER_INFO, MAX_PORT);
  let priority: number | undefined = 0;
  if (member(from, 'priority') === undefined) reading.found(`${path}.priority`, 'a number', PEER_INFO);
  else priority = reading.integer(member(from, 'priority'), `${path}.priority`, PEER_INFO);
  let type: PeerAddress['type'] | undefined = 'HOST';
  if (member(from, 'type') === undefined)
    reading.found(`${path}.type`, 'HOST, REFLEXIVE or PROXY', PEER_INFO);
  else type = reading.oneOf(member(from, 'type'), ['HOST', 'REFLEXIVE', 'PROXY'], `${path}.type`);
  if (port === undefined || priority === undefined || type === undefined) return undefined;

  return newAddress(
    address,
    port,
    priority,
    type,
    readConnection(reading, member(from, 'connection'), `${path}.connection`),
    readAsn(reading, member(from, 'asn'), `${path}.asn`),
    reading.note(member(from, 'peer_protocol'), `${path}.peer_protocol`),
  );
}

/** The drafts' access types (base-01 table 3) in the two words RFC 7846 has. */
const CONNECTIONS: ReadonlyMap<string, 'wireless' | 'wired'> = new Map([
  ['wireless', 'wireless'],
  ['3g', 'wireless'],
  ['wifi', 'wireless'],
  ['lte', 'wireless'],
  ['wired', 'wired'],
  ['adsl', 'wired'],
  ['cable', 'wired'],
  ['fibre', 'wired'],
]);

export function jsonConnection(connection: string): 'wireless' | 'wired' | undefined {
  return CONNECTIONS.get(connection.toLowerCase());
}

function readConnection(reading: Reading, value: unknown, path: string): string | undefined {
  const text = reading.note(value, path);
  if (text === undefined || text === 'wireless' || text === 'wired') return text;
  reading.found(path, 'wireless or wired', PEER_INFO);
  return jsonConnection(text);
}

function readAsn(reading: Reading, value: unknown, path: string): string | undefined {
  if (typeof value !== 'number') return reading.note(value, path);
  reading.found(path, 'a string', PEER_INFO);
  const number = reading.integer(value, path, PEER_INFO);
  return number === undefined ? undefined : String(number);
}
