/** What the diagram says: at its arrows, in its list of steps, to whoever hears it. */
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';
import { formatCount, formatSpan, formatStamp, formatTook, shortId } from '../format.ts';
import { firstOf, lastOf, type Item } from './folding.ts';
import { isBad } from './layout.ts';
import { TRACK_TIMER, type Band, type Timer } from './states.ts';

/** To the millisecond: `1:20.417`, or the time of day in UTC. */
export function momentText(time: number, clock: SequenceStep['clock']): string {
  if (clock === 'absolute') return new Date(time).toISOString().slice(11, 23);
  const whole = Math.max(0, Math.round(time));
  return formatStamp(whole) + String(whole % 100).padStart(2, '0');
}

export const peerName = (peer: string): string => shortId(peer, 5, 5);

export const methodText = (step: SequenceStep): string => step.method ?? 'unreadable request';

/** The status and the error's name, or why there is no answer. */
export function outcomeText({ status, trouble, verdict }: SequenceStep): string {
  if (status === undefined) return trouble ?? 'no answer';
  const what = verdict === 'error' ? (trouble ?? 'error') : verdict === 'unreadable' ? 'unreadable' : '';
  return what === '' ? String(status) : `${status} ${what}`;
}

const tookText = ({ took }: SequenceStep): string => (took === undefined ? '' : formatTook(took));

/** What it was for, where the method does not say it already. */
function purposeText({ purpose, effect }: SequenceStep): string {
  if (purpose !== undefined) return purpose;
  const { joins, leaves } = effect;
  return [...leaves.map(() => 'LEAVE'), ...joins.map(({ mode }) => `JOIN as ${mode}`)].join(', ');
}

export function requestText(item: Item): string {
  const step = firstOf(item);
  if (step === undefined) return '';
  if (item.kind === 'fold')
    return `${formatCount(item.steps.length)} × ${methodText(step)} every ${formatSpan(item.every)}`;
  const attempt = step.attempt > 1 ? ` · attempt ${step.attempt}` : '';
  const purpose = purposeText(step);
  return `${methodText(step)}${attempt}${purpose === '' || purpose === methodText(step) ? '' : ` ${purpose}`}`;
}

export function answerText(item: Item): string {
  const step = firstOf(item);
  if (step === undefined) return '';
  if (item.kind === 'fold') return outcomeText(step);
  return [outcomeText(step), tookText(step)].filter((part) => part !== '').join(' · ');
}

/** One sentence for those who hear it. */
export function itemText(item: Item): string {
  const [step, last] = [firstOf(item), lastOf(item)];
  if (step === undefined || last === undefined) return '';
  const when = momentText(step.time, step.clock);
  const until = item.kind === 'fold' ? ` to ${momentText(last.time, last.clock)}` : '';
  const bad = isBad(step) ? 'Trouble: ' : '';
  return `${when}${until}, ${peerName(step.peerId ?? '')}: ${bad}${requestText(item)}, ${answerText(item)}`;
}

/** Facts of a step for the card beside the pointer. */
export function factsOf(item: Item): readonly (readonly [name: string, value: string])[] {
  const [step, last] = [firstOf(item), lastOf(item)];
  if (step === undefined || last === undefined) return [];
  const { purpose, swarms, edition, attempt, clock } = step;
  const facts: (readonly [string, string] | undefined)[] = [
    [
      'at',
      momentText(step.time, clock) + (item.kind === 'fold' ? ` to ${momentText(last.time, clock)}` : ''),
    ],
    ['status', outcomeText(step)],
    ['took', tookText(step) || 'not recorded'],
    purpose === undefined ? undefined : ['purpose', purpose],
    swarms.length === 0 ? undefined : ['swarm', swarms.slice(0, 3).join(', ')],
    edition === undefined ? undefined : ['edition', edition],
    attempt > 1 ? ['attempt', String(attempt)] : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

export function bandText({ state, mode }: Band): string {
  if (state !== 'TRACKING' || mode === undefined) return state;
  return `${state} · ${mode === 'both' ? 'LEECH and SEED' : mode}`;
}

const seconds = (milliseconds: number): string => `${Math.max(0, Math.round(milliseconds / 1000))}\u00a0s`;

export const timerText = ({ from, to, expired }: Timer): string =>
  expired
    ? `track timer ran out: ${seconds(TRACK_TIMER)}`
    : `track timer: ${seconds(TRACK_TIMER - (to - from))} left`;
