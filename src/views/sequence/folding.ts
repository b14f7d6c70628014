/** Runs of like exchanges, and streams of like messages between peers, put together, so that what differs is seen. */
import type { PeerStep, SequenceStep } from '../../dashboard/wire/sequence.ts';

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

/** What one peer says to another: a message, or a stream of at least three of a kind. */
export interface LinkItem {
  readonly kind: 'link';
  /** ID of the first message. */
  readonly key: number;
  /** In order of time. */
  readonly steps: readonly [PeerStep, ...PeerStep[]];
  /** Key of the stream that it is out of, when that was opened. */
  readonly of: number | undefined;
}

export type ExchangeItem = SingleItem | FoldItem;
export type Item = ExchangeItem | LinkItem;

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
export function foldRuns(
  steps: readonly SequenceStep[],
  opened: ReadonlySet<number>,
): readonly ExchangeItem[] {
  const items: ExchangeItem[] = [];
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

/** Milliseconds of silence that end a stream. */
const SILENCE = 15_000;
/** What comes in streams; the others begin and end links. */
const STREAMED: ReadonlySet<PeerStep['kind']> = new Set(['have', 'request', 'piece']);

/**
 * `links`: in order of time. Requests go one way while pieces come the other, so a stream is of one kind and one
 * direction, whatever is said in between; a greeting or a good-bye of the two ends it.
 */
export function foldLinks(links: readonly PeerStep[], opened: ReadonlySet<number>): readonly LinkItem[] {
  const streams: [PeerStep, ...PeerStep[]][] = [];
  const open = new Map<string, Map<PeerStep['kind'], [PeerStep, ...PeerStep[]]>>();
  for (const step of links) {
    const [way, back] = [`${step.from} ${step.to}`, `${step.to} ${step.from}`];
    if (!STREAMED.has(step.kind)) {
      open.delete(way);
      open.delete(back);
      streams.push([step]);
      continue;
    }
    const ofWay = open.get(way) ?? new Map<PeerStep['kind'], [PeerStep, ...PeerStep[]]>();
    open.set(way, ofWay);
    const stream = ofWay.get(step.kind);
    if (stream !== undefined && step.time - (stream.at(-1)?.time ?? 0) <= SILENCE) stream.push(step);
    else {
      const begun: [PeerStep] = [step];
      ofWay.set(step.kind, begun);
      streams.push(begun);
    }
  }
  return streams.flatMap((steps): LinkItem[] => {
    const [{ id: key }] = steps;
    const isRun = steps.length >= SHORTEST_RUN;
    if (isRun && !opened.has(key)) return [{ kind: 'link', key, steps, of: undefined }];
    return steps.map((step) => ({
      kind: 'link',
      key: step.id,
      steps: [step],
      of: isRun ? key : undefined,
    }));
  });
}

/** Several in one, which can be opened. */
export const isFolded = (item: Item): boolean =>
  item.kind === 'fold' || (item.kind === 'link' && item.steps.length > 1);

export const firstOf = (item: ExchangeItem): SequenceStep | undefined =>
  item.kind === 'step' ? item.step : item.steps[0];
export const lastOf = (item: ExchangeItem): SequenceStep | undefined =>
  item.kind === 'step' ? item.step : item.steps.at(-1);
