/** The catalogue's form: every field that an edition has, with what the text says of it. */
import type { EditionId, Method } from '../message.ts';

/** `departure`: not in the grammar, but seen on the wire and read. */
export type Use = 'mandatory' | 'optional' | 'conditional' | 'departure';

export type Side = 'request' | 'response';

export interface Field {
  /** `PPSPTrackerProtocol.connect.peer_addr[].port`: `[]` where there may be several, `@` before an attribute. */
  readonly path: string;
  /** The last word of the path. */
  readonly name: string;
  readonly side: Side;
  /** The methods whose messages have it; absent: all. */
  readonly methods?: readonly Method[];
  readonly use: Use;
  /** The form of the value, in words. */
  readonly value: string;
  /** Section cited: `RFC 7846 §3.2.4`. */
  readonly section: string;
  /** What it means, for an implementer. */
  readonly meaning: string;
}

/** `value` of what holds elements and no text of its own. */
export const ELEMENTS = 'elements';

/** Path below the one given to `fieldsOf`, use, value, section, meaning. */
export type Row = readonly [path: string, use: Use, value: string, section: string, meaning: string];

/** Rows of one place in the message. `under` is put before every path as it is. */
export function fieldsOf(
  side: Side,
  under: string,
  rows: readonly Row[],
  methods?: readonly Method[],
): readonly Field[] {
  return rows.map(([path, use, value, section, meaning]) => {
    const whole = under + path;
    const name = /[^.@]*$/.exec(whole)?.[0].replace('[]', '') ?? whole;
    return { path: whole, name, side, use, value, section, meaning, ...(methods && { methods }) };
  });
}

/** Without any index, since an array of one may be the bare object, and tables and readers count differently. */
export const withoutIndices = (path: string): string => path.replaceAll(/\[[0-9]*\]/g, '');

export type Catalogue = Readonly<Record<EditionId, readonly Field[]>>;
