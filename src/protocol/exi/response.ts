/**
 * The size in EXI of a CONNECT response of base-1.0 or extended-1.1. Neither draft has a schema ("TBD"), so
 * this is ours: base-01 tables 2 and 3 as they stand, in the order of their rows, "0...N" as repetition, M as
 * required. The extended draft's root has `ContentGroup` as well, which no response carries: one more place for
 * an element costs a bit at most. What the tables leave to choice, the datatypes, are parameters.
 *
 * A listed peer that has `asn`, `priority` and `type`, but no `connection`, then takes
 *
 * | term                                                               | bits          | EXI             |
 * | ------------------------------------------------------------------ | ------------- | --------------- |
 * | event codes of another PeerInfo, swarmID, PeerID, PeerAddress      | 1 + 2 + 2 + 1 | §6.2, §8.5.4    |
 * | event codes of asn, ip, peerProtocol or port, priority, type       | 2 + 1 + 1 + 2 + 1 | §6.2, §8.5.4 |
 * | event code of the end, no PeerAddress being left                   | 1             | §6.2, §8.5.4    |
 * | swarmID, named before, the only one of its partition               | 8             | §7.3.3          |
 * | PeerID of n octets, or as text of n characters not met before      | 8 + 8n        | §7.1.1, §7.1.10 |
 * | PeerID of n digits, with a pattern                                 | 8 + 4n        | §7.1.10.1       |
 * | addrType 1 of 2, type 1 of 3                                       | 1 + 2         | §7.2            |
 * | asn, peerProtocol: each one met before, of m there                 | 8 + log2 m    | §7.3.3          |
 * | ip, as 4 or 16 octets                                              | 40 or 136     | §7.1.1          |
 * | port below 128, below 16,384, above: `xs:unsignedShort` has too    | 8, 16 or 24   | §7.1.5, §7.1.6  |
 * | wide a range for an n-bit integer                                  |               |                 |
 * | priority below 128                                                 | 8             | §7.1.6          |
 */
import type { PeerAddress, SuccessResponse } from '../message.ts';
import { MAX_PORT } from '../address.ts';
import { exiBits } from './grammar.ts';
import type { Datatype, Element, ElementType, ExiBits, Value } from './grammar.ts';

export interface ExiDatatypes {
  /**
   * `PeerID`: any string; digits alone (a pattern `[0-9]+`, which EXI §7.1.10.1 packs into 4 bits each);
   * hexadecimal as octets; or a UUID as its 16 octets.
   */
  readonly id: 'string' | 'digits' | 'hexBinary' | 'uuidBinary';
  /** `ip`: text, or its 4 or 16 octets. */
  readonly address: 'string' | 'binary';
}

const STRING: Datatype = { kind: 'string' };
const BINARY: Datatype = { kind: 'binary' };
/** `xs:unsignedInt`. */
const UNSIGNED: Datatype = { kind: 'integer', max: 2 ** 32 - 1 };

const ID_TYPES: Readonly<Record<ExiDatatypes['id'], Datatype>> = {
  string: STRING,
  digits: { kind: 'restricted', characters: 10 },
  hexBinary: BINARY,
  uuidBinary: BINARY,
};

const enumeration = (...words: string[]): Datatype => ({ kind: 'enumeration', words });
const required = (name: string, type: Datatype) => ({ name, required: true, type });
const optional = (name: string, type: Datatype) => ({ name, required: false, type });
const simple = (name: string, text: Datatype): ElementType => ({ name, attributes: [], sequence: [], text });
/** 1, 0...1, 1...N and 0...N of the tables. */
const one = (type: ElementType) => ({ type, required: true, repeats: false });
const maybe = (type: ElementType) => ({ type, required: false, repeats: false });
const some = (type: ElementType) => ({ type, required: true, repeats: true });
const any = (type: ElementType) => ({ type, required: false, repeats: true });

/** Stands in the grammar only: no response has it. */
const absent = (name: string): ElementType => ({ name, attributes: [], sequence: [] });

function schema({ id, address }: ExiDatatypes): ElementType {
  const peerAddress: ElementType = {
    name: 'PeerAddress',
    attributes: [
      required('addrType', enumeration('ipv4', 'ipv6')),
      optional('priority', UNSIGNED),
      optional('type', enumeration('HOST', 'REFLEXIVE', 'PROXY')),
      optional('connection', STRING),
      optional('asn', STRING),
      required('ip', address === 'binary' ? BINARY : STRING),
      required('port', { kind: 'integer', max: MAX_PORT }),
      optional('peerProtocol', STRING),
    ],
    sequence: [],
  };
  const peerInfo: ElementType = {
    name: 'PeerInfo',
    attributes: [optional('swarmID', STRING)],
    sequence: [maybe(simple('PeerID', ID_TYPES[id])), any(peerAddress)],
  };
  const result: ElementType = {
    name: 'Result',
    attributes: [optional('transactionID', STRING)],
    sequence: [],
    text: STRING,
  };
  return {
    name: 'PPSPTrackerProtocol',
    attributes: [required('version', STRING)],
    sequence: [
      maybe(absent('Request')),
      maybe(simple('Response', enumeration('SUCCESSFUL', 'AUTHENTICATION REQUIRED'))),
      // §4.2: plain text where there is no Result.
      one({ name: 'TransactionID', attributes: [], sequence: [any(result)], mixed: true }),
      maybe(absent('PeerID')),
      any(absent('SwarmID')),
      maybe(absent('PeerNUM')),
      maybe({ name: 'PeerGroup', attributes: [], sequence: [some(peerInfo)] }),
      maybe(absent('StatisticsGroup')),
    ],
  };
}

/** @throws {TypeError} When a peer ID is not of the type chosen. */
export function exiResponseBits(response: SuccessResponse, types: ExiDatatypes): ExiBits {
  const ip = ({ addressType, address }: PeerAddress): Value => {
    if (types.address === 'string') return address;
    return { octets: addressType === 'ipv4' ? 4 : 16 };
  };
  const addressElement = (address: PeerAddress): Element => ({
    name: 'PeerAddress',
    attributes: {
      addrType: address.addressType,
      ...ice(address),
      connection: address.connection,
      asn: address.asn,
      ip: ip(address),
      port: address.port,
      peerProtocol: address.peerProtocol,
    },
  });
  const { publicAddress, peerLists, results, transactionId, version } = response;
  const own: Element[] = publicAddress
    ? [{ name: 'PeerInfo', children: [addressElement(publicAddress)] }]
    : [];
  const listed = peerLists.flatMap(({ swarmId, peers }) =>
    peers.map(({ peerId, addresses }): Element => ({
      name: 'PeerInfo',
      attributes: { swarmID: swarmId },
      children: [
        { name: 'PeerID', text: idValue(peerId, types.id) },
        ...addresses.map((address) => addressElement(address)),
      ],
    })),
  );
  const infos = [...own, ...listed];
  const resultElement = (id: string | undefined, ok: boolean): Element => ({
    name: 'Result',
    attributes: { transactionID: id },
    text: ok ? '200 OK' : '403 Forbidden',
  });
  return exiBits(schema(types), {
    name: 'PPSPTrackerProtocol',
    attributes: { version },
    children: [
      { name: 'Response', text: 'SUCCESSFUL' },
      {
        name: 'TransactionID',
        children: [
          resultElement(transactionId, true),
          ...results.map((result) => resultElement(result.transactionId, result.ok)),
        ],
      },
      ...(infos.length > 0 ? [{ name: 'PeerGroup', children: infos }] : []),
    ],
  });
}

/**
 * Table 3: `priority` and `type` are due where ICE is used. Without them an address reads as of priority 0
 * and type HOST, so one that is of both has neither.
 */
const ice = ({ priority, type }: PeerAddress): Record<string, Value> =>
  priority === 0 && type === 'HOST' ? {} : { priority, type };

const HEX = /^(?:[0-9a-f]{2})+$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idValue(id: string, type: ExiDatatypes['id']): Value {
  switch (type) {
    case 'string':
      return id;
    case 'digits':
      if (!/^[0-9]+$/.test(id)) throw new TypeError('the peer ID is not of digits alone');
      return id;
    case 'hexBinary':
      if (!HEX.test(id)) throw new TypeError('the peer ID is not hexadecimal');
      return { octets: id.length / 2 };
    case 'uuidBinary':
      if (!UUID.test(id)) throw new TypeError('the peer ID is no UUID');
      return { octets: 16 };
    default:
      return type satisfies never;
  }
}
