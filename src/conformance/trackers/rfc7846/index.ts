/** All cases about trackers of RFC 7846, section by section. */
import type { TrackerCase } from '../../tracker-bench.ts';
import { STATE_MACHINE } from './2-3-state-machine.ts';
import { TIMERS } from './2-3-timers.ts';
import { GRAMMAR } from './3-grammar.ts';
import { CONNECT_ANSWERS } from './4-1-1-connect.ts';
import { TABLE_6 } from './4-1-1-table-6.ts';
import { FIND } from './4-1-2-find.ts';
import { STAT_REPORT } from './4-1-3-stat-report.ts';
import { RESPONSES } from './4-2-responses.ts';
import { ERROR_CASES } from './4-3-errors.ts';
import { UNKNOWN_MEMBERS } from './4-4-unknown-members.ts';
import { EXAMPLES } from './4-examples.ts';
import { HTTP_RAW } from './http-raw.ts';
import { HTTP } from './http.ts';
import { IDS } from './ids.ts';
import { ROBUSTNESS } from './robustness.ts';
import { TLS } from './tls.ts';

export const RFC_7846: readonly TrackerCase[] = [
  ...STATE_MACHINE,
  ...TIMERS,
  ...GRAMMAR,
  ...TABLE_6,
  ...CONNECT_ANSWERS,
  ...FIND,
  ...STAT_REPORT,
  ...RESPONSES,
  ...ERROR_CASES,
  ...UNKNOWN_MEMBERS,
  ...EXAMPLES,
  ...HTTP,
  ...HTTP_RAW,
  ...IDS,
  ...ROBUSTNESS,
  ...TLS,
];
