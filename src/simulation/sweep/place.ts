/** A parameter's path, as a sweep has it, and the scenario with another value there. */

/** A field's name, or what stands in brackets: an entry's id, its name, or its number. */
type Step = { readonly kind: 'field' | 'entry'; readonly key: string };
export type ParameterPath = readonly Step[];

const MAX_STEPS = 16;
const STEP = /\.?([A-Za-z_]\w*)|\[(?:"((?:[^"\\]|\\.)*)"|([^\]"]+))\]/y;

/** `swarms[film].arrivals.rate`, with `$.` in front or without; undefined of what is none. */
export function parsePath(text: string): ParameterPath | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = text.startsWith('$.') ? 2 : 0;
  let at = STEP.lastIndex;
  while (at < text.length) {
    const match = steps.length < MAX_STEPS ? STEP.exec(text) : null;
    if (match === null) return undefined;
    const [whole, field, quoted, bare] = match;
    // The first field has no dot in front, all others have one.
    if (field !== undefined && whole.startsWith('.') !== steps.length > 0) return undefined;
    steps.push(
      field === undefined
        ? { kind: 'entry', key: quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/gs, '$1') }
        : { kind: 'field', key: field },
    );
    at = STEP.lastIndex;
  }
  return steps.length === 0 ? undefined : steps;
}

/** What has no place in the scenario: the step that leads nowhere. */
export interface NoPlace {
  readonly missing: string;
}

/** A copy of `value` with `leaf` at the path; of what is not there only the last field may be new. */
export function withValue(
  value: unknown,
  path: ParameterPath,
  leaf: unknown,
): { readonly value: unknown } | NoPlace {
  const [step, ...rest] = path;
  if (step === undefined) return { value: leaf };
  const nowhere = { missing: step.key };
  if (typeof value !== 'object' || value === null) return nowhere;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const index = step.kind === 'entry' ? indexOf(items, step.key) : -1;
    if (index < 0) return nowhere;
    const inner = withValue(items[index], rest, leaf);
    return 'missing' in inner ? inner : { value: items.with(index, inner.value) };
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (rest.length > 0 && !Object.hasOwn(object, step.key)) return nowhere;
  const inner = withValue(object[step.key], rest, leaf);
  return 'missing' in inner ? inner : { value: { ...object, [step.key]: inner.value } };
}

/** By id or name first: an id may be a number. */
function indexOf(items: readonly unknown[], key: string): number {
  const named = items.findIndex((item) => {
    const { id, name } = (item ?? {}) as { readonly id?: unknown; readonly name?: unknown };
    return id === key || name === key;
  });
  if (named >= 0 || !/^\d{1,9}$/.test(key)) return named;
  return Number(key) < items.length ? Number(key) : -1;
}
