/** Where a file comes from, in words for its foot and for its name. */
import { formatStamp } from '../format.ts';
import type { Provenance } from './exportable.ts';

export interface Stamp extends Provenance {
  /** Of this program. */
  readonly version: string;
  /** Of the export: `2026-11-22`. */
  readonly date: string;
}

/** One fact each, in the order in which they are written. */
export function stampWords({
  scenario,
  seed,
  edition,
  clock,
  elapsed,
  version,
  date,
}: Stamp): readonly string[] {
  return [
    scenario,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(edition === undefined ? [] : [edition]),
    ...(clock === undefined ? [] : [`${clock} clock`]),
    ...(elapsed === undefined ? [] : [`at ${formatStamp(elapsed)} of the run`]),
    `swarmscope ${version}`,
    date,
  ];
}

/** Letters that every file system and every shell takes; the rest becomes one hyphen. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);

/** `time-population_three-tempers_seed-42_rfc7846_real-clock_at-1-20.4_swarmscope-0.1.0_2026-11-22.csv`. */
export function fileName(name: string, stamp: Stamp, extension: string): string {
  const { elapsed, ...rest } = stamp;
  const at = elapsed === undefined ? [] : [`at-${formatStamp(elapsed).replaceAll(':', '-')}`];
  const words = stampWords(rest);
  const parts = [name, ...words.slice(0, -2), ...at, ...words.slice(-2)].map(plain);
  return `${parts.filter((part) => part !== '').join('_')}.${extension}`;
}
