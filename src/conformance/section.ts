/** The cases of one section of a text, written with no more than what tells them apart. */
import type { EditionId } from '../protocol/message.ts';
import type { Case, Level } from './case.ts';

type Write<Bench> = (
  /** Last part of the id: `leave-from-start`. */
  name: string,
  requirement: string,
  advice: string,
  run: (bench: Bench) => Promise<void>,
  takes?: Case<Bench>['takes'],
) => Case<Bench>;

export interface SectionWriter<Bench> {
  readonly must: Write<Bench>;
  readonly should: Write<Bench>;
  /** A SHOULD of this project's making, where the texts are silent or contradict each other. */
  readonly ours: Write<Bench>;
}

/** `place`: the middle of the ids, `4.1.1` or `http`; `section`: as it is cited, `RFC 7846 §4.1.1`. */
export function casesOf<Bench>(edition: EditionId, place: string, section: string): SectionWriter<Bench> {
  const write =
    (level: Level, ours: boolean): Write<Bench> =>
    (name, requirement, advice, run, takes) => ({
      id: `${edition}/${place}/${name}`,
      edition,
      section,
      level,
      ...(ours && { ours }),
      requirement,
      advice,
      ...(takes && { takes }),
      run,
    });
  return { must: write('MUST', false), should: write('SHOULD', false), ours: write('SHOULD', true) };
}
