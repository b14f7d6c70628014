/** The tree of a message: members looked up without the prototype, and lists however they are written. */
import type { Reading } from '../../reading.ts';
import { decodeText } from '../../text.ts';
import type { Text } from '../../text.ts';
import { parseExactly, REPEATED } from './parse.ts';
import type { JsonObject } from './parse.ts';
import { countMembers, scan } from './scan.ts';

export const ROOT = 'PPSPTrackerProtocol';

/** As a regular expression: a character that stands in a JSON string as it is, of those in ASCII. */
export const UNESCAPED = '[ !#-[\\]-~]';

/** A message needs 9 levels; extensions may nest deeper. */
const MAX_DEPTH = 32;

/** A body that both readers look at, parsed once. */
export class Body {
  readonly bytes: Uint8Array;
  readonly decoded: Text;
  private tree: unknown;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.decoded = decodeText(bytes);
  }

  /** What `JSON.parse` makes of it; `undefined` when it is not JSON. */
  parsed(): unknown {
    if (this.tree === undefined && this.decoded.ok)
      try {
        this.tree = JSON.parse(this.decoded.text) as unknown;
      } catch {
        return undefined;
      }
    return this.tree;
  }
}

/** The value of the root member. */
export function readRoot(reading: Reading, body: Body): JsonObject | undefined {
  const { decoded } = body;
  if (!decoded.ok) return reading.refuse('', decoded.problem);
  if (decoded.byteOrderMark) reading.found('', 'no byte order mark', 'RFC 7159 §8.1');
  const { depth, members, hasLongNumber } = scan(body.bytes, MAX_DEPTH);
  if (depth > MAX_DEPTH) return reading.refuse('', `is nested deeper than ${MAX_DEPTH} levels`);
  let document = body.parsed();
  if (document === undefined) return reading.refuse('', 'is not JSON');
  if (hasLongNumber || members !== countMembers(document)) document = parseExactly(decoded.text);
  if (!isObject(document)) return reading.refuse('', 'is not a JSON object');
  judgeRepeated(reading, document, '');
  return object(reading, member(document, ROOT), ROOT);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object's own; `null` counts as absent, as many writers mean it. */
export function member(from: JsonObject, name: string): unknown {
  return Object.hasOwn(from, name) ? (from[name] ?? undefined) : undefined;
}

export function object(reading: Reading, value: unknown, path: string): JsonObject | undefined {
  if (!isObject(value)) return reading.refuse(path, value === undefined ? 'is missing' : 'is not an object');
  judgeRepeated(reading, value, path);
  return value;
}

/**
 * Of members of one name the last counted, which RFC 7159 §4 leaves open. Objects that the grammar does not
 * know are ignored whatever is in them (§4.4), so only those that are read come by here.
 */
function judgeRepeated(reading: Reading, value: JsonObject, path: string): void {
  if (value[REPEATED]) reading.found(path, 'no two members of one name', 'RFC 7159 §4');
}

/** An array of objects; an array of one may be the bare object, as in the RFC's examples. */
export function list(
  reading: Reading,
  value: unknown,
  path: string,
  section: string,
  max: number,
): { readonly value: unknown; readonly path: string }[] | undefined {
  if (value === undefined) return [];
  if (isObject(value)) {
    reading.found(path, 'an array, even of one', section);
    return [{ value, path }];
  }
  if (!Array.isArray(value)) return reading.refuse(path, 'is not an array');
  if (value.length > max) return reading.refuse(path, `has more than ${max} entries`);
  return value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]` }));
}
