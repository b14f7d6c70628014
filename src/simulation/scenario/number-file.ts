/** Observed values in a file of their own beside the scenario: put where the scenario names it. */
import { MAX_VALUES } from './distribution.ts';
import type { JsonPath } from './json-text.ts';
import type { Finding } from './problem.ts';

/** The text of a file that the scenario names, or undefined when there is none. */
export type OpenFile = (name: string) => string | undefined;

/** Which field may name a file, by what its object says it is. */
const FIELDS = [
  { tells: 'distribution', word: 'empirical', field: 'values' },
  { tells: 'process', word: 'trace', field: 'times' },
] as const;
/** A distribution stands no deeper in a scenario. */
const MAX_DEPTH = 8;

/**
 * The same value with the files' numbers in place of their names. Numbers stand one by one, apart by commas,
 * semicolons or space; what follows `#` on a line is a remark.
 */
export function withFiles(
  value: unknown,
  open: OpenFile,
  found: (finding: Finding) => void,
  path: JsonPath = [],
): unknown {
  if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) return value;
  if (Array.isArray(value))
    return typeof value[0] === 'object'
      ? value.map((one, i) => withFiles(one, open, found, [...path, i]))
      : value;
  const object = value as Readonly<Record<string, unknown>>;
  const named = FIELDS.find(
    ({ tells, word, field }) => object[tells] === word && typeof object[field] === 'string',
  );
  if (named !== undefined) {
    const at = [...path, named.field];
    return { ...object, [named.field]: numbersOf(open(String(object[named.field])), at, found) };
  }
  return Object.fromEntries(
    Object.entries(object).map(([key, inner]) => [key, withFiles(inner, open, found, [...path, key])]),
  );
}

/** A value that passes the schema, whatever was found: one finding is enough. */
function numbersOf(
  text: string | undefined,
  path: JsonPath,
  found: (finding: Finding) => void,
): readonly number[] {
  const fail = (problem: string, remedy: string): readonly number[] => {
    found({ path, problem, remedy });
    return [0];
  };
  if (text === undefined)
    return fail(
      'There is no such file.',
      'Put it beside the scenario, or write the numbers here, as a list.',
    );
  const numbers: number[] = [];
  for (const [index, line] of text.split('\n').entries())
    for (const word of line.replace(/#.*/s, '').split(/[\s,;]+/)) {
      if (word === '') continue;
      const number = Number(word);
      if (!(number >= 0 && number < Infinity))
        return fail(
          `Line ${index + 1} of this file has something that is no number from 0.`,
          'Write numbers only; remarks after #.',
        );
      if (numbers.push(number) > MAX_VALUES)
        return fail('This file has too many numbers.', `At most ${MAX_VALUES}.`);
    }
  return numbers.length === 0 ? fail('This file has no numbers.', 'Write at least one.') : numbers;
}
