/** What the composer's page needs to know of the editions: forms, what may stand where, ways to spoil, examples. */
import { codecOf } from '../../protocol/editions/index.ts';
import { belongs, FIELDS } from '../../protocol/explain/catalogue.ts';
import type { Use } from '../../protocol/explain/field.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId, Method } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import { DEFORMATION_NAMES, DEFORMATIONS } from './deform.ts';
import type { DeformationName } from './deform.ts';
import { EXAMPLES } from './examples.ts';
import { fieldsOf } from './form.ts';
import type { FormField } from './form.ts';
import { textOf } from './write.ts';

/** What may be written at a place of a request, for completion. */
export interface WireWord {
  /** `PPSPTrackerProtocol.connect.peer_addr[].port`: `[]` where there may be several, `@` before an attribute. */
  readonly path: string;
  readonly name: string;
  readonly use: Use;
  readonly value: string;
  readonly section: string;
  readonly meaning: string;
}

export interface EditionGuide {
  readonly mediaType: string;
  readonly methods: readonly { readonly method: Method; readonly fields: readonly FormField[] }[];
  /** Of all methods together. */
  readonly words: readonly WireWord[];
}

export interface ComposeGuide {
  readonly editions: Readonly<Record<EditionId, EditionGuide>>;
  readonly deformations: readonly {
    readonly id: DeformationName;
    readonly name: string;
    readonly expect: string;
  }[];
  /** The texts' own, by their sections. */
  readonly examples: readonly { readonly name: string; readonly edition: EditionId; readonly text: string }[];
}

function guideOf(edition: EditionId): EditionGuide {
  const { methods } = RULES[edition];
  const known = new Set<string>();
  return {
    mediaType: codecOf(edition).mediaType,
    methods: methods.map((method) => ({ method, fields: fieldsOf(edition, method) })),
    words: FIELDS[edition].flatMap((field): WireWord[] => {
      const { path, name, use, value, section, meaning } = field;
      const isWanted = field.side === 'request' && methods.some((method) => belongs(field, method));
      if (!isWanted || known.has(path)) return [];
      known.add(path);
      return [{ path, name, use, value, section, meaning }];
    }),
  };
}

export const composeGuide = (): ComposeGuide => ({
  editions: Object.fromEntries(EDITIONS.map((edition) => [edition, guideOf(edition)])) as Record<
    EditionId,
    EditionGuide
  >,
  deformations: DEFORMATION_NAMES.map((id) => {
    const { name, expect } = DEFORMATIONS[id];
    return { id, name, expect };
  }),
  examples: EXAMPLES.map(({ name, request }) => ({ name, edition: request.edition, text: textOf(request) })),
});
