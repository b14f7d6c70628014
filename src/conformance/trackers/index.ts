/** All cases about trackers, edition by edition. */
import type { TrackerCase } from '../tracker-bench.ts';
import { BASE_1_0 } from './base-1.0/index.ts';
import { EXTENDED_1_1 } from './extended-1.1/index.ts';
import { GU_04 } from './gu-04/index.ts';
import { RFC_7846 } from './rfc7846/index.ts';

export const TRACKER_CASES: readonly TrackerCase[] = [...RFC_7846, ...EXTENDED_1_1, ...BASE_1_0, ...GU_04];
