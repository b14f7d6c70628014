/** Texts of a column: those that repeat once each, by number; those that do not as bytes in one row. */
import { MAX_ID_BYTES } from '../protocol/ids.ts';
import { detached, encodeText } from '../protocol/text.ts';

/** Texts that repeat. Number 0 is "none". */
export class StringTable {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [''];

  get size(): number {
    return this.#texts.length;
  }

  numberOf(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    this.#numbers.set(own, this.#texts.length);
    return this.#texts.push(own) - 1;
  }

  /** 0 when no row has it. */
  knownNumberOf(text: string): number {
    return this.#numbers.get(text) ?? 0;
  }

  textOf(number: number): string | undefined {
    return number === 0 ? undefined : this.#texts[number];
  }
}

/** Sets of swarms, each once. Number 0 is the empty set. */
export class SetTable {
  readonly #numbers = new Map<string, number>();
  readonly #sets: (readonly number[])[] = [[]];
  /** By swarm: the set of it alone, which is what nearly every exchange has. */
  readonly #alone: (number | undefined)[] = [];

  get size(): number {
    return this.#sets.length;
  }

  numberOf(members: readonly number[]): number {
    const [first] = members;
    if (first === undefined) return 0;
    const alone = members.length === 1 ? this.#alone[first] : undefined;
    if (alone !== undefined) return alone;
    const key = members.join(' ');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#sets.push(members) - 1;
    this.#numbers.set(key, number);
    if (members.length === 1) this.#alone[first] = number;
    return number;
  }

  membersOf(number: number): readonly number[] {
    return this.#sets[number] ?? [];
  }
}

/** All texts of the column together. Beyond it rows have none: their lines still tell. */
const MAX_TEXT_BYTES = 512 * 1024 * 1024;
const DECODER = new TextDecoder();

/** A text per row, nearly all of them different: no objects, only bytes. */
export class TextColumn {
  #bytes = new Uint8Array(64 * 1024);
  /** Row i stands from `starts[i]` to `starts[i + 1]`. */
  #starts = new Uint32Array(8 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    const from = this.#starts[this.#length] ?? 0;
    // Most are short ASCII; one character may become three bytes.
    const needed = from + text.length * 3;
    if (this.#length + 2 > this.#starts.length) this.#starts = grown(this.#starts, this.#length + 2);
    if (needed > this.#bytes.length) this.#bytes = grown(this.#bytes, needed);
    this.#starts[++this.#length] = from + this.#write(text, from);
  }

  /** Lets go the first rows; those that stay move to the front. */
  forget(rows: number): void {
    const from = this.startOf(rows);
    this.#bytes.copyWithin(0, from, this.startOf(this.#length));
    for (let row = rows; row <= this.#length; row++) this.#starts[row - rows] = this.startOf(row) - from;
    this.#length -= rows;
  }

  textOf(row: number): string {
    return DECODER.decode(this.#bytes.subarray(this.startOf(row), this.startOf(row + 1)));
  }

  /** All the bytes, for searching; row i begins at `startOf(i)`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  startOf(row: number): number {
    return this.#starts[row] ?? 0;
  }

  isEmpty(row: number): boolean {
    return this.startOf(row) === this.startOf(row + 1);
  }

  /** How two rows compare, byte by byte. */
  compare(one: number, other: number): number {
    const [a, b] = [this.startOf(one), this.startOf(other)];
    const [lengthA, lengthB] = [this.startOf(one + 1) - a, this.startOf(other + 1) - b];
    const shared = Math.min(lengthA, lengthB);
    for (let i = 0; i < shared; i++) {
      const difference = (this.#bytes[a + i] ?? 0) - (this.#bytes[b + i] ?? 0);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** How many bytes were written. */
  #write(text: string, from: number): number {
    if (from > MAX_TEXT_BYTES || text.length > MAX_ID_BYTES) return 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        const encoded = encodeText(text);
        this.#bytes.set(encoded, from);
        return encoded.length;
      }
      this.#bytes[from + i] = unit;
    }
    return text.length;
  }
}

function grown<Kind extends Uint8Array | Uint32Array>(column: Kind, atLeast: number): Kind {
  const Type = column.constructor as new (length: number) => Kind;
  const larger = new Type(Math.max(atLeast, column.length * 2));
  larger.set(column);
  return larger;
}
