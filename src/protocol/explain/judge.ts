/** The tree on the wire, with what the reader and the catalogue say of every field. */
import type { DecodeError, Finding } from '../codec.ts';
import type { EditionId, Method } from '../message.ts';
import { SECRET_ELEMENTS } from '../secrets.ts';
import { belongs, DOCUMENTS, fieldAt } from './catalogue.ts';
import type { ExplainedNode, FieldVerdict } from './explanation.ts';
import { ELEMENTS } from './field.ts';
import type { Field, Side } from './field.ts';
import { textOf } from './wire-tree.ts';
import type { Span, WireNode, WireTree } from './wire-tree.ts';

/** Characters of a value that are shown. */
const MAX_VALUE = 1024;
/** Names that stand in paths as they are; any other is quoted, so that no name can pass for a path. */
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
interface Draft extends Writable<Omit<ExplainedNode, 'children'>> {
  children: Draft[];
}

export interface Judgement {
  readonly body: Uint8Array;
  readonly tree: WireTree;
  readonly edition: EditionId | undefined;
  readonly side: Side | undefined;
  readonly method: Method | undefined;
  readonly findings: readonly Finding[];
  readonly error: DecodeError | undefined;
  /** Nodes for what is not in the body. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export function judge(judgement: Judgement): ExplainedNode {
  return new Judge(judgement).root;
}

class Judge {
  readonly root: Draft;
  private readonly given: Judgement;
  /** By path, less the indices that are 0: readers count only where there may be several. */
  private readonly nodes = new Map<string, Draft>();
  /** Where a child of a node is due. */
  private readonly inside = new Map<Draft, number>();
  /** The verdict of what nothing is said of. */
  private readonly usual: FieldVerdict;
  /** The deepest node that the place where the document breaks is in. */
  private breaks: Draft;

  constructor(given: Judgement) {
    this.given = given;
    const { body, tree, findings, error, headers } = given;
    this.usual = error === undefined ? 'ok' : 'unread';
    this.root = {
      path: '',
      name: 'message',
      kind: 'document',
      bytes: { start: 0, end: body.length },
      verdict: this.usual,
      section: given.edition === undefined ? 'ours' : DOCUMENTS[given.edition],
      meaning: 'The body as a whole.',
      children: [],
    };
    this.nodes.set('', this.root);
    this.inside.set(this.root, body.length);
    this.breaks = this.root;
    for (const { name, value } of headers) this.header(name, value);
    // A JSON object is the document; an XML element is in it.
    const [top] = tree.children;
    if (top?.kind === 'object') this.inside.set(this.root, top.inside);
    if (top?.kind === 'array' || top?.kind === 'member')
      this.show(this.root, { start: top.start, end: top.end });
    else this.add(this.root, top?.kind === 'object' ? top.children : tree.children);
    for (const finding of findings) this.depart(finding);
    if (error !== undefined) this.refuse(error);
  }

  private field(path: string): Field | undefined {
    const { edition, side, method } = this.given;
    return edition === undefined || side === undefined ? undefined : fieldAt(edition, side, path, method);
  }

  private header(name: string, value: string): void {
    const field = this.field(name);
    const bytes = { start: 0, end: 0 };
    this.put(this.root, {
      path: name,
      name,
      kind: 'header',
      value,
      bytes,
      ...this.said(field),
      children: [],
    });
  }

  private put(parent: Draft, node: Draft): void {
    parent.children.push(node);
    this.nodes.set(keyOf(node.path), node);
  }

  private said(field: Field | undefined): Pick<Draft, 'verdict' | 'section' | 'meaning'> {
    const { edition, method } = this.given;
    if (field === undefined)
      return {
        verdict: 'unknown',
        section: edition === 'rfc7846' ? 'RFC 7846 §4.4' : 'ours',
        meaning: 'Nothing that the edition defines. Extensions may add to a message; readers ignore them.',
      };
    const { section, meaning } = field;
    if (belongs(field, method)) return { verdict: this.usual, section, meaning };
    return {
      verdict: 'unknown',
      section,
      meaning: `Belongs to ${field.methods?.join(', ')} and is ignored here. ${meaning}`,
    };
  }

  /** Any of them, whatever it declares. */
  private namespace(): Field {
    const section = this.field('PPSPTrackerProtocol@xmlns')?.section ?? this.root.section;
    return { ...NAMESPACE, section };
  }

  private add(parent: Draft, children: readonly WireNode[]): void {
    const counts = new Map<string, number>();
    for (const child of children) {
      const key = `${child.kind} ${localName(child)}`;
      const index = counts.get(key) ?? 0;
      counts.set(key, index + 1);
      this.addOne(parent, child, index);
    }
  }

  private addOne(parent: Draft, wire: WireNode, index: number): void {
    const { broken } = this.given.tree;
    const path = this.pathOf(parent, wire, index);
    const known = isNamespace(wire) ? this.namespace() : this.fieldOf(parent, wire, path);
    const earlier = wire.kind === 'member' || wire.kind === 'object' || wire.kind === 'array';
    const twice = earlier && wire.name !== '' ? this.nodes.get(keyOf(path)) : undefined;
    if (twice !== undefined) this.supersede(twice);
    const node: Draft = {
      path,
      name: wire.name,
      kind: wire.kind,
      bytes: { start: wire.start, end: wire.closed ? wire.end : Math.max(wire.end, broken?.at ?? 0) },
      ...this.said(known),
      children: [],
    };
    this.put(parent, node);
    this.inside.set(node, wire.inside);
    const within = broken && wire.start <= broken.at && (broken.at < wire.end || !wire.closed);
    if (within === true) this.breaks = node;
    // What is in an extension is nobody's business; it shows as it stands.
    const opaque = known === undefined;
    const value = wire.value ?? (opaque ? { start: wire.start, end: wire.end } : undefined);
    const holds = wire.children.length > 0 || wire.kind === 'object' || wire.kind === 'array';
    if (value !== undefined && (opaque || !holds || wire.kind === 'element')) this.show(node, value);
    if (!opaque && !isSecret(node)) this.add(node, wire.children);
  }

  /** Of members written twice the last counts: what is in the earlier is no one's any more. */
  private supersede(node: Draft): void {
    node.verdict = 'unknown';
    node.meaning = 'Written again further on in the same object: the last one counts, this one is ignored.';
    const forget = (gone: Draft): void => {
      this.nodes.delete(keyOf(gone.path));
      gone.children.forEach(forget);
    };
    forget(node);
    if (node.children.length > 0) this.show(node, node.bytes);
    node.children = [];
  }

  private fieldOf(parent: Draft, wire: WireNode, path: string): Field | undefined {
    if (wire.kind !== 'text') return this.field(path);
    // Text beside elements: a part of the value where one is due, else nothing.
    const field = this.field(parent.path);
    return field?.value === ELEMENTS ? undefined : field;
  }

  /** As readers name it. */
  private pathOf(parent: Draft, wire: WireNode, index: number): string {
    const counted = (path: string): string => `${path}[${index}]`;
    if (wire.kind === 'text') return counted(`${parent.path}#text`);
    if (wire.name === '' && parent.kind === 'array') return counted(parent.path);
    const local = localName(wire);
    const name = PLAIN_NAME.test(local) ? local : `[${JSON.stringify(local)}]`;
    if (wire.kind === 'attribute') return `${parent.path}@${name}`;
    const path = parent.path === '' ? name : `${parent.path}.${name}`;
    if (wire.kind !== 'element') return path;
    return index > 0 || this.field(path)?.path.endsWith('[]') === true ? counted(path) : path;
  }

  private show(node: Draft, { start, end }: Span): void {
    if (isSecret(node)) {
      node.value = '(not shown)';
      return;
    }
    // A character takes four bytes at most.
    const text = textOf(this.given.body, { start, end: Math.min(end, start + MAX_VALUE * 4) });
    const kept = text.slice(0, MAX_VALUE).replace(/[\ud800-\udbff]$/, '');
    node.value = kept;
    node.valueBytes = { start, end };
    if (kept.length < text.length || end - start > MAX_VALUE * 4) node.cut = true;
  }

  /** The node at a path, made where something is missing. `undefined`: beyond what was walked. */
  private at(path: string): Draft {
    const node = this.nodes.get(keyOf(path));
    if (node !== undefined) return node;
    const above = parentPath(path);
    const parent = above === undefined ? this.root : this.at(above);
    if (this.given.tree.truncated) return parent;
    const place = this.inside.get(parent) ?? parent.bytes.end;
    const field = this.field(path);
    const missing: Draft = {
      path,
      name: field?.name ?? path.slice((above ?? '').length).replace(/^[.@]/, ''),
      kind: path.slice((above ?? '').length).startsWith('@')
        ? 'attribute'
        : this.given.edition === 'rfc7846'
          ? 'member'
          : 'element',
      bytes: { start: place, end: place },
      ...this.said(field),
      children: [],
    };
    this.inside.set(missing, place);
    this.put(parent, missing);
    return missing;
  }

  private depart({ path, expected, section }: Finding): void {
    const node = this.at(path);
    node.expected = node.verdict === 'departs' ? `${node.expected}; ${expected}` : expected;
    node.verdict = 'departs';
    node.section = section;
  }

  private refuse({ path, problem }: DecodeError): void {
    const node = this.at(path);
    node.verdict = 'wrong';
    node.problem = problem;
    const field = this.field(path);
    if (field !== undefined) node.expected = field.value;
    const { broken } = this.given.tree;
    if (path === '' && broken !== undefined) this.markBreak(broken);
  }

  /** The place where the document stops being one. */
  private markBreak({ at, problem }: NonNullable<WireTree['broken']>): void {
    const bytes = { start: at, end: Math.min(this.breaks.bytes.end, at + 1) };
    this.breaks.children.push({
      path: `${this.breaks.path}#broken`,
      name: '',
      kind: 'text',
      bytes,
      verdict: 'wrong',
      problem,
      section: this.root.section,
      meaning: 'Here the document stops being well-formed. What comes before is shown as far as it goes.',
      children: [],
    });
  }
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Readers take elements whatever their prefix. */
const localName = ({ kind, name }: WireNode): string => (kind === 'element' ? withoutPrefix(name) : name);

const isSecret = ({ name }: Draft): boolean => SECRET_ELEMENTS.has(withoutPrefix(name));

const keyOf = (path: string): string => path.replaceAll('[0]', '');

/** `a.b[1]@c` -> `a.b[1]` -> `a` -> `undefined`; an index goes with its name. */
function parentPath(path: string): string | undefined {
  const end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('@'));
  return end > 0 ? path.slice(0, end) : undefined;
}

const isNamespace = ({ kind, name }: WireNode): boolean =>
  kind === 'attribute' && (name === 'xmlns' || name.startsWith('xmlns:'));

const NAMESPACE: Omit<Field, 'section'> = {
  path: '@xmlns',
  name: 'xmlns',
  side: 'request',
  use: 'optional',
  value: 'namespace name',
  meaning:
    'Declares a namespace. Any is read, with or without its prefix on the elements; none is asked for.',
};
