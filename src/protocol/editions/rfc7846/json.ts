/** JSON text to plain values, bounded, and members looked up without the prototype. */
import { decodeText } from '../../text.ts';
import type { Reading } from '../../reading.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const ROOT = 'PPSPTrackerProtocol';

/** A message needs 9 levels; extensions may nest deeper. */
const MAX_DEPTH = 32;

/**
 * Nesting measured before anything is built, outside of strings. On the bytes: UTF-8 has those of ASCII for
 * nothing else, and they are three times as fast to look at as the text.
 */
function tooDeep(body: Uint8Array): boolean {
  const { length } = body;
  let depth = 0;
  for (let i = 0; i < length; i++) {
    const byte = body[i];
    if (byte === 0x22) {
      for (i++; i < length && body[i] !== 0x22; i++) if (body[i] === 0x5c) i++;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}

/** The value of the root member; of members written twice the last counts (RFC 7159 §4 leaves it open). */
export function readRoot(reading: Reading, body: Uint8Array): JsonObject | undefined {
  const decoded = decodeText(body);
  if (!decoded.ok) return reading.refuse('', decoded.problem);
  if (decoded.byteOrderMark) reading.found('', 'no byte order mark', 'RFC 7159 §8.1');
  if (tooDeep(body)) return reading.refuse('', `is nested deeper than ${MAX_DEPTH} levels`);
  let value: unknown;
  try {
    value = JSON.parse(decoded.text);
  } catch {
    return reading.refuse('', 'is not JSON');
  }
  if (!isObject(value)) return reading.refuse('', 'is not a JSON object');
  return object(reading, member(value, ROOT), ROOT);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object's own; `null` counts as absent, as many writers mean it. */
export function member(from: JsonObject, name: string): unknown {
  return Object.hasOwn(from, name) ? (from[name] ?? undefined) : undefined;
}

export function object(reading: Reading, value: unknown, path: string): JsonObject | undefined {
  if (isObject(value)) return value;
  return reading.refuse(path, value === undefined ? 'is missing' : 'is not an object');
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
