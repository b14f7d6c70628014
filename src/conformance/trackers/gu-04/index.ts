/** The cases of draft-gu-ppsp-tracker-protocol, -04 as presented and -06 in the order of its sections. */
import type { TrackerCase } from '../../tracker-bench.ts';
import { ENCODING } from './4-1-encoding.ts';
import { KEEPALIVE } from './4-10-keepalive.ts';
import { CONNECT } from './4-4-connect.ts';
import { DISCONNECT } from './4-5-disconnect.ts';
import { JOIN } from './4-6-join.ts';
import { LEAVE } from './4-7-leave.ts';
import { FIND } from './4-8-find.ts';
import { STAT_REPORT } from './4-9-stat-report.ts';
import { OTHER_EDITIONS } from './other-editions.ts';

export const GU_04: readonly TrackerCase[] = [
  ...ENCODING,
  ...CONNECT,
  ...DISCONNECT,
  ...JOIN,
  ...LEAVE,
  ...FIND,
  ...STAT_REPORT,
  ...KEEPALIVE,
  ...OTHER_EDITIONS,
];
