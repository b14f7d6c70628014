/**
 * JSON text to plain values with nothing lost on the way. `JSON.parse` is several times as fast, but rounds
 * numbers beyond 2^53 and drops the first of two members of one name without a word; this reads the texts
 * that hold such. What it takes, `JSON.parse` takes, with the same value but for those numbers.
 */

/** Marks an object that has two members of one name. A symbol, so that no member can be taken for it. */
export const REPEATED: unique symbol = Symbol('members of one name');

export type JsonObject = Readonly<Record<string, unknown>> & { readonly [REPEATED]?: true };

/**
 * Whole numbers beyond 2^53 in digits alone become a bigint, which no JSON text makes otherwise; any other
 * number is the nearest double, as in `JSON.parse`. Of members of one name the last counts. `undefined`, which
 * no JSON text stands for, says that it is not JSON. Recursive: for texts whose depth was found to be bounded.
 */
export function parseExactly(text: string): unknown {
  const parser = new Parser(text);
  const value = parser.value();
  return parser.atEnd() ? value : undefined;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** Where doubles end to be exact (16 digits) up to what a counter of 64 bits needs (20). */
const LONG = /^[0-9]{16,20}$/;
const WORDS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

class Parser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    this.skipBlanks();
    return this.at === this.text.length;
  }

  value(): unknown {
    this.skipBlanks();
    switch (this.text[this.at]) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
        return this.string();
      case 't':
      case 'f':
      case 'n':
        return this.word();
      default:
        return this.number();
    }
  }

  private object(): JsonObject | undefined {
    // Without a prototype `__proto__` is a member like any other (§4.4: ignored).
    const members = Object.create(null) as Record<string | symbol, unknown>;
    this.at++;
    if (this.take(0x7d)) return members;
    do {
      this.skipBlanks();
      const name = this.string();
      if (name === undefined || !this.take(COLON)) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      if (name in members) members[REPEATED] = true;
      members[name] = value;
    } while (this.take(COMMA));
    return this.take(0x7d) ? members : undefined;
  }

  private array(): unknown[] | undefined {
    const items: unknown[] = [];
    this.at++;
    if (this.take(0x5d)) return items;
    do {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.take(COMMA));
    return this.take(0x5d) ? items : undefined;
  }

  private string(): string | undefined {
    const { text } = this;
    if (text.charCodeAt(this.at) !== QUOTE) return undefined;
    const start = this.at + 1;
    let end = start;
    let escaped = false;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit === QUOTE) break;
      if (unit < 0x20) return undefined;
      if (unit === BACKSLASH) {
        escaped = true;
        end++;
      }
    }
    if (end >= text.length) return undefined;
    this.at = end + 1;
    if (!escaped) return text.slice(start, end);
    try {
      return JSON.parse(text.slice(start - 1, end + 1)) as string;
    } catch {
      return undefined;
    }
  }

  private number(): number | bigint | undefined {
    NUMBER.lastIndex = this.at;
    const literal = NUMBER.exec(this.text)?.[0];
    if (literal === undefined) return undefined;
    this.at += literal.length;
    const number = Number(literal);
    return LONG.test(literal) && !Number.isSafeInteger(number) ? BigInt(literal) : number;
  }

  private word(): boolean | null | undefined {
    for (const [word, value] of WORDS)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    return undefined;
  }

  /** Past that character, when it is the next. */
  private take(unit: number): boolean {
    this.skipBlanks();
    if (this.text.charCodeAt(this.at) !== unit) return false;
    this.at++;
    return true;
  }

  private skipBlanks(): void {
    for (; ; this.at++) {
      const unit = this.text.charCodeAt(this.at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    }
  }
}
