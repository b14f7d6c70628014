/** The cases of draft-ietf-ppsp-base-tracker-protocol-01, PPSP-TP/1.0, in the order of its sections. */
import type { TrackerCase } from '../../tracker-bench.ts';
import { STATE_MACHINE } from './2-4-state-machine.ts';
import { TIMERS } from './2-4-timers.ts';
import { SYNTAX } from './3-1-syntax.ts';
import { SEMANTICS } from './3-2-semantics.ts';
import { METHODS } from './3-3-methods.ts';
import { CONNECT } from './4-1-connect.ts';
import { LISTS } from './4-1-lists.ts';
import { TABLE_8 } from './4-1-table-8.ts';
import { STAT_REPORT } from './4-2-stat-report.ts';
import { ERRORS } from './4-3-errors.ts';
import { REPEATS } from './4-3-repeats.ts';

export const BASE_1_0: readonly TrackerCase[] = [
  ...STATE_MACHINE,
  ...TIMERS,
  ...SYNTAX,
  ...SEMANTICS,
  ...METHODS,
  ...CONNECT,
  ...LISTS,
  ...TABLE_8,
  ...STAT_REPORT,
  ...ERRORS,
  ...REPEATS,
];
