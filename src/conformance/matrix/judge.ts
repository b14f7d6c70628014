/** What a recorded life amounts to: its stages, both sides' departures, one verdict and the reason for it. */
import type { EditionId } from '../../protocol/message.ts';
import { asksAnew, isJoin, isReport, leaves } from '../desk.ts';
import { held } from '../good-tracker.ts';
import { outcomeOf } from '../verify.ts';
import { headerOf } from '../tracker-bench.ts';
import { answerFindings } from './answer-findings.ts';
import type { CellCounts, CellFinding, CellVerdict, Stage, StageName } from './cell.ts';
import type { Behaviour } from './config.ts';
import { echoes, granted } from './ledger.ts';
import type { Entry } from './ledger.ts';
import { modeOf } from './life.ts';
import type { Urged } from './life.ts';
import { requestFindings } from './request-findings.ts';

export interface LivedCell {
  readonly edition: EditionId;
  /** Somebody else's peer has none that is known. */
  readonly behaviour: Behaviour | undefined;
  /** Everything that was exchanged, in the order in which it ended. */
  readonly entries: readonly Entry[];
  readonly urged: Urged;
  /** The SEED of ours that was in the swarm before; absent when it could not come in. */
  readonly companion: string | undefined;
  /** Milliseconds. */
  readonly patience: number;
}

export interface Judgement {
  readonly verdict: CellVerdict;
  readonly reason: string;
  readonly stages: readonly Stage[];
  readonly findings: readonly CellFinding[];
  readonly counts: CellCounts;
}

const PLANS: Readonly<Record<Behaviour, readonly StageName[]>> = {
  complete: ['join', 'list', 'report', 'ask anew', 'seed', 'leave'],
  repeats: ['join', 'list', 'report', 'ask anew', 'seed', 'leave'],
  leech: ['join', 'list', 'report', 'ask anew', 'leave'],
  seed: ['join', 'report', 'leave'],
};
/** What is asked of a peer that nobody can tell what to do: the rest is told where it is seen. */
const FOREIGN: readonly StageName[] = ['join', 'list'];

export async function judge(cell: LivedCell): Promise<Judgement> {
  const { edition, behaviour, entries, urged, patience } = cell;
  const own = entries.filter(({ exchange }) => exchange.by === 'peer');
  const stages = stagesOf(cell, own);
  const mode = behaviour === undefined ? firstMode(own) : modeOf(behaviour);
  const findings = [
    ...answerFindings(entries),
    ...spokenOtherwise(edition, own, entries),
    ...(await requestFindings({ edition, mode, entries: own, urged, patience })),
  ];
  const counts = countsOf(entries);
  return { ...verdictOf(stages, behaviour, own, findings, counts), stages, findings, counts };
}

function verdictOf(
  stages: readonly Stage[],
  behaviour: Behaviour | undefined,
  own: readonly Entry[],
  findings: readonly CellFinding[],
  counts: CellCounts,
): Pick<Judgement, 'verdict' | 'reason'> {
  if (own.length === 0) return { verdict: 'fails', reason: 'The peer sent nothing.' };
  const failed = stages.find((stage) => stage.outcome !== 'done' && isNeeded(stage, behaviour));
  if (failed !== undefined) {
    const { name, outcome, why } = failed;
    return { verdict: 'fails', reason: `${PHRASES[name]}: ${why ?? outcome}.` };
  }
  if (findings.length > 0 || counts.errors > 0) {
    const of = (side: CellFinding['side']): number => findings.filter((one) => one.side === side).length;
    const parts = [`${of('tracker')} of the tracker`, `${of('peer')} of the peer`];
    const refused = own.find((entry) => granted(entry) === undefined);
    const also = refused === undefined ? '' : `; ${whyNot(refused)}`;
    return {
      verdict: 'deviates',
      reason: `The life was lived, with deviations: ${parts.join(', ')}${also}.`,
    };
  }
  const done = stages.filter(({ outcome }) => outcome === 'done').map(({ name }) => DONE[name]);
  return { verdict: 'works', reason: `The peer ${done.join(', ')}; both sides to the letter.` };
}

function isNeeded({ name, outcome }: Stage, behaviour: Behaviour | undefined): boolean {
  if (behaviour === undefined) return FOREIGN.includes(name) && (name === 'join' || outcome === 'refused');
  // Where the SEED of ours could not come in, there was nobody to be given.
  return name === 'list' ? outcome === 'refused' : PLANS[behaviour].includes(name);
}

const PHRASES: Readonly<Record<StageName, string>> = {
  join: 'It did not come into the swarm',
  list: 'It was not given the peer that is there',
  report: 'No report of its was taken',
  'ask anew': 'It got no further peers',
  seed: 'It did not become SEED',
  leave: 'It did not get out of the swarm',
};

const DONE: Readonly<Record<StageName, string>> = {
  join: 'joined',
  list: 'was given the peer that is there',
  report: 'reported',
  'ask anew': 'asked anew',
  seed: 'became SEED',
  leave: 'left',
};

function stagesOf({ behaviour, companion, urged }: LivedCell, own: readonly Entry[]): readonly Stage[] {
  const plan = behaviour === undefined ? PLANS.complete : PLANS[behaviour];
  const joined = own.some((entry) => isIn(entry));
  const completing = urged.get('complete') ?? Number.POSITIVE_INFINITY;
  const leaving = urged.get('leave') ?? (behaviour === undefined ? 0 : Number.POSITIVE_INFINITY);
  const named = (name: StageName, asks: (entry: Entry, place: number) => boolean): Stage => {
    if (!plan.includes(name)) return { name, outcome: 'not reached', why: 'its life has none' };
    if (name !== 'join' && !joined) return { name, outcome: 'not reached', why: 'it was in no swarm' };
    const asked = own.filter((entry, place) => asks(entry, place));
    if (asked.some((entry) => granted(entry) !== undefined)) return { name, outcome: 'done' };
    const [first] = asked;
    if (first === undefined) return { name, outcome: 'missing', why: 'it never asked for it' };
    return { name, outcome: 'refused', why: whyNot(first) };
  };
  return [
    named('join', (entry) => (entry.request.ok ? isJoin(entry.request.message) || !joined : !joined)),
    listStage(plan, companion, own, joined),
    named('report', ({ request }) => request.ok && isReport(request.message)),
    named('ask anew', ({ request, before }) => request.ok && asksAnew(request.message, before)),
    // To become SEED may take a LEAVE first (table 6 of RFC 7846): where that is refused, nothing more comes.
    seedStage(
      named('seed', (entry, place) => place >= completing && place < leaving && changes(entry)),
      own,
    ),
    named('leave', ({ request }, place) => place >= leaving && request.ok && leaves(request.message)),
  ];
}

const changes = ({ request }: Entry): boolean =>
  request.ok && (isJoin(request.message) || leaves(request.message));

const isIn = (entry: Entry): boolean => {
  const request = granted(entry);
  return request !== undefined && held(entry.before, request).swarms.size > 0;
};

/** Done when it was SEED in the end, not when something was granted on the way. */
function seedStage(stage: Stage, own: readonly Entry[]): Stage {
  if (stage.outcome !== 'done') return stage;
  const seeds = own.some((entry) => {
    const request = granted(entry);
    return request !== undefined && [...held(entry.before, request).swarms.values()].includes('SEED');
  });
  if (seeds) return stage;
  const refused = own.findLast((entry) => changes(entry) && granted(entry) === undefined);
  return refused === undefined
    ? { name: 'seed', outcome: 'missing', why: 'no JOIN as SEED came' }
    : { name: 'seed', outcome: 'refused', why: whyNot(refused) };
}

function listStage(
  plan: readonly StageName[],
  companion: string | undefined,
  own: readonly Entry[],
  joined: boolean,
): Stage {
  const not = (why: string): Stage => ({ name: 'list', outcome: 'not reached', why });
  if (!plan.includes('list')) return not('a SEED is given none');
  if (!joined) return not('it was in no swarm');
  if (companion === undefined) return not('the SEED of ours could not come in before');
  const lists = own.flatMap(({ answer }) =>
    answer?.ok === true && answer.message.outcome === 'success' ? answer.message.peerLists : [],
  );
  const given = lists.some(({ peers }) => peers.some(({ peerId }) => peerId === companion));
  return given
    ? { name: 'list', outcome: 'done' }
    : { name: 'list', outcome: 'refused', why: 'the SEED that had joined before was on no list' };
}

function whyNot({ exchange, request, answer }: Entry): string {
  const header = (name: string): string | undefined =>
    exchange.answer && headerOf(exchange.answer.headers, name);
  const sent = { ...exchange, header, ...(answer === undefined ? {} : { tolerant: answer }) };
  const came = outcomeOf(sent);
  if (answer?.ok !== true || answer.message.outcome === 'failure') return `${exchange.step} met ${came}`;
  const echoed = request.ok && echoes(request.message, answer.message);
  const but = echoed ? 'a failed result in it' : 'the transaction ID of another request';
  return `${exchange.step} met ${came}, with ${but}`;
}

/** A peer that was to speak one edition and speaks another. */
function spokenOtherwise(
  edition: EditionId,
  own: readonly Entry[],
  entries: readonly Entry[],
): readonly CellFinding[] {
  const others = own.filter(({ codec }) => codec.edition !== edition);
  const [first] = others;
  if (first === undefined) return [];
  const what = `It speaks ${first.codec.edition}, and was to speak ${edition}`;
  const place = { times: others.length, exchange: entries.indexOf(first) + 1 };
  return [{ side: 'peer', level: 'MUST', section: 'the matrix', what, ...place }];
}

const firstMode = (own: readonly Entry[]): 'LEECH' | 'SEED' => {
  for (const { request } of own) {
    if (!request.ok) continue;
    const { message } = request;
    if (message.method === 'JOIN' || message.method === 'JOIN_CHUNK')
      return message.mode === 'LEECH' ? 'LEECH' : 'SEED';
    if (message.method !== 'CONNECT') continue;
    const join = message.actions.find(({ action }) => action === 'JOIN');
    if (join !== undefined) return join.mode === 'LEECH' ? 'LEECH' : 'SEED';
  }
  return 'LEECH';
};

function countsOf(entries: readonly Entry[]): CellCounts {
  const counts = { exchanges: entries.length, errors: 0, unanswered: 0, bytes: 0 };
  for (const { exchange, answer } of entries) {
    if (answer?.ok !== true) counts.unanswered++;
    else if (answer.message.outcome === 'failure') counts.errors++;
    counts.bytes += exchange.request.body.length + (exchange.answer?.body.length ?? 0);
  }
  return counts;
}
