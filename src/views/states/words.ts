/** What the machines say: figures, summaries, what a peer cannot know. */
import type { RowFlow, StatesAnswer } from '../../dashboard/state-flows.ts';
import { formatClock, formatCount, formatPerSecond, formatSpan, plural } from '../format.ts';
import type { Scene, StateCount } from './draw.ts';
import type { TrackerState } from './tracker-layout.ts';

/** `12/s`; of a row that no peer tells of, nothing. */
export const rateWords = ({ told, rate }: RowFlow): string =>
  told ? (rate > 0 && rate < 0.05 ? '<0.1/s' : `${formatPerSecond(rate)}/s`) : '';

/** In all, and what may have been this row or another. */
export const perhapsWords = ({ told, total, perhaps }: RowFlow): string =>
  !told ? 'not told' : perhaps > 0 ? `${formatCount(total)} + ${formatCount(perhaps)}?` : formatCount(total);

/** All of it in a sentence or two. */
export function flowWords(flow: RowFlow): string {
  const { from, to, event, timers, sends, sections, told, total, perhaps } = flow;
  const acts = [...(sends === 'nothing' ? [] : [`answers ${sends}`]), ...timers];
  return [
    `${event}: from ${from} to ${to}${acts.length > 0 ? `; the tracker ${acts.join(', ')}` : ''}.`,
    told
      ? `${plural(total, 'time')} so far, ${rateWords(flow)}.`
      : 'Only the tracker knows of it: no peer can tell.',
    ...(perhaps > 0
      ? [`${plural(perhaps, 'time')} more it was this or another: a peer cannot know which.`]
      : []),
    `${sections.join('; ')}.`,
  ].join(' ');
}

export const countWords = ({ present, silent }: Pick<StateCount, 'present' | 'silent'>): string =>
  plural(present, 'peer') + (silent > 0 ? `, and ${formatCount(silent)} that vanished without a word` : '');

/** The line under a state's figure. */
export function noteOf(state: string, present: number, silent: number, ended: number): string {
  if (state === 'TERMINATE') return `transient; ${formatCount(ended)} ended`;
  if (state === 'START') return 'not registered yet';
  if (silent > 0) return `and ${formatCount(silent)} silent, held`;
  if (state === 'TRACKING') return present > 0 ? 'track timer runs' : '';
  return present > 0 ? 'init timer runs' : 'transient';
}

/** What is known of the tracker besides its registrations. */
export interface TrackerSigns {
  /** Milliseconds since the run began when it ceased to answer well; undefined: it does. */
  readonly troubleSince: number | undefined;
  /** A fault of the scenario that is on now, and when it ends, in seconds. */
  readonly fault: { readonly kind: string; readonly until: number } | undefined;
}

export const trackerStateOf = ({ tracker }: StatesAnswer): TrackerState =>
  tracker.held > 0 ? 'STARTED' : 'INIT';

export function trackerLines(answer: StatesAnswer): Readonly<Record<TrackerState, string>> {
  const { held, since } = answer.tracker;
  const lasts = formatSpan(Math.max(0, answer.at - since));
  return {
    INIT: held === 0 ? `for ${lasts}` : '',
    STARTED: held > 0 ? `${formatCount(held)} IDs · ${lasts}` : '',
    TERMINATED: 'transient',
  };
}

/** Of the way out of each state: its event, and how often. */
export function trackerEvents(
  answer: StatesAnswer,
  events: Readonly<Record<TrackerState, string>>,
): Readonly<Record<TrackerState, string>> {
  const { starts, ends } = answer.tracker;
  return {
    INIT: `${events.INIT} · ${formatCount(starts)}`,
    STARTED: `${events.STARTED} · ${formatCount(ends)}`,
    TERMINATED: `${events.TERMINATED} · ${formatCount(ends)}`,
  };
}

export function trackerSummary(answer: StatesAnswer, { troubleSince, fault }: TrackerSigns): string {
  const { held, since } = answer.tracker;
  const state = `Tracker: ${trackerStateOf(answer)} for ${formatSpan(answer.at - since)}, ${plural(held, 'registration')} of these peers`;
  const trouble =
    fault !== undefined
      ? `; fault ${fault.kind} until ${formatClock(fault.until * 1000)}: what it holds meanwhile, peers cannot see`
      : troubleSince === undefined
        ? ''
        : `; it has not answered well since ${formatClock(troubleSince)}: what it holds, nobody here can see`;
  return `${state}${trouble}.`;
}

/** The machines in a sentence each, for those who do not see them. */
export function spokenSummary({ counts, flows, tracker }: Scene): string {
  const states = Object.entries(counts).map(([state, count]) => `${state} ${formatCount(count.present)}`);
  const moves = [...flows.values()].reduce((sum, { rate }) => sum + rate, 0);
  const own = tracker.now === undefined ? '' : `The tracker is ${tracker.now}. `;
  return `${own}Peers by state: ${states.join(', ')}. ${formatPerSecond(moves)} steps a second.`;
}
