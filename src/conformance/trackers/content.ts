/** Content as requests name it: scopes that are wanted, maps of what is held (extended-04 §4.4.1, gu -06 §4.9). */
import type { SwarmId } from '../../protocol/ids.ts';
import type { ChunkMap, ContentMap, StatReportRequest } from '../../protocol/message.ts';
import { report } from '../requests.ts';
import type { TrackerBench } from '../tracker-bench.ts';

/** A map of the segments from the first to the last, with these of them set; the most significant bit comes first. */
export function mapOf(startIndex: number, endIndex: number, held: readonly number[]): ChunkMap {
  const bitmap = new Uint8Array(Math.ceil((endIndex - startIndex + 1) / 8));
  for (const segment of held) {
    const bit = segment - startIndex;
    bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return { startIndex, endIndex, bitmap };
}

/** All of a range is held. */
export const fullMap = (startIndex: number, endIndex: number): ChunkMap =>
  mapOf(
    startIndex,
    endIndex,
    Array.from({ length: endIndex - startIndex + 1 }, (_, i) => startIndex + i),
  );

export const contentOf = (swarmId: SwarmId, id: string, ...maps: readonly ChunkMap[]): ContentMap => ({
  swarmId,
  representations: [{ id, maps }],
});

/** A STAT_REPORT of what a peer holds. */
export const reportHeld = (
  bench: TrackerBench,
  peerId: StatReportRequest['peerId'],
  ...contentMaps: readonly ContentMap[]
): StatReportRequest => ({ ...report(bench, peerId), contentMaps });
