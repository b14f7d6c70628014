/** What the diagram says: at its arrows, in its list of steps, to whoever hears it. */
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';
import { formatBytes, formatCount, formatSpan, formatStamp, formatTook, shortId } from '../format.ts';
import { firstOf, lastOf, type Item, type LinkItem } from './folding.ts';
import { isBad } from './layout.ts';
import { TRACK_TIMER, type Band, type Timer, type Wait } from './states.ts';

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

const bytesOf = ({ steps }: LinkItem): number => steps.reduce((sum, { bytes = 0 }) => sum + bytes, 0);

/** What a peer says to another: `12 × piece, 768 kB`, `hello, holds 40 chunks`, `request of chunk 7`. */
function linkText(item: LinkItem): string {
  const [{ kind, chunk, held }, ...others] = item.steps;
  const bytes = bytesOf(item);
  const size = bytes === 0 ? '' : `, ${formatBytes(bytes)}`;
  if (others.length > 0) return `${formatCount(item.steps.length)} × ${kind}${size}`;
  if (held !== undefined) return `${kind}, holds ${formatCount(held)}`;
  return `${kind}${chunk === undefined ? '' : ` ${formatCount(chunk)}`}${size}`;
}

/** From whom, and between peers to whom. */
export function senderText(item: Item): string {
  if (item.kind !== 'link') return peerName(firstOf(item)?.peerId ?? '');
  const [{ from, to }] = item.steps;
  return `${peerName(from)} → ${peerName(to)}`;
}

/** The same in full. */
export function senderTitle(item: Item): string {
  if (item.kind !== 'link') return firstOf(item)?.peerId ?? '';
  const [{ from, to }] = item.steps;
  return `${from} → ${to}`;
}

/** When it was, or from when to when. */
export function whenText(item: Item): string {
  const [first, last] =
    item.kind === 'link'
      ? ([item.steps[0], item.steps.at(-1)] as const)
      : ([firstOf(item), lastOf(item)] as const);
  if (first === undefined || last === undefined) return '';
  const clock = 'clock' in first ? first.clock : 'run';
  const from = momentText(first.time, clock);
  return first === last ? from : `${from} to ${momentText(last.time, clock)}`;
}

export function requestText(item: Item): string {
  if (item.kind === 'link') return linkText(item);
  const step = firstOf(item);
  if (step === undefined) return '';
  if (item.kind === 'fold')
    return `${formatCount(item.steps.length)} × ${methodText(step)} every ${formatSpan(item.every)}`;
  const attempt = step.attempt > 1 ? ` · attempt ${step.attempt}` : '';
  const purpose = purposeText(step);
  return `${methodText(step)}${attempt}${purpose === '' || purpose === methodText(step) ? '' : ` ${purpose}`}`;
}

export function answerText(item: Item): string {
  if (item.kind === 'link') return '';
  const step = firstOf(item);
  if (step === undefined) return '';
  if (item.kind === 'fold') return outcomeText(step);
  return [outcomeText(step), tookText(step)].filter((part) => part !== '').join(' · ');
}

/** One sentence for those who hear it. */
export function itemText(item: Item): string {
  const said = `${whenText(item)}, ${senderText(item)}: `;
  if (item.kind === 'link') return said + requestText(item);
  const step = firstOf(item);
  if (step === undefined) return '';
  return `${said}${isBad(step) ? 'Trouble: ' : ''}${requestText(item)}, ${answerText(item)}`;
}

/** Facts of a step for the card beside the pointer. */
export function factsOf(item: Item): readonly (readonly [name: string, value: string])[] {
  if (item.kind === 'link') return linkFacts(item);
  const step = firstOf(item);
  if (step === undefined) return [];
  const { purpose, swarms, edition, attempt } = step;
  const facts: (readonly [string, string] | undefined)[] = [
    ['at', whenText(item)],
    ['status', outcomeText(step)],
    ['took', tookText(step) || 'not recorded'],
    purpose === undefined ? undefined : ['purpose', purpose],
    swarms.length === 0 ? undefined : ['swarm', swarms.slice(0, 3).join(', ')],
    edition === undefined ? undefined : ['edition', edition],
    attempt > 1 ? ['attempt', String(attempt)] : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function linkFacts(item: LinkItem): readonly (readonly [name: string, value: string])[] {
  const [first, ...others] = item.steps;
  const bytes = bytesOf(item);
  const span = ((others.at(-1) ?? first).time - first.time) / 1000;
  return [
    ['at', whenText(item)],
    ...(bytes === 0 ? [] : [['content', formatBytes(bytes)] as const]),
    ...(bytes === 0 || span === 0 ? [] : [['in the mean', `${formatBytes(bytes / span)}/s`] as const]),
  ];
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

export const waitText = ({ kind, from, to }: Wait): string =>
  `${kind === 'report' ? 'report timer' : 'back-off'} ${formatSpan(to - from)}`;
