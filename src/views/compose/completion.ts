/** What the editor offers where the cursor stands: members, elements, attributes and values of the edition. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { offersIn, valuesAt, type Offer } from '../../dashboard/compose/words.ts';
import type { WireWord } from '../../dashboard/compose/state.ts';

type Node = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

/** Offers for a document in which `words` may stand. */
export const completeFrom =
  (words: () => readonly WireWord[]) =>
  (context: CompletionContext): CompletionResult | null => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    const top = syntaxTree(context.state).topNode.name;
    return top === 'JsonText'
      ? inJson(words(), context, node)
      : top === 'Document'
        ? inXml(words(), context, node)
        : null;
  };

const textOf = (state: EditorState, { from, to }: Pick<Node, 'from' | 'to'>): string =>
  state.sliceDoc(from, to);
const unquoted = (text: string): string => text.replaceAll(/^["']|["']$/g, '');

function completion(offer: Offer, apply: string): Completion {
  const { name, detail, info, departure } = offer;
  return { label: name, detail, info, apply, type: 'property', boost: departure ? -50 : 0 };
}

const values = (words: readonly string[], written: (word: string) => string): Completion[] =>
  words.map((word) => ({ label: word, apply: written(word), type: 'constant' }));

/** Names of the members around a node, its own left out; places in arrays have none. */
function jsonPath(state: EditorState, node: Node | null): string {
  const names: string[] = [];
  for (let one = node; one !== null; one = one.parent) {
    const name = one.name === 'Property' ? one.getChild('PropertyName') : null;
    if (name !== null) names.unshift(unquoted(textOf(state, name)));
  }
  return names.join('.');
}

function inJson(words: readonly WireWord[], { state, pos, explicit }: CompletionContext, node: Node) {
  const { parent } = node;
  if (node.name === 'PropertyName' && parent?.name === 'Property') {
    const isNamed = /^\s*:/.test(state.sliceDoc(node.to, node.to + 20));
    const options = offersIn(words, jsonPath(state, parent.parent), 'children').map((offer) =>
      completion(offer, `"${offer.name}"${isNamed ? '' : ': '}`),
    );
    // What is typed stands in quotes: so must what it is held against.
    return {
      from: node.from,
      to: node.to,
      options: options.map((one) => ({ ...one, label: `"${one.label}"`, displayLabel: one.label })),
    };
  }
  if (node.name === 'String') {
    const options = values(valuesAt(words, jsonPath(state, node)), (word) => `"${unquoted(word)}"`);
    const quoted = options.map((one) => ({ ...one, label: `"${unquoted(one.label)}"` }));
    return quoted.length === 0 ? null : { from: node.from, to: node.to, options: quoted };
  }
  if (!explicit) return null;
  const around = node.name === 'Object' || node.name === '{' ? node : parent;
  const options = offersIn(words, jsonPath(state, around), 'children').map((offer) =>
    completion(offer, `"${offer.name}": `),
  );
  return { from: pos, options };
}

/** The name of an element by its own tag. */
function tagName(state: EditorState, element: Node): string | undefined {
  const tag = element.getChild('OpenTag') ?? element.getChild('SelfClosingTag');
  const name = tag?.getChild('TagName');
  return name == null ? undefined : textOf(state, name).replace(/^.*:/, '');
}

/** Names of the elements around a node, its own too where it is one. */
function xmlPath(state: EditorState, node: Node | null): string {
  const names: string[] = [];
  for (let one = node; one !== null; one = one.parent) {
    const name = one.name === 'Element' ? tagName(state, one) : undefined;
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}

const elements = (words: readonly WireWord[], path: string, open: string): Completion[] =>
  offersIn(words, path, 'children').map((offer) =>
    completion(offer, `${open}${offer.name}>${offer.detail === 'elements' ? '' : `</${offer.name}>`}`),
  );

/** What may stand between tags: elements, and the words of a text. */
function between(words: readonly WireWord[], pos: number, path: string) {
  return {
    from: pos,
    options: [...values(valuesAt(words, path), (word) => word), ...elements(words, path, '<')],
  };
}

function inXml(words: readonly WireWord[], { state, pos, explicit }: CompletionContext, node: Node) {
  const { name, parent } = node;
  if (name.endsWith('EndTag')) {
    if (!explicit) return null;
    const of = parent?.parent ?? null;
    return between(words, pos, xmlPath(state, parent?.name === 'OpenTag' ? of : (of?.parent ?? null)));
  }
  const tag = /^(?:OpenTag|SelfClosingTag)$/.test(name) ? node : parent;
  const element = tag?.parent ?? null;
  const isInTag = tag !== null && /^(?:OpenTag|SelfClosingTag)$/.test(tag.name);
  if (name === 'StartTag' || (name === 'TagName' && isInTag)) {
    const from = name === 'StartTag' ? pos : node.from;
    return { from, options: elements(words, xmlPath(state, element?.parent ?? null), '') };
  }
  if (name === 'AttributeValue') {
    const attribute = parent?.getChild('AttributeName');
    if (attribute == null) return null;
    const path = `${xmlPath(state, parent?.parent?.parent ?? null)}@${textOf(state, attribute)}`;
    const options = values(valuesAt(words, path), (word) => word);
    return options.length === 0 ? null : { from: node.from + 1, to: Math.max(pos, node.to - 1), options };
  }
  if (isInTag || parent?.name === 'Attribute') {
    const owner = parent?.name === 'Attribute' ? (parent.parent?.parent ?? null) : element;
    const from = name === 'AttributeName' ? node.from : pos;
    if (from === pos && !explicit) return null;
    const options = offersIn(words, xmlPath(state, owner), 'attributes').map((offer) =>
      completion(offer, `${offer.name}=""`),
    );
    return { from, options };
  }
  return explicit ? between(words, pos, xmlPath(state, node)) : null;
}
