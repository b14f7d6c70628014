/** The editions a run can speak, as the page names them. */
import type { EditionId } from '../protocol/message.ts';

const NAMES: Record<EditionId, { readonly name: string; readonly about: string }> = {
  rfc7846: { name: 'rfc7846 · JSON', about: 'RFC 7846, PPSTP version 1' },
  'base-1.0': { name: 'base-1.0 · XML', about: 'draft-ietf-ppsp-base-tracker-protocol-01, PPSP-TP/1.0' },
};

export const EDITION_NAMES = (Object.keys(NAMES) as EditionId[]).map((id) => ({ id, ...NAMES[id] }));

export const editionFrom = (text: string): EditionId | undefined =>
  EDITION_NAMES.find((edition) => edition.id === text)?.id;
