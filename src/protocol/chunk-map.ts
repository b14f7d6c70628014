/**
 * One run of a chunk map, as both texts that have it write it: the first and the last segment, how many they
 * are, and a bitmap in Base64 (extended-04 §4.4.1, table 3; gu -06 §4.9).
 */
import { decodeBase64 } from './base64.ts';
import type { ChunkMap } from './message.ts';
import type { Reading } from './reading.ts';

type Run = Pick<ChunkMap, 'startIndex' | 'endIndex'>;

/** Segments of a run. */
export const segmentCount = ({ startIndex, endIndex }: Run): number => endIndex - startIndex + 1;

/** A run as it stands in the message, with the place of each part and the section that asks for it. */
export interface WrittenChunkMap {
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly size: string | undefined;
  readonly map: string;
  readonly paths: {
    readonly start: string;
    readonly end: string;
    readonly size: string;
    readonly map: string;
  };
  readonly section: string;
}

/** White space around the map is what the draft's own example has; the dots stand there for more of the same. */
const BLANKS = /[ \t\r\n]+/g;
const DOT = '.';

/**
 * The range and the size must agree, and the map must cover them. What is merely odd is read: a part of the
 * range that the others give, white space, missing padding, an elision ("...." in the draft's example), more
 * map than segments, bits set after the last one.
 */
export function readChunkMap(reading: Reading, written: WrittenChunkMap): ChunkMap | undefined {
  const range = readRange(reading, written);
  if (!range) return undefined;
  const { paths, section } = written;
  const length = Math.ceil(segmentCount(range) / 8);

  const text = written.map.replace(BLANKS, '');
  if (text !== written.map) reading.found(paths.map, 'Base64 without white space', 'RFC 4648 §3.3');
  const whole = text.slice(0, elisionStart(text));
  if (whole !== text) reading.found(paths.map, 'the whole map, nothing left out', section);
  const decoded = decodeBase64(whole);
  if (!decoded) return reading.refuse(paths.map, 'is not Base64');
  if (!decoded.exact) reading.found(paths.map, 'Base64 with its padding', 'RFC 4648 §3.2');
  if (decoded.bytes.length < length)
    return reading.refuse(paths.map, 'is shorter than its range of segments');
  if (decoded.bytes.length > length) reading.found(paths.map, 'one bit for each segment', section);
  const bitmap = decoded.bytes.slice(0, length);
  if (clearPadding(bitmap, range)) reading.found(paths.map, 'no bit set after the last segment', section);
  return { ...range, bitmap };
}

/** Counted from the end: as `/\.+$/`, dots that something follows would be gone through once for each of them. */
function elisionStart(text: string): number {
  let at = text.length;
  while (text[at - 1] === DOT) at--;
  return at;
}

function readRange(reading: Reading, { start, end, size, paths, section }: WrittenChunkMap): Run | undefined {
  const number = (text: string | undefined, path: string): number | undefined =>
    text === undefined ? undefined : reading.digits(text.trim(), path);
  const startIndex =
    start === undefined ? reading.refuse(paths.start, 'is missing') : number(start, paths.start);
  const count = number(size, paths.size);
  const last = number(end, paths.end);
  if (startIndex === undefined || (size !== undefined && count === undefined)) return undefined;
  if (last === undefined) {
    if (end !== undefined) return undefined;
    if (count === undefined) return reading.refuse(paths.end, 'is missing');
    reading.found(paths.end, 'the last segment of the map', section);
    if (count > 0 && startIndex <= Number.MAX_SAFE_INTEGER - count + 1)
      return { startIndex, endIndex: startIndex + count - 1 };
    return reading.refuse(paths.size, 'is not the number of segments of a range');
  }
  if (last < startIndex) return reading.refuse(paths.end, 'is before the first segment');
  if (count === undefined) reading.found(paths.size, 'the number of segments in the map', section);
  else if (count !== segmentCount({ startIndex, endIndex: last }))
    return reading.refuse(paths.size, 'is not the number of segments from the first to the last');
  return { startIndex, endIndex: last };
}

/** Whether there was anything to clear. */
export function clearPadding(bitmap: Uint8Array, run: Run): boolean {
  const used = segmentCount(run) % 8;
  const last = bitmap.at(-1);
  if (used === 0 || last === undefined) return false;
  const kept = last & (0xff << (8 - used));
  bitmap[bitmap.length - 1] = kept;
  return kept !== last;
}
