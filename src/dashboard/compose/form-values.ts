/** Values of a form by their paths: `actions.0.swarmId`. */
import type { FormField, FormProblem, FormRecord, FormValue } from '../../workers/messages.ts';

/** The value with another one at the path; `undefined` leaves a member out, or takes an item out of its list. */
export function withValueAt(
  value: FormValue,
  path: readonly (string | number)[],
  next: FormValue | undefined,
): FormValue {
  const [step, ...rest] = path;
  if (step === undefined) return next ?? '';
  if (typeof step === 'number') {
    const items: readonly FormValue[] = Array.isArray(value) ? value : [];
    if (rest.length === 0 && next === undefined) return items.filter((_, place) => place !== step);
    return Array.from({ length: Math.max(items.length, step + 1) }, (_, place) => {
      const item = items[place] ?? '';
      return place === step ? withValueAt(item, rest, next) : item;
    });
  }
  const members = recordOf(value);
  if (rest.length > 0) return { ...members, [step]: withValueAt(members[step] ?? {}, rest, next) };
  if (next !== undefined) return { ...members, [step]: next };
  const { [step]: _, ...others } = members;
  return others;
}

const isRecord = (value: FormValue | undefined): value is FormRecord =>
  typeof value === 'object' && !Array.isArray(value);

export const recordOf = (value: FormValue | undefined): FormRecord => (isRecord(value) ? value : {});

export const itemsOf = (value: FormValue | undefined): readonly FormValue[] =>
  Array.isArray(value) ? (value as readonly FormValue[]) : [];

/** What a new group, or a new item of a list, holds. */
export function blankOf(fields: readonly FormField[]): FormValue {
  const [only] = fields;
  if (only?.key === '') return only.blank ?? '';
  return Object.fromEntries(
    fields.flatMap(({ key, blank }): [string, FormValue][] => (blank === undefined ? [] : [[key, blank]])),
  );
}

export const problemAt = (problems: readonly FormProblem[], path: readonly (string | number)[]) =>
  problems.find((problem) => problem.path === path.join('.'))?.problem;
