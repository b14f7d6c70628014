/** The fields of all editions, and how to find the one that a path names. */
import type { EditionId, Method } from '../message.ts';
import { withoutIndices } from './field.ts';
import type { Catalogue, Field, Side } from './field.ts';
import { BASE10_FIELDS } from './fields-base10.ts';
import { EXTENDED11_FIELDS } from './fields-extended11.ts';
import { GU04_FIELDS } from './fields-gu04.ts';
import { HTTP_FIELDS } from './fields-http.ts';
import { RFC7846_FIELDS } from './fields-rfc7846.ts';

export const FIELDS: Catalogue = {
  rfc7846: [...RFC7846_FIELDS, ...HTTP_FIELDS],
  'extended-1.1': [...EXTENDED11_FIELDS, ...HTTP_FIELDS],
  'base-1.0': [...BASE10_FIELDS, ...HTTP_FIELDS],
  'gu-04': [...GU04_FIELDS, ...HTTP_FIELDS],
};

/** The section that says what a document of each edition is. */
export const DOCUMENTS: Readonly<Record<EditionId, string>> = {
  rfc7846: 'RFC 7846 §3.4',
  'extended-1.1': 'base-01 §3.1',
  'base-1.0': 'base-01 §3.1',
  'gu-04': 'gu -06 §4.1',
};

type Index = Readonly<Record<Side, ReadonlyMap<string, readonly Field[]>>>;

const indexed = new Map<EditionId, Index>();

function indexOf(edition: EditionId): Index {
  const known = indexed.get(edition);
  if (known !== undefined) return known;
  const of = (side: Side): ReadonlyMap<string, readonly Field[]> => {
    const map = new Map<string, Field[]>();
    for (const field of FIELDS[edition]) {
      if (field.side !== side) continue;
      const path = withoutIndices(field.path);
      map.set(path, [...(map.get(path) ?? []), field]);
    }
    return map;
  };
  const index = { request: of('request'), response: of('response') };
  indexed.set(edition, index);
  return index;
}

/**
 * The field at a path, with or without indices. Where methods differ about it, the method's own; a field
 * that only other methods have is still found, for readers may look at it to tell what is wrong.
 */
export function fieldAt(
  edition: EditionId,
  side: Side,
  path: string,
  method: Method | undefined,
): Field | undefined {
  const fields = indexOf(edition)[side].get(withoutIndices(path)) ?? [];
  return fields.find((field) => belongs(field, method)) ?? fields[0];
}

/** Whether messages of that method have the field; of an unknown method, any has. */
export const belongs = ({ methods }: Field, method: Method | undefined): boolean =>
  methods === undefined || method === undefined || methods.includes(method);
