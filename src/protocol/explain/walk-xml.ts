/**
 * XML text to a tree with byte offsets, as far as it goes: elements, attributes, and the text of mixed
 * content. Less strict than the reader about which characters a name may have; nothing is judged here.
 */
import { isBlank, nameOf, textOf, Walk } from './wire-tree.ts';
import type { WireNode, WireTree } from './wire-tree.ts';

/** The deepest element of a message is the seventh; the reader gives up no later than here. */
const MAX_DEPTH = 16;

const [LESS, GREATER, SLASH, EQUALS, AND] = [0x3c, 0x3e, 0x2f, 0x3d, 0x26];
const [QUOTE, APOSTROPHE] = [0x22, 0x27];
const REFERENCE = /^&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);/;
/** Bytes of the longest reference. */
const MAX_REFERENCE = 10;

export function walkXml(body: Uint8Array): WireTree {
  const walk = new Walk(body);
  const children: WireNode[] = [];
  const open: WireNode[] = [];
  while (!walk.stopped && walk.at < body.length) {
    if (walk.byte !== LESS) readText(walk, open.at(-1));
    else if (startsWith(walk, '<!--')) skipPast(walk, '-->', 'has a comment that does not end');
    else if (startsWith(walk, '<![CDATA[')) skipPast(walk, ']]>', 'has a CDATA section that does not end');
    else if (startsWith(walk, '<!'))
      walk.stop('has a document type or other markup declaration, which is not accepted');
    else if (startsWith(walk, '<?'))
      skipPast(walk, '?>', 'has a declaration or processing instruction that does not end');
    else if (startsWith(walk, '</')) readEndTag(walk, open);
    else readStartTag(walk, open.at(-1)?.children ?? children, open);
  }
  for (const node of open) node.end = node.inside = walk.at;
  if (!walk.stopped && open.length > 0) walk.stop('has a root element without an end tag', body.length);
  const second = children[1];
  if (second !== undefined) walk.note(second.start, 'has more than one root element');
  noteControls(walk);
  return { children, broken: walk.broken, truncated: walk.truncated };
}

const startsWith = (walk: Walk, mark: string): boolean => bytesAre(walk.body, walk.at, mark);

function bytesAre(body: Uint8Array, at: number, mark: string): boolean {
  for (let i = 0; i < mark.length; i++) if (body[at + i] !== mark.charCodeAt(i)) return false;
  return true;
}

function skipPast(walk: Walk, end: string, problem: string): void {
  const { body } = walk;
  const first = end.charCodeAt(0);
  // Past the opening mark, so that `<!-->` is no comment.
  for (let at = body.indexOf(first, walk.at + 2); at >= 0; at = body.indexOf(first, at + 1))
    if (bytesAre(body, at, end)) {
      walk.at = at + end.length;
      return undefined;
    }
  return walk.stop(problem);
}

/** Up to the next tag. Text beside child elements gets a node of its own; that of a leaf is its value. */
function readText(walk: Walk, parent: WireNode | undefined): void {
  const { body, at: start } = walk;
  const next = body.indexOf(LESS, start);
  walk.at = next < 0 ? body.length : next;
  let from = start;
  while (from < walk.at && isBlank(body[from])) from++;
  if (from === walk.at) return;
  if (parent === undefined) return walk.note(from, 'has text outside the root element');
  noteReferences(walk, start, walk.at);
  let to = walk.at;
  while (isBlank(body[to - 1])) to--;
  const node = walk.open(parent.children, 'text', '', from);
  if (node !== undefined)
    Object.assign(node, { end: to, inside: to, closed: true, value: { start: from, end: to } });
}

function noteReferences(walk: Walk, start: number, end: number): void {
  const { body } = walk;
  for (let at = start; at < end; at++) {
    if (body[at] !== AND) continue;
    const reference = textOf(body, { start: at, end: Math.min(end, at + MAX_REFERENCE) });
    if (REFERENCE.test(reference)) continue;
    walk.note(at, 'holds an entity or character that is not accepted');
    return;
  }
}

function readEndTag(walk: Walk, open: WireNode[]): void {
  const start = walk.at;
  const name = readName(walk, start + 2);
  walk.skipBlanks();
  if (name === '' || walk.byte !== GREATER) return walk.stop('has a malformed end tag', start);
  const node = open.at(-1);
  if (node === undefined || node.name !== name)
    return walk.stop('has an end tag that matches no start tag', start);
  open.pop();
  walk.at++;
  // Nothing but text: it is the element's value, as it stands.
  if (!node.children.some(({ kind }) => kind === 'element')) {
    node.value = { start: node.inside, end: start };
    while (node.children.at(-1)?.kind === 'text') node.children.pop();
  }
  node.end = walk.at;
  node.inside = start;
  node.closed = true;
  return undefined;
}

function readStartTag(walk: Walk, into: WireNode[], open: WireNode[]): void {
  const start = walk.at;
  const name = readName(walk, start + 1);
  if (name === '') return walk.stop('has a malformed start tag', start);
  if (open.length >= MAX_DEPTH) return walk.stop(`is nested deeper than ${MAX_DEPTH} elements`, start);
  const node = walk.open(into, 'element', name, start);
  if (node === undefined) return undefined;
  readAttributes(walk, node);
  node.end = node.inside = walk.at;
  if (walk.stopped) return undefined;
  const empty = walk.byte === SLASH;
  if (empty) walk.at++;
  if (walk.byte !== GREATER) return walk.stop('has a malformed start tag', start);
  walk.at++;
  node.end = node.inside = walk.at;
  node.closed = empty;
  if (!empty) open.push(node);
  return undefined;
}

function readAttributes(walk: Walk, node: WireNode): void {
  const { body } = walk;
  const names = new Set<string>();
  for (;;) {
    walk.skipBlanks();
    const { byte, at: start } = walk;
    if (byte === undefined || byte === GREATER || byte === SLASH) return undefined;
    const name = readName(walk, start);
    walk.skipBlanks();
    if (name === '' || walk.byte !== EQUALS) return walk.stop('has a malformed start tag', start);
    walk.at++;
    walk.skipBlanks();
    const quote = walk.byte;
    if (quote !== QUOTE && quote !== APOSTROPHE) return walk.stop('has a malformed start tag', start);
    const from = walk.at + 1;
    let to = from;
    while (to < body.length && body[to] !== quote && body[to] !== LESS) to++;
    if (body[to] !== quote) return walk.stop('has an attribute value that does not end', start);
    walk.at = to + 1;
    noteReferences(walk, from, to);
    if (names.has(name)) walk.note(start, 'has an attribute twice in one tag');
    names.add(name);
    const attribute = walk.open(node.children, 'attribute', name, start);
    if (attribute === undefined) return undefined;
    const value = { start: from, end: to };
    Object.assign(attribute, { end: walk.at, inside: walk.at, closed: true, value });
  }
}

/** A name as far as it goes, from `at` on; the walk goes on behind it. */
function readName(walk: Walk, start: number): string {
  let at = start;
  while (at < walk.body.length && !endsName(walk.body[at])) at++;
  walk.at = at;
  return nameOf(walk.body, { start, end: at });
}

const endsName = (byte = 0): boolean =>
  isBlank(byte) ||
  byte === GREATER ||
  byte === SLASH ||
  byte === EQUALS ||
  byte === LESS ||
  byte === QUOTE ||
  byte === APOSTROPHE;

/** XML 1.0 §2.2: the characters a document cannot hold, wherever they stand. */
function noteControls(walk: Walk): void {
  const { body } = walk;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    const control = byte < 0x20 && !isBlank(byte);
    if (control || (byte === 0xef && body[at + 1] === 0xbf && (body[at + 2] ?? 0) >= 0xbe)) {
      walk.note(at, 'holds a control character');
      return;
    }
  }
}
