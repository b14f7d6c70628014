/** A JSON Schema as far as ours go, and values that fit it: what a form is made from. Pure. */

export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

export type JsonPath = readonly (string | number)[];

/** What a reference stands for, with its own description first. */
export function resolved(node: SchemaNode, root: SchemaNode): SchemaNode {
  const { $ref, ...rest } = node;
  const target = $ref === undefined ? undefined : root.$defs?.[$ref.replace('#/$defs/', '')];
  return target === undefined ? node : { ...target, ...rest };
}

export interface Variants {
  /** The property whose value says which one it is. */
  readonly by: string;
  readonly all: readonly { readonly name: string; readonly node: SchemaNode }[];
}

/** Of several forms that one property tells apart; undefined where none does. */
export function variantsOf(node: SchemaNode, root: SchemaNode): Variants | undefined {
  const forms = (node.oneOf ?? node.anyOf)?.map((form) => resolved(form, root));
  const [first] = forms ?? [];
  const by = Object.entries(first?.properties ?? {}).find(([, { const: value }]) => value !== undefined)?.[0];
  if (forms === undefined || by === undefined) return undefined;
  const all = forms.map((form) => ({ name: String(form.properties?.[by]?.const), node: form }));
  return all.some(({ name }) => name === 'undefined') ? undefined : { by, all };
}

/** The least that may stand there. */
export function skeletonOf(given: SchemaNode, root: SchemaNode): unknown {
  const node = resolved(given, root);
  if (node.default !== undefined) return node.default;
  if (node.const !== undefined) return node.const;
  if (node.enum !== undefined) return node.enum[0];
  const [variant] = node.oneOf ?? node.anyOf ?? [];
  if (variant !== undefined) return skeletonOf(variant, root);
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        (node.required ?? []).map((name) => [name, skeletonOf(node.properties?.[name] ?? {}, root)]),
      );
    case 'array':
      return [];
    case 'string':
      return '';
    case 'boolean':
      return false;
    default:
      return Math.max(1, Math.ceil(node.minimum ?? 1));
  }
}

/** A copy with another value at the path; undefined: without it. What is on the way there and missing is made. */
export function withAt(value: unknown, path: JsonPath, leaf: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return leaf;
  if (typeof step === 'number') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    if (rest.length === 0 && leaf === undefined) return items.filter((_, index) => index !== step);
    return step < items.length
      ? items.map((item, index) => (index === step ? withAt(item, rest, leaf) : item))
      : [...items, withAt(undefined, rest, leaf)];
  }
  const object = isObject(value) ? value : {};
  const inner = withAt(object[step], rest, leaf);
  return inner === undefined
    ? Object.fromEntries(Object.entries(object).filter(([name]) => name !== step))
    : { ...object, [step]: inner };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As problems name it: `$.swarms[0].chunks`. */
export const pathName = (path: JsonPath): string =>
  `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;

/** `trackTimer` as words: `track timer`. */
export const inWords = (name: string): string =>
  name.replaceAll(
    /([a-z\d])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
