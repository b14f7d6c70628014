/**
 * Where the peers of a virtual run live, and what they are called: the one follows from the peer's number in the log, the
 * other from its source and its number there, and both lead back, so that no table of addresses or peer IDs is kept.
 * Nothing that a peer does depends on its address. 198.18.0.0/15 (RFC 2544) and 2001:db8::/32
 * (RFC 3849), as for the peers on the real clock.
 */
import { asPeerId, type PeerId } from '../../protocol/ids.ts';
import type { Endpoint } from '../../streaming/link-message.ts';
import { Concern } from '../models/dice.ts';
import type { Directory } from './directory.ts';
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

/** Characters of a word. */
const WORD = 8;
/** Random words, then the words that lead back: source, number, life. */
const RANDOM = 2;
const LENGTH = (RANDOM + 3) * WORD;
const digit = (nibble: number): number => nibble + (nibble < 10 ? 48 : 87);

/** Eight digits. */
const hex = (word: number): string =>
  String.fromCharCode(
    digit((word >>> 28) & 15),
    digit((word >>> 24) & 15),
    digit((word >>> 20) & 15),
    digit((word >>> 16) & 15),
    digit((word >>> 12) & 15),
    digit((word >>> 8) & 15),
    digit((word >>> 4) & 15),
    digit(word & 15),
  );

/** The word at `from`; -1: it is none. */
function wordAt(text: string, from: number): number {
  let word = 0;
  for (let place = from; place < from + WORD; place++) {
    const code = text.charCodeAt(place);
    const value = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
    if (value < 0) return -1;
    word = word * 16 + value;
  }
  return word;
}

/**
 * Peer IDs as deployed clients have them, 160 bits in hexadecimal: two random words, and the peer's source, number there
 * and life under masks of the run's own.
 */
export class PeerIds {
  readonly #directory: Directory;
  readonly #dice: Concern;
  readonly #masks: readonly [realm: number, number: number, life: number];

  constructor(seed: number, directory: Directory) {
    this.#directory = directory;
    this.#dice = new Concern(seed, 'peer IDs');
    const masks = new Concern(seed, 'masks of peer IDs');
    const mask = (n: number): number => Math.floor(masks.at(0, n) * 2 ** 32);
    this.#masks = [mask(0), mask(1), mask(2)];
  }

  of(peer: PeerIndex): PeerId {
    const directory = this.#directory;
    const number = directory.numberOf(peer);
    const own = directory.realmOf(peer);
    const [realmMask, numberMask, lifeMask] = this.#masks;
    let id = '';
    for (let word = 0; word < RANDOM; word++) id += hex(this.#dice.at(number, word, own) * 2 ** 32);
    id += hex(directory.sourceOf(peer).realm ^ realmMask) + hex(number ^ numberMask);
    return asPeerId(id + hex(directory.lifeOf(peer) ^ lifeMask));
  }

  /** The number of the peer that has the ID; undefined for an ID that is no peer's of such a run. */
  peerOf(id: string): PeerIndex | undefined {
    if (id.length !== LENGTH) return undefined;
    const realm = wordAt(id, RANDOM * WORD);
    const number = wordAt(id, (RANDOM + 1) * WORD);
    const life = wordAt(id, (RANDOM + 2) * WORD);
    if (realm < 0 || number < 0 || life < 0) return undefined;
    const [realmMask, numberMask, lifeMask] = this.#masks;
    return this.#directory.peerOf(realm ^ realmMask, (number ^ numberMask) >>> 0, (life ^ lifeMask) >>> 0);
  }
}
