/** XML to a small tree and back, for the editions that speak it. Values stay the strings they are. */
import { XMLParser } from 'fast-xml-parser';
import { decodeText, detached } from './text.ts';
import { checkXml, MARK } from './xml-check.ts';

export interface XmlElement {
  /** Without namespace prefix: prefixes are tolerated, declared or not. */
  readonly name: string;
  /** By full name, decoded. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The element's own text, all pieces of it, decoded and otherwise exactly as it stands. */
  readonly text: string;
}

export type Xml =
  | { readonly ok: true; readonly root: XmlElement; readonly declared: boolean }
  | { readonly ok: false; readonly problem: string };

const TEXT = '#text';
const ATTRIBUTES = ':@';

export const PARSER_OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: MARK,
  textNodeName: TEXT,
  // `000123` and ` a ` are identifiers, not a number and not `a`.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Done below, so that no entity but the five and character references is ever known.
  processEntities: false,
  jPath: false,
} as const;
const PARSER = new XMLParser(PARSER_OPTIONS);

type Node = Readonly<Record<string, unknown>>;

export function readXml(body: Uint8Array, maxElements: number): Xml {
  const decoded = decodeText(body);
  if (!decoded.ok) return decoded;
  const checked = checkXml(decoded.text, maxElements);
  if (!checked.ok) return checked;
  let nodes: unknown;
  try {
    nodes = PARSER.parse(checked.tags);
  } catch {
    return { ok: false, problem: 'is not XML' };
  }
  const root = Array.isArray(nodes) && nodes.length > 0 ? toElement(nodes[0] as Node) : undefined;
  if (root === undefined) return { ok: false, problem: 'holds an entity or character that is not accepted' };
  return { ok: true, root, declared: checked.declared };
}

/** `undefined` when a reference in it stands for nothing. Recursion is bounded by the depth checked before. */
function toElement(node: Node): XmlElement | undefined {
  const key = Object.keys(node).find((name) => name !== ATTRIBUTES) ?? '';
  const attributes = new Map<string, string>();
  for (const [name, raw] of Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>)) {
    // XML 1.0 §3.3.3: white space in attributes reads as spaces; as references it stays what it is.
    const value = decodeEntities(raw.replace(/[\t\n]/g, ' '));
    if (value === undefined) return undefined;
    attributes.set(name.slice(MARK.length), detached(value));
  }
  const children: XmlElement[] = [];
  let text = '';
  for (const child of (node[key] ?? []) as Node[]) {
    const piece = child[TEXT];
    if (typeof piece === 'string') {
      const value = decodeEntities(piece);
      if (value === undefined) return undefined;
      text += value;
    } else {
      const element = toElement(child);
      if (!element) return undefined;
      children.push(element);
    }
  }
  const name = key.slice(MARK.length);
  return { name: name.slice(name.indexOf(':') + 1), attributes, children, text: detached(text) };
}

/** XML 1.0 §4.6. */
const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));|&/g;

function decodeEntities(raw: string): string | undefined {
  if (!raw.includes('&')) return raw;
  let known = true;
  const text = raw.replace(REFERENCE, (_, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const value = name === undefined ? character(code) : PREDEFINED.get(name);
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known ? text : undefined;
}

/** XML 1.0 §2.2 "Char". */
function character(code: number): string | undefined {
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return allowed ? String.fromCodePoint(code) : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const escape = (character: string): string => ESCAPES[character] ?? character;

/** `\r` as a reference, for readers turn a bare one into `\n` (XML 1.0 §2.11). */
export const escapeText = (text: string): string =>
  /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, escape) : text;

/** White space as references, for readers turn it into spaces (XML 1.0 §3.3.3). */
export const escapeAttribute = (text: string): string =>
  /[&<>"\t\n\r]/.test(text) ? text.replace(/[&<>"\t\n\r]/g, escape) : text;

/** One element; attributes that are `undefined` are left out, and so is the end tag of an empty one. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = '',
): string {
  let tag = name;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) tag += ` ${key}="${escapeAttribute(String(value))}"`;
  return content === '' ? `<${tag}/>` : `<${tag}>${content}</${name}>`;
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
