/**
 * JSON text (RFC 7159) to a tree with byte offsets, as far as it goes. The grammar is that of JSON.parse:
 * what it takes has nothing broken here, what it refuses has.
 */
import { nameOf, textOf, Walk } from './wire-tree.ts';
import type { Span, WireNode, WireTree } from './wire-tree.ts';

/** A message needs nine levels; the reader gives up no later than here. */
const MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];
const [OPEN_ARRAY, CLOSE_ARRAY] = [0x5b, 0x5d];
const NO_JSON = 'is not JSON from here on';

export function walkJson(body: Uint8Array): WireTree {
  const walk = new Walk(body);
  const children: WireNode[] = [];
  walk.skipBlanks();
  readValue(walk, children, '', walk.at, 0);
  walk.skipBlanks();
  if (!walk.stopped && walk.at < body.length) walk.stop(NO_JSON);
  return { children, broken: walk.broken, truncated: walk.truncated };
}

function readValue(walk: Walk, into: WireNode[], name: string, start: number, depth: number): void {
  const { byte } = walk;
  if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
    if (depth >= MAX_DEPTH) return walk.stop(`is nested deeper than ${MAX_DEPTH} levels`);
    const node = walk.open(into, byte === OPEN_OBJECT ? 'object' : 'array', name, start);
    if (node === undefined) return undefined;
    const from = walk.at++;
    readEntries(walk, node, depth + 1);
    node.end = walk.at;
    node.value = { start: from, end: walk.at };
    return undefined;
  }
  const value = byte === QUOTE ? readString(walk) : readWord(walk);
  if (value === undefined) return undefined;
  const node = walk.open(into, 'member', name, start);
  if (node !== undefined) Object.assign(node, { end: value.end, value, inside: value.end, closed: true });
  return undefined;
}

/** From behind the opening bracket to behind the closing one. */
function readEntries(walk: Walk, node: WireNode, depth: number): void {
  const close = node.kind === 'object' ? CLOSE_OBJECT : CLOSE_ARRAY;
  for (let first = true; ; first = false) {
    walk.skipBlanks();
    node.inside = walk.at;
    if (walk.byte === close && first) break;
    if (node.kind === 'object') readMember(walk, node, depth);
    else readValue(walk, node.children, '', walk.at, depth);
    if (walk.stopped) return;
    walk.skipBlanks();
    node.inside = walk.at;
    if (walk.byte === close) break;
    if (walk.byte !== COMMA) return walk.stop(NO_JSON);
    walk.at++;
  }
  walk.at++;
  node.closed = true;
}

function readMember(walk: Walk, node: WireNode, depth: number): void {
  const start = walk.at;
  if (walk.byte !== QUOTE) return walk.stop(NO_JSON);
  const key = readString(walk);
  if (key === undefined) return undefined;
  walk.skipBlanks();
  if (walk.body[walk.at] !== COLON) return walk.stop(NO_JSON);
  walk.at++;
  walk.skipBlanks();
  return readValue(walk, node.children, keyOf(walk.body, key), start, depth);
}

/** The name a key stands for: `"peer\u005fid"` is `peer_id`. */
function keyOf(body: Uint8Array, { start, end }: Span): string {
  const raw = nameOf(body, { start: start + 1, end: end - 1 });
  if (!raw.includes('\\')) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    // Cut in the midst of an escape.
    return raw;
  }
}

/** From the opening quote to behind the closing one. */
function readString(walk: Walk): Span | undefined {
  const { body, at: start } = walk;
  let at = start + 1;
  for (; at < body.length && body[at] !== QUOTE; at++) {
    const byte = body[at] ?? 0;
    if (byte < 0x20) return walk.stop('has a bare control character in a string', at);
    if (byte !== BACKSLASH) continue;
    at++;
    if (body[at] === 0x75) {
      for (let digit = 1; digit <= 4; digit++)
        if (!isHex(body[at + digit])) return walk.stop('has a malformed escape in a string', at - 1);
      at += 4;
    } else if (!ESCAPES.has(body[at] ?? 0)) return walk.stop('has a malformed escape in a string', at - 1);
  }
  if (at >= body.length) return walk.stop('has a string that does not end', body.length);
  walk.at = at + 1;
  return { start, end: walk.at };
}

/** What may follow a backslash besides `u`: `"\/bfnrt`. */
const ESCAPES: ReadonlySet<number> = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);

const isHex = (byte = 0): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** A number, or `true`, `false`, `null`. */
function readWord(walk: Walk): Span | undefined {
  const { body, at: start } = walk;
  let at = start;
  while (isWordByte(body[at])) at++;
  const isWord = at - start <= 5 && WORDS.has(textOf(body, { start, end: at }));
  if (!isWord && !isNumber(body, start, at)) return walk.stop(NO_JSON);
  walk.at = at;
  return { start, end: at };
}

const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** Byte by byte, for a number may be as long as the body. */
function isNumber(body: Uint8Array, start: number, end: number): boolean {
  let at = body[start] === 0x2d ? start + 1 : start;
  const digits = (): number => {
    const from = at;
    while (isDigit(body[at])) at++;
    return at - from;
  };
  const leadingZero = body[at] === 0x30;
  const whole = digits();
  if (whole === 0 || (leadingZero && whole > 1)) return false;
  if (body[at] === 0x2e) {
    at++;
    if (digits() === 0) return false;
  }
  if (body[at] === 0x65 || body[at] === 0x45) {
    at++;
    if (body[at] === 0x2b || body[at] === 0x2d) at++;
    if (digits() === 0) return false;
  }
  return at === end;
}

const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;

/** Letters, digits, `+`, `-`, `.`: whatever else comes next ends the word. */
const isWordByte = (byte = 0): boolean =>
  isDigit(byte) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2b ||
  byte === 0x2d ||
  byte === 0x2e;
