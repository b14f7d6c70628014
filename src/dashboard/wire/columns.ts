/** The columns of the wire view: what they are, which are shown, how wide, in which order. */
import type { SortColumn } from '../../workers/messages.ts';

export const COLUMNS = [
  'number',
  'time',
  'from',
  'peerId',
  'swarms',
  'method',
  'edition',
  'verdict',
  'trouble',
  'took',
  'requestBytes',
  'responseBytes',
  'findings',
  'transactionId',
  'attempt',
] as const;
export type ColumnId = (typeof COLUMNS)[number];

export interface ColumnSetting {
  readonly id: ColumnId;
  readonly shown: boolean;
  /** In rem, so that it goes with the size of the type. */
  readonly width: number;
}

/** By what a click on its head sorts; without one: as the exchanges came in. */
export const SORTS: Readonly<Record<ColumnId, SortColumn | undefined>> = {
  number: undefined,
  time: 'time',
  from: 'from',
  peerId: 'peerId',
  swarms: 'swarms',
  method: 'method',
  edition: 'edition',
  verdict: 'status',
  trouble: 'trouble',
  took: 'took',
  requestBytes: 'requestBytes',
  responseBytes: 'responseBytes',
  findings: 'findings',
  transactionId: 'transactionId',
  attempt: 'attempt',
};

const HIDDEN: readonly ColumnId[] = ['transactionId', 'attempt'];
const WIDTHS: Readonly<Record<ColumnId, number>> = {
  number: 4.6,
  time: 5.6,
  from: 6.4,
  peerId: 7.6,
  swarms: 7.5,
  method: 8.6,
  edition: 8.2,
  verdict: 5.6,
  trouble: 8.8,
  took: 5.6,
  requestBytes: 5.8,
  responseBytes: 5.8,
  findings: 5.6,
  transactionId: 13,
  attempt: 4.6,
};

export const COLUMNS_AT_FIRST: readonly ColumnSetting[] = COLUMNS.map((id) => ({
  id,
  shown: !HIDDEN.includes(id),
  width: WIDTHS[id],
}));

export const NARROWEST = 3.5;
export const WIDEST = 40;

type Settings = readonly ColumnSetting[];

const changed = (settings: Settings, id: ColumnId, change: Partial<ColumnSetting>): Settings =>
  settings.map((one) => (one.id === id ? { ...one, ...change } : one));

/** One column stays at least. */
export function withShown(settings: Settings, id: ColumnId, shown: boolean): Settings {
  const next = changed(settings, id, { shown });
  return next.some((one) => one.shown) ? next : settings;
}

export const withWidth = (settings: Settings, id: ColumnId, width: number): Settings =>
  changed(settings, id, { width: Math.min(WIDEST, Math.max(NARROWEST, width)) });

/** One place to the left (-1) or to the right (1). */
export function withMoved(settings: Settings, id: ColumnId, step: -1 | 1): Settings {
  const from = settings.findIndex((one) => one.id === id);
  const to = from + step;
  const [one, other] = [settings[from], settings[to]];
  if (one === undefined || other === undefined) return settings;
  return settings.map((setting, at) => (at === from ? other : at === to ? one : setting));
}
