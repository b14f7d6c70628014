/** A scenario file's text read: the scenario with all defaults filled in, or everything that is wrong with it. */
import * as v from 'valibot';
import { checks } from './checks.ts';
import { faultsOf, offsetsOf, pathText, placeOf } from './json-text.ts';
import { withFiles, type OpenFile } from './number-file.ts';
import { findingOf, type Finding } from './problem.ts';
import { ScenarioSchema, type Scenario } from './schema.ts';

export interface Problem {
  /** Where, as `$.swarms[0].chunks`. */
  readonly path: string;
  /** From 1; of a field that is missing, where it should be in. Absent when there was no text to point into. */
  readonly line?: number;
  readonly column?: number;
  readonly problem: string;
  /** What to do. */
  readonly remedy: string;
}

/** `more`: how many problems there are beyond those listed. */
export interface Refused {
  readonly ok: false;
  readonly problems: readonly Problem[];
  readonly more: number;
}

export type ReadScenario = { readonly ok: true; readonly scenario: Scenario } | Refused;

/** Characters of a scenario: a trace of a million arrivals fits. */
const MAX_TEXT = 32 * 1024 * 1024;
const MAX_PROBLEMS = 50;

/** `open`: how to get at the files that it names; without it there are none. */
export function readScenario(text: string, open: OpenFile = () => undefined): ReadScenario {
  if (text.length > MAX_TEXT)
    return refused([
      { path: [], problem: 'This is too long for a scenario.', remedy: `At most ${MAX_TEXT} characters.` },
    ]);
  const faults = faultsOf(text);
  if (faults.length > 0) return refused(faults, (some) => some.map(({ offset }) => placeOf(text, offset)));
  return judged(JSON.parse(text), open, (some) =>
    offsetsOf(
      text,
      some.map(({ path }) => path),
    ).map((offset) => placeOf(text, offset)),
  );
}

/** A scenario that is a value already, such as one with a sweep's parameters put in. */
export const checkScenario = (value: unknown, open: OpenFile = () => undefined): ReadScenario =>
  judged(value, open);

type Places<Found> = (
  some: readonly Found[],
) => readonly { readonly line: number; readonly column: number }[];

function judged(value: unknown, open: OpenFile, places?: Places<Finding>): ReadScenario {
  const found: Finding[] = [];
  const whole = withFiles(value, open, (finding) => found.push(finding));
  const parsed = v.safeParse(ScenarioSchema, whole);
  if (!parsed.success) {
    const { issues } = parsed;
    for (const issue of issues.slice(0, MAX_PROBLEMS)) found.push(findingOf(ScenarioSchema, whole, issue));
    return refused(found, places, Math.max(0, issues.length - MAX_PROBLEMS));
  }
  found.push(...checks(parsed.output));
  return found.length > 0 ? refused(found, places) : { ok: true, scenario: parsed.output };
}

/** `unlisted`: problems beyond those found. */
export function refused<Found extends Finding>(
  found: readonly Found[],
  places?: Places<Found>,
  unlisted = 0,
): Refused {
  const listed = found.slice(0, MAX_PROBLEMS);
  const at = places?.(listed) ?? [];
  return {
    ok: false,
    problems: listed.map(({ path, problem, remedy }, i) => ({
      path: pathText(path),
      ...at[i],
      problem,
      remedy,
    })),
    more: unlisted + found.length - listed.length,
  };
}
