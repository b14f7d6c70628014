/** Members of JSON objects that a person wrote: what is wrong is noted with where it stands and what to do about it. */

export interface Problem {
  /** `$.trackers[0].url`. */
  readonly path: string;
  /** Goes on from the path: `is missing`. */
  readonly problem: string;
  /** What to do. */
  readonly fix: string;
}

export type Members = Readonly<Record<string, unknown>>;

/** Characters of a name, and of any other text. */
const MAX_NAME = 80;
const MAX_TEXT = 4096;
/** Problems told at once. */
const MAX_PROBLEMS = 50;

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

export class MembersReader {
  readonly problems: Problem[] = [];

  problem(path: string, problem: string, fix: string): undefined {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ path, problem, fix });
  }

  /** An object with no other members than `known`. */
  members(value: unknown, path: string, known: readonly string[]): Members | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.problem(path, 'is no object', 'write { … } with its members in it');
    for (const key of Object.keys(value))
      if (!known.includes(key)) {
        // The name is a person's own word: it is what they look for in their file.
        const at = `${path}.${key.slice(0, MAX_NAME)}`;
        this.problem(at, 'is not known here', `take it out, or write one of ${quoted(known)}`);
      }
    return value as Members;
  }

  text(
    of: Members,
    key: string,
    path: string,
    { optional = false }: { readonly optional?: boolean } = {},
  ): string | undefined {
    const value = of[key];
    if (value === undefined)
      return optional ? undefined : this.problem(path, 'is missing', `add "${key}", a text`);
    if (typeof value !== 'string' || value.trim() === '' || value.length > MAX_TEXT)
      return this.problem(path, 'is no text', `write 1 to ${MAX_TEXT} characters in quotes`);
    return value;
  }

  name(of: Members, path: string): string | undefined {
    const name = this.text(of, 'name', `${path}.name`);
    if (name === undefined || (name.length <= MAX_NAME && !/\p{Cc}/u.test(name))) return name;
    return this.problem(
      `${path}.name`,
      'cannot head a column',
      `write at most ${MAX_NAME} characters, in one line`,
    );
  }

  word<Word extends string>(
    of: Members,
    key: string,
    path: string,
    words: readonly Word[],
  ): Word | undefined {
    const found = words.find((word) => word === of[key]);
    return found ?? this.problem(path, 'is none of its words', `write one of ${quoted(words)}`);
  }

  /** A list of some of these, each once; `undefined` when left out. */
  words<Word extends string>(
    of: Members,
    key: string,
    path: string,
    words: readonly Word[],
  ): readonly Word[] | undefined {
    const value = of[key];
    if (value === undefined) return undefined;
    const written: readonly unknown[] = Array.isArray(value) ? value : [];
    const wrong = written.findIndex((one) => !words.some((word) => word === one));
    if (wrong >= 0)
      return this.problem(`${path}[${wrong}]`, 'is none of its words', `write one of ${quoted(words)}`);
    if (written.length === 0 || new Set(written).size < written.length)
      return this.problem(path, 'is no list of different words', `write some of ${quoted(words)} in [ ]`);
    return words.filter((word) => written.includes(word));
  }

  number(of: Members, key: string, path: string, min: number, max: number): number | undefined {
    const value = of[key];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    return this.problem(path, 'is out of range, or no number', `write a number from ${min} to ${max}`);
  }

  /** Off when left out. */
  flag(of: Members, key: string, path: string): boolean {
    const value = of[key];
    if (value !== undefined && typeof value !== 'boolean')
      this.problem(path, 'is neither true nor false', 'write true or false, without quotes');
    return value === true;
  }

  /** Of at least one, at most `max`; what `read` refuses is left out. */
  list<One>(
    of: Members,
    key: string,
    path: string,
    max: number,
    read: (one: unknown, path: string) => One | undefined,
  ): readonly One[] {
    const value = of[key];
    if (!Array.isArray(value) || value.length === 0 || value.length > max) {
      const what = value === undefined ? 'is missing' : 'is no list of the right length';
      this.problem(path, what, `write a list of 1 to ${max} in [ ]`);
      return [];
    }
    return value.flatMap((one: unknown, i) => read(one, `${path}[${i}]`) ?? []);
  }

  distinct(entries: readonly { readonly name: string }[], path: string): void {
    const seen = new Set<string>();
    for (const { name } of entries) {
      if (seen.has(name))
        this.problem(
          path,
          'has two entries of one name',
          'give each a name of its own: cells are told apart by it',
        );
      seen.add(name);
    }
  }
}
