/** Runs of like exchanges put together, so that what differs is seen. */
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';

export interface SingleItem {
  readonly kind: 'step';
  readonly step: SequenceStep;
  /** Key of the run that it is out of, when that was opened. */
  readonly of: number | undefined;
}

export interface FoldItem {
  readonly kind: 'fold';
  /** ID of its first exchange: stays as the run grows. */
  readonly key: number;
  /** At least three, in order of time. */
  readonly steps: readonly SequenceStep[];
  /** Milliseconds from one to the next, in the mean. */
  readonly every: number;
}

export type Item = SingleItem | FoldItem;

/** Shorter runs say more as they are. */
const SHORTEST_RUN = 3;

/** Whether the exchange could stand for others: it changes nothing at the tracker. */
const isRepeatable = ({ effect }: SequenceStep): boolean =>
  effect.joins.length === 0 && effect.leaves.length === 0 && !effect.ends;

/** What like exchanges have in common. A retransmission that was answered is a story of its own. */
function likeness(step: SequenceStep): string | undefined {
  const { method, edition, verdict, status, trouble, attempt, swarms, purpose, id } = step;
  if (!isRepeatable(step)) return undefined;
  const single = verdict === 'ok' && attempt > 1 ? id : '';
  return JSON.stringify([method, edition, verdict, status, trouble, swarms, purpose, single]);
}

/** `steps`: of one peer, in order of time; `opened`: keys of runs that are shown one by one. */
export function foldRuns(steps: readonly SequenceStep[], opened: ReadonlySet<number>): readonly Item[] {
  const items: Item[] = [];
  for (let from = 0; from < steps.length;) {
    const first = steps[from];
    if (first === undefined) break;
    const like = likeness(first);
    const to = like === undefined ? from + 1 : endOfRun(steps, from, like);
    const run = steps.slice(from, to);
    const last = run.at(-1) ?? first;
    const isRun = run.length >= SHORTEST_RUN;
    if (isRun && !opened.has(first.id))
      items.push({
        kind: 'fold',
        key: first.id,
        steps: run,
        every: (last.time - first.time) / (run.length - 1),
      });
    else for (const step of run) items.push({ kind: 'step', step, of: isRun ? first.id : undefined });
    from = to;
  }
  return items;
}

/** Behind the last of those from `from` on that are alike. */
function endOfRun(steps: readonly SequenceStep[], from: number, like: string): number {
  for (let at = from + 1; at < steps.length; at++) {
    const step = steps[at];
    if (step === undefined || likeness(step) !== like) return at;
  }
  return steps.length;
}

export const firstOf = (item: Item): SequenceStep | undefined =>
  item.kind === 'step' ? item.step : item.steps[0];
export const lastOf = (item: Item): SequenceStep | undefined =>
  item.kind === 'step' ? item.step : item.steps.at(-1);
