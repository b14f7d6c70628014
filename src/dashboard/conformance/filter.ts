/** Which cases are shown, in which order, and how many there are of each kind. */
import { globOf } from '../../workers/client.ts';
import type { EditionId } from '../../protocol/message.ts';
import {
  STANDINGS,
  standingOf,
  type CaseFilter,
  type CaseInfo,
  type JudgedCase,
  type Standing,
} from './state.ts';

type Judged = ReadonlyMap<string, JudgedCase>;

function hasText({ id, section, requirement }: CaseInfo, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  // As the command's `--only` has it.
  return wanted.includes('*')
    ? globOf(wanted).test(id)
    : [id, section, requirement].some((one) => one.toLowerCase().includes(wanted));
}

const isOfLevel = ({ level, ours }: CaseInfo, wanted: CaseFilter['level']): boolean =>
  wanted === undefined || (wanted === 'ours' ? ours === true : level === wanted);

/** All but the standing, so that counts of each standing can be shown beside the one chosen. */
export const narrowed = <One extends CaseInfo>(cases: readonly One[], filter: CaseFilter): readonly One[] =>
  cases.filter(
    (one) =>
      (filter.edition === undefined || one.edition === filter.edition) &&
      (filter.section === undefined || one.section === filter.section) &&
      isOfLevel(one, filter.level) &&
      hasText(one, filter.text),
  );

export const ofStanding = <One extends CaseInfo>(
  cases: readonly One[],
  judged: Judged,
  standing: Standing | undefined,
): readonly One[] =>
  standing === undefined ? cases : cases.filter(({ id }) => standingOf(judged.get(id)) === standing);

export type Standings = Readonly<Record<Standing, number>>;

export function countStandings(cases: readonly CaseInfo[], judged: Judged): Standings {
  const counts = Object.fromEntries(STANDINGS.map((one) => [one, 0])) as Record<Standing, number>;
  for (const { id } of cases) counts[standingOf(judged.get(id))]++;
  return counts;
}

export interface SectionGroup<One> {
  readonly section: string;
  readonly cases: readonly One[];
}

export interface EditionGroup<One> {
  readonly edition: EditionId;
  readonly sections: readonly SectionGroup<One>[];
}

/** By edition, then by section, each in the order of its first case. */
export function grouped<One extends CaseInfo>(cases: readonly One[]): readonly EditionGroup<One>[] {
  const editions = new Map<EditionId, Map<string, One[]>>();
  for (const one of cases) {
    const sections = editions.get(one.edition) ?? new Map<string, One[]>();
    editions.set(one.edition, sections);
    const group = sections.get(one.section);
    if (group) group.push(one);
    else sections.set(one.section, [one]);
  }
  return [...editions].map(([edition, sections]) => ({
    edition,
    sections: [...sections].map(([section, cases]) => ({ section, cases })),
  }));
}

export const sectionsOf = (cases: readonly CaseInfo[]): readonly string[] => [
  ...new Set(cases.map(({ section }) => section)),
];
