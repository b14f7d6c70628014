/** What every packed message starts with (`layout.ts`, "Every message"). */
import type { EditionId, Method } from '../message.ts';
import { RULES } from '../rules.ts';
import { EDITION_CODES, FAILURE, FORM, METHOD_CODES, OTHER_VERSION, RESPONSE } from './layout.ts';
import type { PackedReader } from './reading.ts';

export interface Head {
  readonly edition: EditionId;
  readonly version: string;
  readonly method: Method;
  /** `RESPONSE` and `FAILURE`. */
  readonly flags: number;
  /** Bits 3 to 0 of the second byte. */
  readonly parts: number;
}

export function readHead(from: PackedReader): Head {
  const first = from.byte();
  if (first >> 5 !== FORM) from.refuse('is not in this packed form');
  const second = from.byte();
  const edition = from.word(EDITION_CODES, (first >> 2) & 3);
  return {
    edition,
    version: first & OTHER_VERSION ? from.id(from.literal()) : RULES[edition].version,
    method: from.word(METHOD_CODES, second >> 4),
    flags: first & (RESPONSE | FAILURE),
    parts: second & 15,
  };
}
