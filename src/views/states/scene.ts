/** From an answer to what is drawn of it. */
import {
  flowsOf,
  STATES,
  TRACKER_TRANSITIONS,
  type RowFlow,
  type StatesAnswer,
} from '../../dashboard/state-flows.ts';
import type { EditionId } from '../../protocol/message.ts';
import type { PeerState } from '../../protocol/rules.ts';
import type { Scene, StateCount } from './draw.ts';
import { stateLayout, type Layout } from './layout.ts';
import type { TrackerState } from './tracker-layout.ts';
import { noteOf, trackerEvents, trackerLines, trackerStateOf } from './words.ts';

export interface Seen {
  readonly edition: EditionId | undefined;
  readonly answer: StatesAnswer | undefined;
}

export const layoutOf = (width: number, edition: EditionId | undefined): Layout =>
  stateLayout(width, flowsOf(undefined, edition));

const EVENTS = Object.fromEntries(TRACKER_TRANSITIONS.map(({ from, event }) => [from, event])) as Record<
  TrackerState,
  string
>;
const QUIET: Readonly<Record<TrackerState, string>> = { INIT: '', STARTED: '', TERMINATED: 'transient' };

export function sceneOf({ edition, answer }: Seen, layout: Layout, chosen: string | undefined): Scene {
  const flows = flowsOf(answer, edition);
  return {
    layout,
    flows: new Map(flows.map((flow) => [flow.index, flow])),
    counts: countsOf(answer, flows),
    tracker: {
      now: answer === undefined ? undefined : trackerStateOf(answer),
      lines: answer === undefined ? QUIET : trackerLines(answer),
      events: answer === undefined ? EVENTS : trackerEvents(answer, EVENTS),
    },
    chosen,
  };
}

export function countsOf(
  answer: StatesAnswer | undefined,
  flows: readonly RowFlow[],
): Readonly<Record<PeerState, StateCount>> {
  const ended = flows.reduce((sum, { to, total }) => sum + (to === 'TERMINATE' ? total : 0), 0);
  const entries = STATES.map((state, place): [PeerState, StateCount] => {
    const [present, silent] = [answer?.present[place] ?? 0, answer?.silent[place] ?? 0];
    return [state, { present, silent, note: noteOf(state, present, silent, ended) }];
  });
  return Object.fromEntries(entries) as Record<PeerState, StateCount>;
}
