/** The cases of draft-huang-ppsp-extended-tracker-protocol-04, PPSP-TP/1.1, in the order of its sections. */
import type { TrackerCase } from '../../tracker-bench.ts';
import { STATE_MACHINE } from './4-3-state-machine.ts';
import { TIMERS } from './4-3-timers.ts';
import { CONTENT_MAPS } from './4-4-1-content-maps.ts';
import { SYNTAX } from './4-4-syntax.ts';
import { COMPATIBILITY } from './4-5-compatibility.ts';
import { CONNECT } from './5-1-connect.ts';
import { DISCONNECT } from './5-2-disconnect.ts';
import { FIND } from './5-3-find.ts';

export const EXTENDED_1_1: readonly TrackerCase[] = [
  ...STATE_MACHINE,
  ...TIMERS,
  ...SYNTAX,
  ...CONTENT_MAPS,
  ...COMPATIBILITY,
  ...CONNECT,
  ...DISCONNECT,
  ...FIND,
];
