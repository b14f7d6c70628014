/** `<Clip>` and `<Stats>` in the form our own writer gives them (see canonical.ts). */
import { clearPadding, segmentCount } from '../../chunk-map.ts';
import type { ChunkMap, ContentMap, Property, ScopeRange, StreamStats } from '../../message.ts';
import { MAX_LIST, present } from '../../reading.ts';
import { readCounters, readSwarm } from '../base/canonical-content.ts';
import type { Cursor } from '../base/canonical.ts';
import type { Statistics } from '../base/read-statistics.ts';
import { readProperties, requiredLeaf } from './canonical.ts';
import { representationOf } from './clip.ts';
import { CHUNK_MAP, STREAM_STATS } from './read-stats.ts';
import { REPORT_NAMESPACE } from './write.ts';

const report = (name: string): string => `report:${name}Report`;
const stat = (name: string): string => `<Stat property="${name}"><${report(name)}`;
const STATS = `<Stats xmlns:report="${REPORT_NAMESPACE}">`;

/** The `<Stats>` of a JOIN or FIND. */
export function readWishes(cursor: Cursor): Property[] | undefined {
  if (!cursor.skip('<Stats>')) return [];
  const properties = readProperties(cursor, 0, []);
  return properties && cursor.skip('</Stats>') ? properties : undefined;
}

export function readStatistics(cursor: Cursor): Statistics | undefined {
  const stats: StreamStats[] = [];
  const contentMaps: ContentMap[] = [];
  if (!cursor.skip(STATS) && !cursor.skip('<Stats>')) return { stats, contentMaps, properties: [] };
  while (cursor.skip(stat(STREAM_STATS))) {
    const read = readStreamStats(cursor);
    if (!read || stats.push(read) > MAX_LIST) return undefined;
  }
  while (cursor.skip(stat(CHUNK_MAP))) {
    const read = readContentMap(cursor);
    if (!read || contentMaps.push(read) > MAX_LIST) return undefined;
  }
  const before = stats.length + contentMaps.length;
  const properties = readProperties(cursor, before, [STREAM_STATS, CHUNK_MAP]);
  if (!properties || before > MAX_LIST || !cursor.skip('</Stats>')) return undefined;
  return { stats, contentMaps, properties };
}

const end = (cursor: Cursor, name: string): boolean => cursor.skip(`</${report(name)}></Stat>`);

function readStreamStats(cursor: Cursor): StreamStats | undefined {
  if (cursor.skip('/></Stat>')) return {};
  const stats = cursor.skip('>') ? readCounters(cursor) : undefined;
  return stats && end(cursor, STREAM_STATS) ? stats : undefined;
}

function readContentMap(cursor: Cursor): ContentMap | undefined {
  if (!cursor.skip('>')) return undefined;
  const swarmId = readSwarm(cursor);
  if (swarmId === null) return undefined;
  const representations: ContentMap['representations'][number][] = [];
  while (cursor.skip('<Clip>')) {
    const clip = readClip(cursor, readMap);
    if (!clip || representations.push({ id: clip.id, maps: clip.segments }) > MAX_LIST) return undefined;
  }
  if (!end(cursor, CHUNK_MAP)) return undefined;
  return { ...present('swarmId', swarmId), representations };
}

/** The `<Clip>` of a JOIN or FIND; more than one is a finding, and so are none of its segments. */
export function readScope(cursor: Cursor): ScopeRange[] | undefined | null {
  if (!cursor.skip('<Clip>')) return undefined;
  const clip = readClip(cursor, readRange);
  if (!clip || clip.segments.length === 0) return null;
  return clip.segments.map((range): ScopeRange => ({ representation: clip.id, ...range }));
}

/** Past `<Clip>`. */
function readClip<Segment>(
  cursor: Cursor,
  read: (cursor: Cursor) => Segment | undefined,
): { readonly id: string; readonly segments: Segment[] } | undefined {
  const name = requiredLeaf(cursor, 'Name');
  if (name === undefined || !cursor.skip('<ChunkSegments type="')) return undefined;
  const type = cursor.oneOf(['video', 'audio']);
  const id = type && representationOf(name, type);
  if (id === undefined || !cursor.skip('">')) return undefined;
  const segments: Segment[] = [];
  while (cursor.skip('<Segment from="')) {
    const segment = read(cursor);
    if (segment === undefined || segments.push(segment) > MAX_LIST) return undefined;
  }
  return cursor.skip('</ChunkSegments></Clip>') ? { id, segments } : undefined;
}

type Range = Omit<ScopeRange, 'representation'>;

function readRange(cursor: Cursor): Range | undefined {
  const startIndex = cursor.number();
  if (startIndex === undefined || !cursor.skip('"')) return undefined;
  if (cursor.skip('/>')) return { startIndex };
  const endIndex = cursor.skip(' to="') ? cursor.number() : undefined;
  if (endIndex === undefined || endIndex < startIndex || !cursor.skip('"/>')) return undefined;
  return { startIndex, endIndex };
}

function readMap(cursor: Cursor): ChunkMap | undefined {
  const startIndex = cursor.number();
  if (startIndex === undefined || !cursor.skip('" to="')) return undefined;
  const endIndex = cursor.number();
  if (endIndex === undefined || endIndex < startIndex || !cursor.skip('" bitmapsize="')) return undefined;
  const run = { startIndex, endIndex };
  if (cursor.number() !== segmentCount(run) || !cursor.skip('">')) return undefined;
  const map = cursor.base64();
  if (!map?.exact || map.bytes.length !== Math.ceil(segmentCount(run) / 8)) return undefined;
  // A bit after the last segment is a finding.
  if (clearPadding(map.bytes, run) || !cursor.skip('/Segment>')) return undefined;
  return { ...run, bitmap: map.bytes };
}
