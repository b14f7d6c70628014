/**
 * Where the peers of a virtual run live, and what they are called: both follow from the peer's number alone, and
 * lead back to it, so that no table of addresses or peer IDs is kept. 198.18.0.0/15 (RFC 2544) and 2001:db8::/32
 * (RFC 3849), as for the peers on the real clock.
 */
import { asPeerId, type PeerId } from '../../protocol/ids.ts';
import type { Endpoint } from '../../streaming/link-message.ts';
import { Concern } from '../models/dice.ts';
import type { PeerIndex } from './events.ts';

/** Last bytes 1 to 254: 0 and 255 look like network and broadcast. */
const HOSTS_PER_BLOCK = 254;
const HOSTS = 2 ** 9 * HOSTS_PER_BLOCK;
const FIRST_PORT = 6881;
const GROUP = 0xffff;
const V4 = /^198\.(1[89])\.(\d+)\.(\d+):(\d+)$/;
const V6 = /^\[2001:db8:0:([0-9a-f]{1,4})::([0-9a-f]{1,4})\]:\d+$/;

/** 130,048 hosts, and as many again with every further port. */
export function ipv4Of(peer: PeerIndex): { readonly address: string; readonly port: number } {
  const place = peer % HOSTS;
  const block = Math.floor(place / HOSTS_PER_BLOCK);
  const address = `198.${18 + (block >> 8)}.${block & 255}.${(place % HOSTS_PER_BLOCK) + 1}`;
  return { address, port: FIRST_PORT + Math.floor(peer / HOSTS) };
}

/** Both last groups run from 1 to ffff, so the text is the canonical one. */
export const ipv6Of = (peer: PeerIndex): string =>
  `2001:db8:0:${(Math.floor(peer / GROUP) + 1).toString(16)}::${((peer % GROUP) + 1).toString(16)}`;

/** The peer that lives at an endpoint, whether or not it is there now; undefined: nobody ever does. */
export function peerAt(endpoint: Endpoint): PeerIndex | undefined {
  const v4 = V4.exec(endpoint);
  if (v4 !== null) {
    const block = ((Number(v4[1]) - 18) << 8) | Number(v4[2]);
    return (Number(v4[4]) - FIRST_PORT) * HOSTS + block * HOSTS_PER_BLOCK + Number(v4[3]) - 1;
  }
  const v6 = V6.exec(endpoint);
  if (v6?.[1] === undefined || v6[2] === undefined) return undefined;
  return (Number.parseInt(v6[1], 16) - 1) * GROUP + Number.parseInt(v6[2], 16) - 1;
}

const WORDS = 4;
const hex = (word: number): string => word.toString(16).padStart(8, '0');

/**
 * Peer IDs as deployed clients have them, 160 bits in hexadecimal: four random words, and the peer's number under a
 * mask of the run's own.
 */
export class PeerIds {
  readonly #dice: Concern;
  readonly #mask: number;

  constructor(seed: number) {
    this.#dice = new Concern(seed, 'peer IDs');
    this.#mask = Math.floor(new Concern(seed, 'mask of peer IDs').at(0, 0) * 2 ** 32);
  }

  of(peer: PeerIndex): PeerId {
    let id = '';
    for (let word = 0; word < WORDS; word++) id += hex(this.#dice.at(peer, word) * 2 ** 32);
    return asPeerId(id + hex((peer ^ this.#mask) >>> 0));
  }

  /** The number of the peer that has the ID; undefined for an ID that is no peer's of such a run. */
  peerOf(id: string): PeerIndex | undefined {
    if (id.length !== 8 * WORDS + 8) return undefined;
    const word = Number.parseInt(id.slice(8 * WORDS), 16);
    return Number.isNaN(word) ? undefined : (word ^ this.#mask) >>> 0;
  }
}
