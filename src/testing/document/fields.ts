/** Regions `fields EDITION request|response`: the catalogue that `explain` judges by. */
import { FIELDS } from '../../protocol/explain/catalogue.ts';
import type { Field, Side } from '../../protocol/explain/field.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import type { Regions } from './document.ts';
import { belowRoot, code, section, table } from './markdown.ts';

const SIDES: readonly Side[] = ['request', 'response'];

const HEAD = ['field', 'use', 'value', 'in', 'meaning', 'text'];

/** Some are given for each method anew: those that say the same are one line. */
function merged(fields: readonly Field[]): readonly Field[] {
  const lines = new Map<string, Field>();
  for (const field of fields) {
    const { methods, ...rest } = field;
    const key = JSON.stringify(rest);
    const known = lines.get(key);
    if (known === undefined) lines.set(key, field);
    else if (known.methods !== undefined && methods !== undefined)
      lines.set(key, { ...known, methods: [...new Set([...known.methods, ...methods])] });
    else lines.set(key, rest);
  }
  return [...lines.values()];
}

const fields = (edition: EditionId, side: Side): string =>
  table(
    HEAD,
    merged(FIELDS[edition].filter((field) => field.side === side)).map((field) => [
      code(belowRoot(field.path)),
      field.use,
      field.value,
      field.methods?.join(', ') ?? 'all',
      field.meaning,
      section(field.section),
    ]),
  );

export const FIELD_REGIONS: Regions = Object.fromEntries(
  EDITIONS.flatMap((edition) =>
    SIDES.map((side) => [`fields ${edition} ${side}`, () => fields(edition, side)]),
  ),
);
