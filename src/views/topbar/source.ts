import type { RunState } from '../../dashboard/state.ts';
import { formatCount } from '../format.ts';

/** Where the figures come from, and how many of those peers live in this page. */
export function sourceNote(run: Pick<RunState, 'figures' | 'figuresFrom' | 'simulated'>): string {
  switch (run.figuresFrom) {
    case 'page':
      return 'counted by this page';
    case 'tracker':
      return run.figures.peers === run.simulated.peers
        ? 'counted by the tracker (/stats)'
        : `${formatCount(run.figures.peers)} registered · ${formatCount(run.simulated.peers)} simulated here`;
    default:
      return run.figuresFrom satisfies never;
  }
}
