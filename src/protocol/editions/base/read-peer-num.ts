/** The wished-for size of a peer list, and the peers wanted in it (base-01 §3.2, table 2). */
import { MAX_PEER_LIST } from '../../message.ts';
import type { Capability, PeerNum } from '../../message.ts';
import { present } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { ROOT, single, TABLE_2 } from './elements.ts';

/** Table 2 writes `PeerNUM`, everything else `PeerNum`. */
export function readPeerNum(reading: Reading, root: XmlElement): PeerNum | undefined {
  const element = single(reading, root, ROOT, 'PeerNum', 'PeerNUM');
  if (!element) return undefined;
  const path = `${ROOT}.${element.name}`;
  const digits = element.text.trim();
  let count: number | undefined = MAX_PEER_LIST;
  if (digits === '') reading.found(path, 'the number of peers wanted', TABLE_2);
  else count = reading.digits(digits, path);
  if (count === undefined) return undefined;
  if (count > MAX_PEER_LIST) reading.found(path, `at most ${MAX_PEER_LIST}`, TABLE_2);
  return {
    count,
    ...present('abilityNat', readAbility(reading, element, path)),
    ...present('concurrentLinks', readLevel(reading, element, path, 'concurrentLinks')),
    ...present('onlineTime', readLevel(reading, element, path, 'onlineTime')),
    ...present('uploadBandwidth', readLevel(reading, element, path, 'uploadBWlevel')),
  };
}

function readAbility(reading: Reading, element: XmlElement, parent: string): PeerNum['abilityNat'] {
  const path = `${parent}@abilityNAT`;
  const value = element.attributes.get('abilityNAT');
  if (value === undefined) return undefined;
  if (value === 'NO_NAT') reading.found(path, 'No-NAT, STUN, TURN or PROXY', TABLE_2);
  if (value === 'NO_NAT' || value === 'No-NAT') return 'NO_NAT';
  return reading.oneOf(value, ['STUN', 'TURN', 'PROXY'], path);
}

/** A level; RFC 7846's numbers are read too. */
function readLevel(
  reading: Reading,
  element: XmlElement,
  parent: string,
  name: string,
): Capability | undefined {
  const path = `${parent}@${name}`;
  const value = element.attributes.get(name);
  if (value === undefined || value === 'HIGH' || value === 'NORMAL') return value;
  if (value === 'LOW') {
    // Table 2 has LOW for the links only.
    if (name !== 'concurrentLinks') reading.found(path, 'HIGH or NORMAL', TABLE_2);
    return value;
  }
  reading.found(path, 'a level, not a number', TABLE_2);
  return reading.digits(value, path);
}
