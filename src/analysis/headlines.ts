/** The few of a run's measures that a summary on the screen has room for. */
import { catalogued, type MeasureKey } from './catalogue.ts';
import type { Measure } from './measures.ts';
import type { RunResult } from './result.ts';

export interface Headline extends Measure {
  readonly name: string;
  /** Empty of a pure number. */
  readonly unit: string;
}

const HEADLINES: readonly MeasureKey[] = [
  'swarms.*.meanLeeches',
  'swarms.*.meanSeeds',
  'swarms.*.meanDownloadSeconds',
  'swarms.*.effectiveness',
  'playback.continuity.mean',
  'startUp.seconds.mean',
  'uploads.jain',
  'uploads.pollutedShare',
  'links.failedShare',
  'links.failures.*.share',
  'peerLists.staleAtHandOut',
  'tracker.requestsPerSecond',
  'tracker.errorShare',
  'tracker.unansweredShare',
  'behaviours.*.meanDownloadSeconds',
  'behaviours.*.listShare',
];
/** With one behaviour there is nothing to tell apart. */
const BY_BEHAVIOUR = /^behaviours\./;
/** Of a scenario with many swarms. */
const MOST = 40;

/** In the order above; those that came to nothing are left out, and behaviours where there is one only. */
export function headlines({ measures }: Pick<RunResult, 'measures'>): readonly Headline[] {
  const told = Object.entries(measures).flatMap(([name, measure]) => {
    const entry = catalogued(name);
    return entry === undefined || measure.value === 0 ? [] : [{ name, unit: entry.unit, entry, measure }];
  });
  const lines = HEADLINES.flatMap((key) => {
    const own = told.filter(({ entry }) => entry.name === key);
    if (BY_BEHAVIOUR.test(key) && own.length < 2) return [];
    return own.map(({ name, unit, measure }) => ({ name, unit, ...measure }));
  });
  return lines.slice(0, MOST);
}
