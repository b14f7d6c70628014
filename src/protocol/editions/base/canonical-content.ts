/** Statistics, content maps and scopes in the form our own writer gives them (see canonical.ts). */
import { clearPadding, segmentCount } from '../../chunk-map.ts';
import { asSwarmId } from '../../ids.ts';
import type { SwarmId } from '../../ids.ts';
import type { ChunkMap, ContentMap, ScopeRange, StreamStats } from '../../message.ts';
import { MAX_LIST, present } from '../../reading.ts';
import type { Writable } from '../../reading.ts';
import type { Cursor } from './canonical.ts';
import type { Statistics } from './read-statistics.ts';

/** All of StreamStatistics, then all content maps, where the edition has them. */
export function readStatistics(cursor: Cursor, maps: boolean): Statistics | undefined {
  const stats: StreamStats[] = [];
  const contentMaps: ContentMap[] = [];
  if (cursor.skip('<StatisticsGroup>')) {
    while (cursor.skip('<Stat property="StreamStatistics"')) {
      const read = cursor.skip('/>') ? {} : readStat(cursor);
      if (!read || stats.push(read) > MAX_LIST) return undefined;
    }
    if (maps)
      while (cursor.skip('<Stat property="ContentMap"')) {
        const read = cursor.skip('/>') ? { representations: [] } : readContentMap(cursor);
        if (!read || stats.length + contentMaps.push(read) > MAX_LIST) return undefined;
      }
    if (!cursor.skip('</StatisticsGroup>')) return undefined;
  }
  return { stats, contentMaps, properties: [] };
}

function readStat(cursor: Cursor): StreamStats | undefined {
  const stats = cursor.skip('>') ? readCounters(cursor) : undefined;
  return stats && cursor.skip('</Stat>') ? stats : undefined;
}

/** The four that every edition in XML has, under the same names and in this order. */
export function readCounters(cursor: Cursor): StreamStats | undefined {
  const swarmId = readSwarm(cursor);
  const uploaded = valued(cursor, 'UploadedBytes', () => cursor.counter());
  const downloaded = valued(cursor, 'DownloadedBytes', () => cursor.counter());
  const bandwidth = valued(cursor, 'AvailBandwidth', () => cursor.number());
  if (swarmId === null || uploaded === null || downloaded === null || bandwidth === null) return undefined;
  const stats: Writable<StreamStats> = {};
  if (swarmId !== undefined) stats.swarmId = swarmId;
  if (uploaded !== undefined) stats.uploadedBytes = uploaded;
  if (downloaded !== undefined) stats.downloadedBytes = downloaded;
  if (bandwidth !== undefined) stats.availableBandwidth = bandwidth;
  return stats;
}

/** A swarm that may be left out; `null` when it is there and cannot be read. */
export function readSwarm(cursor: Cursor): SwarmId | undefined | null {
  if (!cursor.skip('<SwarmID>')) return undefined;
  const swarmId = cursor.id('<');
  return swarmId !== undefined && cursor.skip('/SwarmID>') ? asSwarmId(swarmId) : null;
}

/** A counter that may be left out; `null` when it is there and no number. */
function valued<Value>(
  cursor: Cursor,
  name: string,
  read: () => Value | undefined,
): Value | undefined | null {
  if (!cursor.skip(`<${name}>`)) return undefined;
  const value = read();
  return value !== undefined && cursor.skip(`</${name}>`) ? value : null;
}

function readContentMap(cursor: Cursor): ContentMap | undefined {
  if (!cursor.skip('>')) return undefined;
  const swarmId = readSwarm(cursor);
  if (swarmId === null) return undefined;
  const representations: ContentMap['representations'][number][] = [];
  while (cursor.skip('<Representation id="')) {
    const id = cursor.id('"');
    const maps = cursor.skip('>') ? readMaps(cursor) : undefined;
    if (id === undefined || !maps || !cursor.skip('</Representation>')) return undefined;
    if (representations.push({ id, maps }) > MAX_LIST) return undefined;
  }
  return cursor.skip('</Stat>') ? { ...present('swarmId', swarmId), representations } : undefined;
}

/** At least one. */
function readMaps(cursor: Cursor): ChunkMap[] | undefined {
  const maps: ChunkMap[] = [];
  while (cursor.skip('<SegmentInfo startIndex="')) {
    const map = readMap(cursor);
    if (!map || maps.push(map) > MAX_LIST) return undefined;
  }
  return maps.length > 0 ? maps : undefined;
}

function readMap(cursor: Cursor): ChunkMap | undefined {
  const startIndex = cursor.number();
  const endIndex = cursor.skip('" endIndex="') ? cursor.number() : undefined;
  const segments = cursor.skip('" chunkmapSize="') ? cursor.number() : undefined;
  if (startIndex === undefined || endIndex === undefined || segments === undefined) return undefined;
  const decoded = cursor.skip('">') ? cursor.base64() : undefined;
  if (!decoded?.exact || !cursor.skip('/SegmentInfo>')) return undefined;
  const run = { startIndex, endIndex };
  const { bytes: bitmap } = decoded;
  const covered =
    endIndex >= startIndex && segments === segmentCount(run) && bitmap.length === Math.ceil(segments / 8);
  return covered && !clearPadding(bitmap, run) ? { ...run, bitmap } : undefined;
}

/** The segments wanted; `null` when a scope is there and not of this form. */
export function readScope(cursor: Cursor): ScopeRange[] | undefined | null {
  if (!cursor.skip('<ContentGroup>')) return undefined;
  const ranges: ScopeRange[] = [];
  while (cursor.skip('<Representation id="')) {
    const range = readRange(cursor);
    if (!range || ranges.push(range) > MAX_LIST) return null;
  }
  return ranges.length > 0 && cursor.skip('</ContentGroup>') ? ranges : null;
}

function readRange(cursor: Cursor): ScopeRange | undefined {
  const representation = cursor.id('"');
  if (representation === undefined || !cursor.skip('><SegmentInfo startIndex="')) return undefined;
  const startIndex = cursor.number();
  if (startIndex === undefined || !cursor.skip('"')) return undefined;
  let endIndex: number | undefined;
  if (cursor.skip(' endIndex="')) {
    endIndex = cursor.number();
    if (endIndex === undefined || endIndex < startIndex || !cursor.skip('"')) return undefined;
  }
  if (!cursor.skip('/></Representation>')) return undefined;
  return { representation, startIndex, ...present('endIndex', endIndex) };
}
