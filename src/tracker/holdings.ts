/**
 * Who of a swarm holds which content, as LEECHes declare it: an index from each segment of each representation
 * (extended-04 ContentMap, gu -06 ChunkMap), and from each declared chunk ID (gu-04 JOIN_CHUNK), to its holders.
 * A search starts at the holders of the rarest segment wanted, so it finds the one peer that has it among a
 * million that do not, and never walks a swarm. Declaring and forgetting cost O(1) a segment.
 */
import type { ChunkId } from '../protocol/ids.ts';
import type { ChunkMap, ContentMap, ScopeRange } from '../protocol/message.ts';
import { sampleIndices } from './sample.ts';

/** Segments remembered of one representation of one peer, and its chunk IDs: 4,096 of two seconds are over two hours. */
export const MAX_SEGMENTS = 4096;
/** Representations remembered of one peer in one swarm. */
export const MAX_REPRESENTATIONS = 16;
/** Segments that one report may add; with the bitmaps themselves it bounds what a report costs. */
export const MAX_REPORTED = 16_384;
/** Segments of a scope that can be looked for; nobody but seeds is known to hold more. */
export const MAX_SCOPE = 4096;
/** Representations looked into for a chunk ID that names none. */
const MAX_UNNAMED = 64;
/** Holders looked at for one list. */
export const MAX_INSPECTED = 120;

/** What is wanted: all of the scope, and the chunk. */
export interface Content {
  readonly scope: readonly ScopeRange[] | undefined;
  readonly chunkId: ChunkId | undefined;
}

/** A segment by its number, a chunk by its ID. */
type Key = number | ChunkId;

/** What is left to remember, of all swarms together. */
export interface Room {
  left: number;
}

/** What one member holds of one representation: each key with its place among the holders, oldest first. */
class Holding<M> {
  readonly member: M;
  readonly shelf: Shelf<M>;
  readonly places = new Map<Key, number>();

  constructor(member: M, shelf: Shelf<M>) {
    this.member = member;
    this.shelf = shelf;
  }

  /** `false`: there was no room for it. */
  add(key: Key, room: Room): boolean {
    if (this.places.has(key)) return true;
    if (this.places.size >= MAX_SEGMENTS) {
      const [oldest] = this.places.keys();
      if (oldest !== undefined) this.remove(oldest, room);
    }
    if (room.left <= 0) return false;
    room.left--;
    const holders = this.shelf.get(key);
    if (holders === undefined) this.shelf.set(key, [this]);
    else holders.push(this);
    this.places.set(key, (holders?.length ?? 1) - 1);
    return true;
  }

  /** The last of the holders takes the place of the one who goes. */
  remove(key: Key, room: Room): void {
    const place = this.places.get(key);
    const holders = this.shelf.get(key);
    if (place === undefined || holders === undefined) return;
    this.places.delete(key);
    room.left++;
    const last = holders.pop();
    if (last !== undefined && last !== this) {
      holders[place] = last;
      last.places.set(key, place);
    }
    if (holders.length === 0) this.shelf.delete(key);
  }
}

type Shelf<M> = Map<Key, Holding<M>[]>;

/** Where chunk IDs stand, beside the representations. */
const CHUNKS = Symbol('chunk IDs');
type Title = string | typeof CHUNKS;

/** A way to find whoever holds what is wanted. */
interface Search<M> {
  /** Everyone who may be found is in one of them. */
  readonly among: readonly (readonly Holding<M>[])[];
  holds(member: M): boolean;
}

export class Holdings<M extends object> {
  readonly #room: Room;
  readonly #shelves = new Map<Title, Shelf<M>>();
  readonly #members = new Map<M, Map<Title, Holding<M>>>();

  constructor(room: Room) {
    this.#room = room;
  }

  /** JOIN_CHUNK. */
  declare(member: M, chunkId: ChunkId): void {
    const holding = this.#holding(member, CHUNKS);
    holding?.add(chunkId, this.#room);
    this.#tidy(member);
  }

  /** A new report replaces what it covers (digest, "base-1.0 and extended-1.1"). */
  report(member: M, { representations }: Pick<ContentMap, 'representations'>): void {
    let left = MAX_REPORTED;
    for (const { id, maps } of representations) {
      const holding = this.#holding(member, id);
      if (holding === undefined) continue;
      for (const map of maps) {
        this.#clear(holding, map);
        left -= this.#fill(holding, map, Math.min(left, MAX_SEGMENTS));
      }
    }
    this.#tidy(member);
  }

  /** It left, or holds everything now. */
  forget(member: M): void {
    const holdings = this.#members.get(member) ?? new Map<Title, Holding<M>>();
    for (const holding of holdings.values())
      for (const key of [...holding.places.keys()]) holding.remove(key, this.#room);
    this.#tidy(member);
  }

  get empty(): boolean {
    return this.#members.size === 0;
  }

  /** Different members that hold what is wanted, in random order, out of at most `MAX_INSPECTED` holders of a part. */
  find(content: Content, random: () => number): M[] {
    const search = this.#search(content);
    const found = new Set<M>();
    if (search === undefined) return [];
    let left = MAX_INSPECTED;
    for (const holders of search.among) {
      const looked = sampleIndices(left, holders.length, random);
      left -= looked.length;
      for (const index of looked) {
        const member = holders[index]?.member;
        if (member !== undefined && search.holds(member)) found.add(member);
      }
    }
    return [...found];
  }

  #search({ scope, chunkId }: Content): Search<M> | undefined {
    const all = scope && this.#ofScope(scope);
    const one = chunkId === undefined ? undefined : this.#ofChunk(chunkId);
    if (scope !== undefined && all === undefined) return undefined;
    if (one === undefined || all === undefined) return one ?? all;
    return { among: one.among, holds: (member) => one.holds(member) && all.holds(member) };
  }

  #ofScope(scope: readonly ScopeRange[]): Search<M> | undefined {
    let rarest: readonly Holding<M>[] | undefined;
    let length = 0;
    for (const { representation, startIndex, endIndex = startIndex } of scope) {
      length += endIndex - startIndex + 1;
      const shelf = this.#shelves.get(representation);
      // Ends before it starts, longer than anyone can have, or not told by anyone: nobody but seeds.
      if (endIndex < startIndex || length > MAX_SCOPE || shelf === undefined) return undefined;
      for (let segment = startIndex; segment <= endIndex; segment++) {
        const holders = shelf.get(segment);
        if (holders === undefined) return undefined;
        if (rarest === undefined || holders.length < rarest.length) rarest = holders;
      }
    }
    return rarest && { among: [rarest], holds: (member) => this.#holdsAll(member, scope) };
  }

  #holdsAll(member: M, scope: readonly ScopeRange[]): boolean {
    const holdings = this.#members.get(member);
    return scope.every(({ representation, startIndex, endIndex = startIndex }) => {
      const places = holdings?.get(representation)?.places;
      if (places === undefined || places.size < endIndex - startIndex + 1) return false;
      for (let segment = startIndex; segment <= endIndex; segment++) if (!places.has(segment)) return false;
      return true;
    });
  }

  /** Declared by its ID, or a segment of a map: in the representation that the ID names, in any when it names none. */
  #ofChunk(chunkId: ChunkId): Search<M> {
    const among: Holding<M>[][] = [];
    const take = (title: Title, key: Key) => {
      const holders = this.#shelves.get(title)?.get(key);
      if (holders !== undefined) among.push(holders);
    };
    take(CHUNKS, chunkId);
    const named = segmentOf(chunkId);
    if (named?.representation !== undefined) take(named.representation, named.segment);
    else if (named !== undefined) {
      let left = MAX_UNNAMED;
      for (const title of this.#shelves.keys()) {
        if (left-- === 0) break;
        if (title !== CHUNKS) take(title, named.segment);
      }
    }
    return { among, holds: () => true };
  }

  /** What the map covers and does not hold. */
  #clear(holding: Holding<M>, map: ChunkMap): void {
    const { startIndex, endIndex } = map;
    if (endIndex - startIndex < holding.places.size) {
      for (let segment = startIndex; segment <= endIndex; segment++)
        if (!has(map, segment)) holding.remove(segment, this.#room);
      return;
    }
    for (const key of [...holding.places.keys()])
      if (typeof key === 'number' && key >= startIndex && key <= endIndex && !has(map, key))
        holding.remove(key, this.#room);
  }

  /** Its first segments, up to `most`; how many there were. */
  #fill(holding: Holding<M>, { startIndex, endIndex, bitmap }: ChunkMap, most: number): number {
    let filled = 0;
    for (let place = 0; place < bitmap.length; place++) {
      const byte = bitmap[place] ?? 0;
      if (byte === 0) continue;
      for (let bit = 0; bit < 8; bit++) {
        const segment = startIndex + place * 8 + bit;
        if ((byte & (0x80 >> bit)) === 0 || segment > endIndex) continue;
        if (filled >= most || !holding.add(segment, this.#room)) return filled;
        filled++;
      }
    }
    return filled;
  }

  /** `undefined`: the member has told of as many representations as are remembered. */
  #holding(member: M, title: Title): Holding<M> | undefined {
    let holdings = this.#members.get(member);
    if (holdings === undefined) this.#members.set(member, (holdings = new Map<Title, Holding<M>>()));
    const known = holdings.get(title);
    if (known !== undefined) return known;
    if (title !== CHUNKS && holdings.size >= MAX_REPRESENTATIONS) return undefined;
    let shelf = this.#shelves.get(title);
    if (shelf === undefined) this.#shelves.set(title, (shelf = new Map<Key, Holding<M>[]>()));
    const holding = new Holding(member, shelf);
    holdings.set(title, holding);
    return holding;
  }

  /** Holds nothing that is empty. */
  #tidy(member: M): void {
    const holdings = this.#members.get(member);
    if (holdings === undefined) return;
    for (const [title, { places, shelf }] of [...holdings]) {
      if (places.size > 0) continue;
      holdings.delete(title);
      if (shelf.size === 0) this.#shelves.delete(title);
    }
    if (holdings.size === 0) this.#members.delete(member);
  }
}

function has({ startIndex, bitmap }: ChunkMap, segment: number): boolean {
  const bit = segment - startIndex;
  return ((bitmap[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}

/**
 * Which segment a chunk ID names, if its form tells (gu -06 §3.7): `17` is segment 17, `A123-L0-00017.264` is
 * segment 17 of `A123-L0`. Ours: -06 gives the names, not what a tracker makes of them.
 */
export function segmentOf(
  chunkId: ChunkId,
): { readonly representation: string | undefined; readonly segment: number } | undefined {
  const match = /^(?:(.+)-)?([0-9]{1,15})(?:\.[^.-]*)?$/.exec(chunkId);
  if (match === null) return undefined;
  return { representation: match[1], segment: Number(match[2]) };
}
