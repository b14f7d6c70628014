/** The editions a run can speak, as the page names them. */
import type { EditionId } from '../protocol/message.ts';
import type { RunEdition } from '../dashboard/state.ts';

interface Named {
  readonly name: string;
  readonly about: string;
}

const NAMES: Record<RunEdition, Named> = {
  rfc7846: { name: 'rfc7846 · JSON', about: 'RFC 7846 (2016), PPSTP version 1: what the drafts became.' },
  'extended-1.1': {
    name: 'extended-1.1 · XML',
    about:
      'draft-huang-ppsp-extended-tracker-protocol-04 (2013), PPSP-TP/1.1: adds FIND, DISCONNECT and content scopes.',
  },
  'base-1.0': {
    name: 'base-1.0 · XML',
    about: 'draft-ietf-ppsp-base-tracker-protocol-01 (2013), PPSP-TP/1.0: CONNECT and STAT_REPORT only.',
  },
  'gu-04': {
    name: 'gu-04 · XML',
    about:
      'draft-gu-ppsp-tracker-protocol-04 (2011): one message for each step, and STAT_QUERY from the tracker.',
  },
  mixed: {
    name: 'all four, mixed',
    about: 'Each peer speaks one of the four, in equal shares; all meet in the same swarms.',
  },
};

export const EDITION_NAMES = (Object.keys(NAMES) as RunEdition[]).map((id) => ({ id, ...NAMES[id] }));

export const editionFrom = (text: string): RunEdition | undefined =>
  EDITION_NAMES.find((edition) => edition.id === text)?.id;

export const editionName = (id: EditionId): Named => NAMES[id];
