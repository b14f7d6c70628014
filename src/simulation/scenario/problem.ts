/** What is wrong with a scenario, and what to do about it. */
import * as v from 'valibot';
import type { JsonPath } from './json-text.ts';
import { nearest } from './nearest.ts';

export interface Finding {
  readonly path: JsonPath;
  readonly problem: string;
  readonly remedy: string;
}

/** What of a valibot schema is looked at. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly options?: readonly Node[] | readonly string[];
  readonly key?: string;
  readonly literal?: unknown;
}

/** How many names a remedy lists. */
const MAX_LISTED = 24;

const bare = (node: Node): Node => (node.wrapped === undefined ? node : bare(node.wrapped));

/** The schema of what stands at `path`; undefined beyond what the schema knows. */
function nodeAt(root: Node, input: unknown, path: JsonPath): Node | undefined {
  let node: Node | undefined = chosen(bare(root), input);
  let value = input;
  for (const step of path) {
    if (node === undefined) return undefined;
    value = (value as Record<string | number, unknown> | undefined)?.[step];
    const inner: Node | undefined = typeof step === 'number' ? node.item : entry(node, step);
    node = inner && chosen(bare(inner), value);
  }
  return node;
}

const entry = ({ entries = {} }: Node, key: string): Node | undefined =>
  Object.hasOwn(entries, key) ? entries[key] : undefined;

/** Of several kinds the one that the value says it is. */
function chosen(node: Node, value: unknown): Node | undefined {
  if (node.type !== 'variant' || node.key === undefined) return node;
  const { key } = node;
  const word = (value as Record<string, unknown> | null | undefined)?.[key];
  return variants(node).find(({ entries }) => entries?.[key]?.literal === word) ?? node;
}

const variants = ({ options = [] }: Node): readonly Node[] =>
  options.filter((option): option is Node => typeof option !== 'string');

/** The words that may stand here. */
function wordsOf(node: Node | undefined, key: string | undefined): readonly string[] {
  if (node === undefined) return [];
  if (node.type === 'variant' && key !== undefined)
    return variants(node).map(({ entries }) => String(entries?.[key]?.literal));
  return (node.options ?? []).filter((option): option is string => typeof option === 'string');
}

const listed = (words: readonly string[]): string =>
  words.length > MAX_LISTED ? `${words.slice(0, MAX_LISTED).join(', ')}, ...` : words.join(', ');

/** "Did you mean x?", or what there is to choose from. */
function suggest(word: unknown, known: readonly string[]): string {
  const meant = typeof word === 'string' ? nearest(word, known) : undefined;
  return meant === undefined ? `Known here: ${listed(known)}.` : `Did you mean ${meant}?`;
}

/** What `root` found in `input`, in words of ours: valibot's quote what they found. */
export function findingOf(root: v.GenericSchema, input: unknown, issue: v.BaseIssue<unknown>): Finding {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const parent = path.slice(0, -1);
  const last = path.at(-1);
  const schema = root as unknown as Node;
  const node = nodeAt(schema, input, path);
  const description = node === undefined ? undefined : v.getDescription(node as unknown as v.GenericSchema);
  const about = description === undefined ? '' : ` ${description}`;

  if (issue.type === 'strict_object' && issue.expected === 'never')
    return {
      path,
      problem: 'There is no such field here.',
      remedy: suggest(last, Object.keys(nodeAt(schema, input, parent)?.entries ?? {})),
    };
  if (issue.type === 'variant' && issue.expected !== 'Object') {
    const words = wordsOf(nodeAt(schema, input, parent), String(last));
    const missing = issue.input === undefined;
    return {
      path,
      problem: missing ? 'This field is missing.' : 'This word is not known here.',
      remedy: missing ? `One of: ${listed(words)}.` : suggest(issue.input, words),
    };
  }
  if (issue.input === undefined && issue.kind === 'schema')
    return { path, problem: 'This field is missing.', remedy: `Write it.${about}` };
  if (issue.type === 'picklist')
    return {
      path,
      problem: 'This word is not known here.',
      remedy: suggest(issue.input, wordsOf(node, undefined)),
    };
  return { path, ...wrong(issue, about) };
}

function wrong(issue: v.BaseIssue<unknown>, about: string): Omit<Finding, 'path'> {
  const bound = typeof issue.requirement === 'number' ? issue.requirement : undefined;
  switch (issue.type) {
    case 'min_value':
      return { problem: 'This is too small.', remedy: `At least ${bound}.${about}` };
    case 'max_value':
      return { problem: 'This is too large.', remedy: `At most ${bound}.${about}` };
    case 'integer':
      return { problem: 'This is not a whole number.', remedy: `Round it.${about}` };
    case 'min_length':
      return { problem: 'This is too short.', remedy: `At least ${bound}.${about}` };
    case 'max_length':
      return { problem: 'This is too long.', remedy: `At most ${bound}.${about}` };
    case 'length':
      return { problem: 'This has another length.', remedy: `Exactly ${bound}.${about}` };
    case 'number':
      return { problem: 'This is no number.', remedy: `Write a number, without quotes.${about}` };
    case 'string':
      return { problem: 'This is no string.', remedy: `Write it in double quotes.${about}` };
    case 'boolean':
      return {
        problem: 'This is neither true nor false.',
        remedy: `Write true or false, without quotes.${about}`,
      };
    case 'array':
      return { problem: 'This is no list.', remedy: `Write it in square brackets.${about}` };
    case 'strict_object':
    case 'variant':
      return { problem: 'This is no object.', remedy: `Write its fields in braces.${about}` };
    default:
      return { problem: 'This cannot stand here.', remedy: `Write something else.${about}` };
  }
}
