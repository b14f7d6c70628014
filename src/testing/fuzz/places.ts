/** Where in a message its values and pieces stand, so that a change can leave the rest of it whole. */

export type Form = 'json' | 'xml' | 'packed';

/** Offsets into the text. `piece`: a member, an item, an element or an attribute, with its name. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly kind: 'value' | 'piece';
  readonly of: 'json' | 'text' | 'attribute' | 'element';
}

const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

export function placesOfJson(text: string): Place[] {
  const places: Place[] = [];
  const tokens = [...text.matchAll(JSON_TOKEN)];
  /** Of each open container: where it began, and where the member or item it holds did. */
  const open: { readonly start: number; entry: number }[] = [];
  const ended = (start: number, end: number): void => {
    const parent = open.at(-1);
    places.push({ start, end, kind: 'value', of: 'json' });
    if (parent)
      places.push({ start: parent.entry < 0 ? start : parent.entry, end, kind: 'piece', of: 'json' });
  };
  for (const [index, token] of tokens.entries()) {
    const [word] = token;
    const parent = open.at(-1);
    if (word === '{' || word === '[') open.push({ start: token.index, entry: -1 });
    else if (word === '}' || word === ']') {
      const closed = open.pop();
      if (closed) ended(closed.start, token.index + 1);
    } else if (word === ',') {
      if (parent) parent.entry = -1;
    } else if (tokens[index + 1]?.[0] === ':') {
      if (parent) parent.entry = token.index;
    } else if (word !== ':') ended(token.index, token.index + word.length);
  }
  return places;
}

const XML_TAG = /<(\/?)([A-Za-z_][^\s<>/]*)([^<>]*?)(\/?)>/g;
const XML_ATTRIBUTE = /\s+[^\s=]+\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export function placesOfXml(text: string): Place[] {
  const places: Place[] = [];
  const open: { readonly start: number; readonly inside: number; leaf: boolean }[] = [];
  for (const tag of text.matchAll(XML_TAG)) {
    const [whole, slash, name = '', attributes = '', empty] = tag;
    const end = tag.index + whole.length;
    if (slash === '/') {
      const element = open.pop();
      if (!element) continue;
      places.push({ start: element.start, end, kind: 'piece', of: 'element' });
      if (element.leaf) places.push({ start: element.inside, end: tag.index, kind: 'value', of: 'text' });
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.leaf = false;
    const from = tag.index + 1 + name.length;
    for (const attribute of attributes.matchAll(XML_ATTRIBUTE)) {
      const start = from + attribute.index;
      const to = start + attribute[0].length;
      const value = attribute[1] ?? attribute[2] ?? '';
      places.push({ start, end: to, kind: 'piece', of: 'attribute' });
      places.push({ start: to - 1 - value.length, end: to - 1, kind: 'value', of: 'attribute' });
    }
    if (empty === '/') places.push({ start: tag.index, end, kind: 'piece', of: 'element' });
    else open.push({ start: tag.index, inside: end, leaf: true });
  }
  return places;
}
