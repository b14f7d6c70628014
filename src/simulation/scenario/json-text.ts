/** JSON as text: where in it something stands, and what keeps it from being JSON. `JSON.parse` tells neither alike in all engines. */

/** Keys and indices from the root. */
export type JsonPath = readonly (string | number)[];

export interface Fault {
  readonly offset: number;
  readonly path: JsonPath;
  readonly problem: string;
  readonly remedy: string;
}

const MAX_DEPTH = 32;
const SPACE = /[ \t\n\r]*/y;
// A control character in a string has to be escaped (RFC 8259 §7).
// oxlint-disable-next-line no-control-regex -- what must not be there is named
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

class Broken extends Error {
  readonly fault: Omit<Fault, 'path'>;

  constructor(fault: Omit<Fault, 'path'>) {
    super(fault.problem);
    this.fault = fault;
  }
}

class Walk {
  readonly #text: string;
  readonly #meet: (path: JsonPath, offset: number) => void;
  readonly #path: (string | number)[] = [];
  readonly twice: Fault[] = [];
  #at = 0;

  constructor(text: string, meet: (path: JsonPath, offset: number) => void) {
    this.#text = text;
    this.#meet = meet;
  }

  get path(): JsonPath {
    return [...this.#path];
  }

  /** @throws {Broken} */
  all(): void {
    this.#skip();
    this.#meet(this.#path, this.#at);
    this.#value();
    this.#skip();
    if (this.#at < this.#text.length)
      this.#fail('Something follows the end.', 'A scenario is one object: end with its closing brace.');
  }

  #value(): void {
    if (this.#path.length > MAX_DEPTH)
      this.#fail('Nested too deeply.', `A scenario needs no more than ${MAX_DEPTH} levels.`);
    const first = this.#text[this.#at];
    if (first === '{') this.#members('}', () => this.#member(new Set()));
    else if (first === '[') this.#members(']', () => this.#item());
    else if (this.#take(first === '"' ? STRING : PLAIN) === undefined)
      this.#fail(
        'This is no JSON value.',
        first === "'"
          ? 'Strings stand in double quotes.'
          : 'Write an object, a list, a number, true, false, or a string in double quotes.',
      );
  }

  /** What stands between two brackets. */
  #members(end: string, start: () => () => void): void {
    this.#at++;
    this.#skip();
    if (this.#text[this.#at] === end) {
      this.#at++;
      return;
    }
    const one = start();
    for (;;) {
      one();
      this.#skip();
      const next = this.#text[this.#at];
      if (next !== end && next !== ',')
        this.#fail('Something is missing here.', `Write a comma, or close with ${end}.`);
      this.#at++;
      if (next === end) return;
      this.#skip();
      if (this.#text[this.#at] === end)
        this.#fail('Nothing follows the comma.', 'JSON has no comma after the last one.');
    }
  }

  #member(seen: Set<string>): () => void {
    return () => {
      const start = this.#at;
      const quoted = this.#take(STRING);
      if (quoted === undefined)
        this.#fail('This is no name of a field.', 'Names stand in double quotes; JSON has no comments.');
      const key = String(JSON.parse(quoted));
      this.#path.push(key);
      if (seen.has(key))
        this.twice.push({
          offset: start,
          path: this.path,
          problem: 'This field is here twice.',
          remedy: 'Keep one of the two.',
        });
      seen.add(key);
      this.#meet(this.#path, start);
      this.#skip();
      if (this.#text[this.#at] !== ':')
        this.#fail('A colon is missing.', 'Write a colon between the name and the value.');
      this.#at++;
      this.#skip();
      this.#value();
      this.#path.pop();
    };
  }

  #item(): () => void {
    let index = 0;
    return () => {
      this.#path.push(index++);
      this.#meet(this.#path, this.#at);
      this.#value();
      this.#path.pop();
    };
  }

  #skip(): void {
    this.#take(SPACE);
  }

  #take(what: RegExp): string | undefined {
    what.lastIndex = this.#at;
    const [found] = what.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(problem: string, remedy: string): never {
    throw new Broken({ offset: this.#at, problem, remedy });
  }
}

/** What keeps the text from being the JSON that it looks like: the first offence against the grammar, or fields given twice. */
export function faultsOf(text: string): readonly Fault[] {
  const walk = new Walk(text, () => undefined);
  try {
    walk.all();
    return walk.twice;
  } catch (cause) {
    if (!(cause instanceof Broken)) throw cause;
    return [{ ...cause.fault, path: walk.path }];
  }
}

/** `$.swarms[0].chunks`; names that are no identifiers in brackets and quotes. */
export const pathText = (path: JsonPath): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return /^[A-Za-z_$][\w$]{0,99}$/.test(step)
      ? `${text}.${step}`
      : `${text}[${JSON.stringify(step.slice(0, 100))}]`;
  }, '$');

/** Where in valid JSON these paths stand; of one that is not there, where what should hold it stands. */
export function offsetsOf(text: string, paths: readonly JsonPath[]): readonly number[] {
  const keys = paths.map((path) => path.map((_, length) => pathText(path.slice(0, length + 1))));
  const met = new Map<string, number>([['$', 0]]);
  const sought = new Set(keys.flat());
  new Walk(text, (path, offset) => {
    const key = pathText(path);
    if (path.length === 0 || sought.has(key)) met.set(key, offset);
  }).all();
  return keys.map((steps) => met.get(['$', ...steps].findLast((key) => met.has(key)) ?? '$') ?? 0);
}

/** Line and column, from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
