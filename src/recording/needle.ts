/** Text looked for in bytes, whatever the case of its ASCII letters. */
import { encodeText } from '../protocol/text.ts';

const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const CASE = 0x20;

const isUpper = (byte: number): boolean => byte >= UPPER_A && byte <= UPPER_Z;

const folded = (text: string): string => text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());

/** Whether one text holds another, by the same rule. */
export const holds = (text: string, sought: string): boolean => folded(text).includes(folded(sought));

export class Needle {
  readonly #bytes: Uint8Array;
  /** By byte: how far the search may go on when that byte stands under the needle's end (Boyer, Moore and Horspool). */
  readonly #skips: Uint32Array;

  constructor(text: string) {
    this.#bytes = encodeText(folded(text));
    const last = this.#bytes.length - 1;
    this.#skips = new Uint32Array(256).fill(this.#bytes.length);
    for (let i = 0; i < last; i++) {
      const byte = this.#bytes[i] ?? 0;
      this.#skips[byte] = last - i;
      if (isUpper(byte - CASE)) this.#skips[byte - CASE] = last - i;
    }
  }

  /** Between two places; an empty needle is everywhere. */
  isIn(hay: Uint8Array, from = 0, to = hay.length): boolean {
    const needle = this.#bytes;
    const last = needle.length - 1;
    if (last < 0) return true;
    for (let end = from + last; end < to;) {
      let i = last;
      while (i >= 0) {
        const byte = hay[end - last + i] ?? 0;
        if ((isUpper(byte) ? byte + CASE : byte) !== needle[i]) break;
        i--;
      }
      if (i < 0) return true;
      end += this.#skips[hay[end] ?? 0] ?? 1;
    }
    return false;
  }
}
