/**
 * Whether a text is well-formed XML 1.0 of the kind PPSP-TP needs, in one pass from left to right.
 * fast-xml-parser builds trees but lets much pass (a stray "=", "<" in attributes, text after the root,
 * an unfinished instruction that swallows what follows), so nothing reaches it unchecked: what is handed
 * on is made of tags and text only. A DTD is refused, and with it every entity it could declare
 * (digest, "Security"). Problems never quote the input.
 */

/** The deepest element of a message is the fourth; extensions may nest deeper. */
const MAX_DEPTH = 16;
const MAX_ATTRIBUTES = 64;

// XML 1.0 §2.3, less U+1680, which JavaScript (so fast-xml-parser) takes for white space.
const NAME_START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{167F}\\u{1681}-\\u{1FFF}' +
  '\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}' +
  '\\u{10000}-\\u{EFFFF}';
const NAME = `[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;
const START_TAG = new RegExp(`<(${NAME})`, 'uy');
const ATTRIBUTE = new RegExp(`[ \\t\\r\\n]+(${NAME})[ \\t\\r\\n]*=[ \\t\\r\\n]*("[^<"]*"|'[^<']*')`, 'uy');
const TAG_END = /[ \t\r\n]*(\/?)>/y;
const END_TAG = new RegExp(`</(${NAME})[ \\t\\r\\n]*>`, 'uy');
const INSTRUCTION = new RegExp(`<\\?(${NAME})(?=[ \\t\\r\\n?])`, 'uy');
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
// XML 1.0 §2.2: the characters a document cannot hold.
// eslint-disable-next-line no-control-regex -- control characters are exactly what this looks for
const NOT_A_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const BLANK = /^[ \t\r\n]*$/;

/** Put before every element's name, to keep `constructor` and `__proto__` apart from anything of JavaScript's. */
export const MARK = '_';

export type Checked =
  | {
      readonly ok: true;
      /**
       * Start tags, end tags and text only: no declaration, comments or instructions, CDATA sections as
       * escaped text, names marked.
       */
      readonly tags: string;
      /** Began with an XML declaration. */
      readonly declared: boolean;
    }
  | { readonly ok: false; readonly problem: string };

const refused = (problem: string): Checked => ({ ok: false, problem });

function hasMoreThan(max: number, character: string, text: string): boolean {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1))
    if (++count > max) return true;
  return false;
}

/**
 * `maxElements` bounds the references too (digest, "Security": bounded entity count): each is decoded by
 * itself, and so is every "&" of a CDATA section, which is handed on as a reference.
 */
export function checkXml(text: string, maxElements: number): Checked {
  if (NOT_A_CHARACTER.test(text)) return refused('holds a control character');
  if (hasMoreThan(maxElements, '&', text)) return refused(`has more than ${maxElements} references`);
  const kept: string[] = [];
  const open: string[] = [];
  let elements = 0;

  const declaration = DECLARATION.exec(text);
  if (!declaration && /^<\?xml[ \t\r\n?]/.test(text)) return refused('has a malformed XML declaration');
  const encoding = declaration?.[1] ?? declaration?.[2] ?? 'utf-8';
  if (!/^utf-?8$|^us-ascii$/i.test(encoding)) return refused('is declared in an encoding other than UTF-8');

  let at = declaration?.[0].length ?? 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  /** What stands between here and the next `end`, and on past it. */
  const upTo = (end: string, skip: number): string | undefined => {
    const to = text.indexOf(end, at + skip);
    if (to < 0) return undefined;
    const inside = text.slice(at + skip, to);
    at = to + end.length;
    return inside;
  };

  while (at < text.length) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const run = text.slice(at, next < 0 ? text.length : next);
      at += run.length;
      if (open.length > 0) {
        if (run.includes(']]>')) return refused('holds "]]>" in text');
        kept.push(run);
      } else if (!BLANK.test(run)) return refused('has text outside the root element');
    } else if (text.startsWith('<!--', at)) {
      const comment = upTo('-->', 4);
      if (comment === undefined) return refused('has a comment that does not end');
      if (comment.includes('--') || comment.endsWith('-')) return refused('has "--" in a comment');
    } else if (text.startsWith('<![CDATA[', at)) {
      const data = upTo(']]>', 9);
      if (data === undefined) return refused('has a CDATA section that does not end');
      if (open.length === 0) return refused('has text outside the root element');
      kept.push(data.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    } else if (text.startsWith('<!', at)) {
      return refused('has a document type or other markup declaration, which is not accepted');
    } else if (text.startsWith('<?', at)) {
      const target = match(INSTRUCTION)?.[1];
      if (target === undefined || target.toLowerCase() === 'xml' || upTo('?>', 0) === undefined)
        return refused('has a malformed processing instruction');
    } else if (text.startsWith('</', at)) {
      const name = match(END_TAG)?.[1];
      if (name === undefined) return refused('has a malformed end tag');
      if (open.pop() !== name) return refused('has an end tag that matches no start tag');
      kept.push(`</${MARK}${name}>`);
    } else {
      const name = match(START_TAG)?.[1];
      if (name === undefined) return refused('has a malformed start tag');
      if (open.length === 0 && elements > 0) return refused('has more than one root element');
      if (++elements > maxElements) return refused(`has more than ${maxElements} elements`);
      kept.push(`<${MARK}${name}`);
      const names = new Set<string>();
      for (let attribute = match(ATTRIBUTE); attribute; attribute = match(ATTRIBUTE)) {
        const [, key = '', value = ''] = attribute;
        if (names.has(key)) return refused('has an attribute twice in one tag');
        if (names.add(key).size > MAX_ATTRIBUTES)
          return refused(`has more than ${MAX_ATTRIBUTES} attributes in one tag`);
        kept.push(' ', key, '=', value);
      }
      const end = match(TAG_END);
      if (!end) return refused('has a malformed start tag');
      if (end[1] === '') open.push(name);
      if (open.length > MAX_DEPTH) return refused(`is nested deeper than ${MAX_DEPTH} elements`);
      kept.push(end[1] === '' ? '>' : `></${MARK}${name}>`);
    }
  }
  if (elements === 0) return refused('is not XML');
  if (open.length > 0) return refused('ends before its root element does');
  return { ok: true, tags: kept.join(''), declared: declaration !== null };
}
