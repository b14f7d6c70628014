/** What may stand at a place of a message, out of the edition's catalogue, for an editor that offers it. */
import type { WireWord } from '../../workers/messages.ts';

export interface Offer {
  readonly name: string;
  /** `object`, `number, 0 to 65535`. */
  readonly detail: string;
  readonly info: string;
  /** The words that its value may be, where the text names them. */
  readonly words: readonly string[];
  /** Not in the grammar, but read. */
  readonly departure: boolean;
}

const LIST = /^"?[\w.-]+"?(?:, "?[\w.-]+"?)*(?:,? or "?[\w.-]+"?)?$/;
const PLAIN: ReadonlySet<string> = new Set(['object', 'elements', 'string', 'text', 'number']);

/** `JOIN or LEAVE`, `STREAM_STATS`: words and nothing else. */
export const wordsIn = (value: string): readonly string[] =>
  LIST.test(value) && !PLAIN.has(value) ? value.split(/,? or |, /) : [];

const bare = (path: string): string => path.replaceAll('[]', '');

/** The step of its path, from the one above. */
const stepOf = (path: string): string => /[.@][^.@]*$/.exec(path)?.[0] ?? path;

function offerOf({ name, value, use, section, meaning }: WireWord): Offer {
  return {
    name,
    detail: value,
    info: `${meaning} (${section}, ${use})`,
    words: wordsIn(value),
    departure: use === 'departure',
  };
}

/** Members, elements or attributes that may stand in the one at `path`; an empty path: the root. */
export function offersIn(
  words: readonly WireWord[],
  path: string,
  what: 'children' | 'attributes',
): readonly Offer[] {
  const mark = what === 'attributes' ? '@' : '.';
  const found = words.filter((word) => {
    const own = bare(word.path);
    if (path === '') return what === 'children' && !/[.@]/.test(own);
    const step = stepOf(own);
    return step.startsWith(mark) && own.slice(0, -step.length) === path;
  });
  return found.map(offerOf).sort((a, b) => Number(a.departure) - Number(b.departure));
}

/** What the value at `path` may be. */
export const valuesAt = (words: readonly WireWord[], path: string): readonly string[] =>
  wordsIn(words.find((word) => bare(word.path) === path)?.value ?? '');
