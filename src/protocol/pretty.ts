/**
 * Messages laid out for reading: lines of classed pieces. Works on the text alone, so that what is shown
 * is what was on the wire, malformed or not; only white space between tokens changes.
 */
export type PieceClass = 'key' | 'string' | 'number' | 'punct' | 'tag' | 'attr' | 'value' | 'text' | 'plain';

export interface Piece {
  readonly text: string;
  readonly class: PieceClass;
}

/** Beyond that many pieces a line "…" ends it: no one reads on, and a page must draw it. */
export const MAX_PIECES = 20_000;
/** Indentation stops growing there, or a text of nothing but brackets would square its size. */
const MAX_INDENT = 32;

export function pretty(kind: 'json' | 'xml', text: string): Piece[][] {
  const lines = new Lines();
  if (!(kind === 'json' ? layJson(lines, text) : layXml(lines, text))) return plain(text);
  return lines.done();
}

/** Line by line as it stands. */
function plain(text: string): Piece[][] {
  const lines = new Lines();
  for (const line of text.split(/\r\n|[\r\n]/)) {
    lines.put('plain', line);
    lines.end();
  }
  return lines.done();
}

class Lines {
  full = false;
  private readonly lines: Piece[][] = [];
  private line: Piece[] = [];
  private pieces = 0;

  put(kind: PieceClass, text: string): void {
    if (text === '') return;
    if (this.pieces >= MAX_PIECES) this.full = true;
    if (this.full) return;
    this.pieces++;
    this.line.push({ text, class: kind });
  }

  /** Ends the line and indents the next; the indentation waits for its first piece. */
  end(): void {
    if (this.line.length > 0) this.lines.push(this.line);
    this.line = [];
  }

  indent(depth: number): void {
    if (this.line.length === 0 && depth > 0) this.put('plain', '  '.repeat(Math.min(depth, MAX_INDENT)));
  }

  done(): Piece[][] {
    this.end();
    if (this.full) this.lines.push([{ text: '…', class: 'plain' }]);
    return this.lines;
  }
}

/** Where a JSON string that starts at `from` ends, past its quote; -1 when it does not, or holds a line end. */
function stringEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '"') return i + 1;
    if (text[i] === '\\') i++;
    if (text[i] === '\n' || text[i] === '\r') return -1;
  }
  return -1;
}

const JSON_BLANK = /[ \t\r\n]*/y;
const JSON_WORD = /-?[0-9][0-9.eE+-]*|true|false|null/y;

/** False when it meets what is no token of JSON. Structure is not checked: brackets only indent. */
function layJson(lines: Lines, text: string): boolean {
  let at = 0;
  let depth = 0;
  const skip = (): void => {
    JSON_BLANK.lastIndex = at;
    JSON_BLANK.exec(text);
    at = JSON_BLANK.lastIndex;
  };
  skip();
  while (at < text.length && !lines.full) {
    const char = text[at] ?? '';
    if (char === '{' || char === '[') {
      lines.indent(depth);
      at++;
      skip();
      const next = text[at];
      if (next === '}' || next === ']') {
        lines.put('punct', char + next);
        at++;
      } else {
        lines.put('punct', char);
        lines.end();
        depth++;
      }
    } else if (char === '}' || char === ']') {
      lines.end();
      depth = Math.max(0, depth - 1);
      lines.indent(depth);
      lines.put('punct', char);
      at++;
    } else if (char === ',') {
      lines.put('punct', char);
      lines.end();
      at++;
    } else if (char === ':') {
      lines.put('punct', ': ');
      at++;
    } else if (char === '"') {
      const end = stringEnd(text, at);
      if (end < 0) return false;
      const string = text.slice(at, end);
      at = end;
      skip();
      lines.indent(depth);
      lines.put(text[at] === ':' ? 'key' : 'string', string);
    } else {
      JSON_WORD.lastIndex = at;
      const word = JSON_WORD.exec(text)?.[0];
      if (word === undefined) return false;
      lines.indent(depth);
      lines.put(/^[tfn]/.test(word) ? 'value' : 'number', word);
      at += word.length;
    }
    skip();
  }
  return true;
}

const XML_NAME = /<[/?!]?[^\s<>/="']*/y;
const XML_PART = /\s+|[^\s<>/="'?]+|=|"[^"]*"|'[^']*'|\/>|\?>|>|[/?]/y;

/** False when a tag, comment or section does not end. */
function layXml(lines: Lines, text: string): boolean {
  let at = 0;
  let depth = 0;
  /** The tag just laid opened an element: its text and end tag stay on its line. */
  let opened = false;
  while (at < text.length && !lines.full) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const run = text.slice(at, next < 0 ? text.length : next);
      at += run.length;
      const leaf = opened && text.startsWith('</', at);
      if (!leaf && run.trim() === '') continue;
      if (!leaf) lines.end();
      const kept = leaf ? run : run.trim();
      for (const [index, line] of kept.split(/\r\n|[\r\n]/).entries()) {
        if (index > 0) lines.end();
        if (!leaf) lines.indent(depth);
        lines.put('text', line);
      }
      if (!leaf) {
        lines.end();
        opened = false;
      }
      continue;
    }
    const section = ['<!--', '<![CDATA[', '<!'].find((start) => text.startsWith(start, at));
    if (section !== undefined) {
      const end = { '<!--': '-->', '<![CDATA[': ']]>' }[section] ?? '>';
      const to = text.indexOf(end, at + section.length);
      if (to < 0) return false;
      lines.end();
      for (const line of text.slice(at, to + end.length).split(/\r\n|[\r\n]/)) {
        lines.indent(depth);
        lines.put('plain', line);
        lines.end();
      }
      at = to + end.length;
      opened = false;
      continue;
    }
    const closing = text.startsWith('</', at);
    if (closing) depth = Math.max(0, depth - 1);
    if (!closing || !opened) {
      lines.end();
      lines.indent(depth);
    }
    const end = layTag(lines, text, at);
    if (end === undefined) return false;
    at = end.at;
    opened = end.kind === 'start' && !closing;
    if (opened) depth++;
    else lines.end();
  }
  return true;
}

/** One tag or instruction from `<` to `>`; `undefined` when it does not end or is not one. */
function layTag(
  lines: Lines,
  text: string,
  from: number,
): { readonly at: number; readonly kind: 'start' | 'empty' } | undefined {
  XML_NAME.lastIndex = from;
  const name = XML_NAME.exec(text)?.[0] ?? '<';
  lines.put('tag', name);
  let at = from + name.length;
  while (at < text.length && !lines.full) {
    XML_PART.lastIndex = at;
    const part = XML_PART.exec(text)?.[0];
    if (part === undefined) return undefined;
    at += part.length;
    if (part.endsWith('>')) {
      lines.put('tag', part);
      return { at, kind: part === '>' ? 'start' : 'empty' };
    }
    if (part.trim() === '') {
      // Before the end of the tag it would only be in the way.
      if (!/[/?>]/.test(text[at] ?? '')) lines.put('plain', ' ');
    } else if (part === '=') lines.put('punct', part);
    else if (/^["']/.test(part)) lines.put('value', part.replace(/\s/g, ' '));
    else lines.put('attr', part);
  }
  return lines.full ? { at, kind: 'empty' } : undefined;
}
