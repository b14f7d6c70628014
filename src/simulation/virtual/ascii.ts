/**
 * Text in the making where it ends up as bytes: of the tracker's messages a run's log is the one thing that is written
 * anew each time, and texts put together only to be encoded would be most of what that costs.
 */
import { SECOND, type Micros } from './events.ts';

const FIRST_BYTES = 1 << 16;
const [ZERO, POINT] = [0x30, 0x2e];
/** Digits of the largest number written digit by digit. */
const MOST_DIGITS = 10;

export class Ascii {
  length = 0;
  #bytes = new Uint8Array(FIRST_BYTES);

  /** All of it ASCII. */
  text(text: string): void {
    const bytes = this.#room(text.length);
    let { length } = this;
    for (let at = 0; at < text.length; at++) bytes[length++] = text.charCodeAt(at);
    this.length = length;
  }

  /** As `String(number)` has it. */
  number(number: number): void {
    const whole = number | 0;
    if (whole !== number || whole < 0) {
      this.text(String(number));
      return;
    }
    let digits = 1;
    for (let limit = 10; digits < MOST_DIGITS && whole >= limit; limit *= 10) digits++;
    this.#digits(whole, digits);
  }

  /** A whole number of microseconds as seconds with six decimals: `12.000345`. */
  seconds(micros: Micros): void {
    const whole = Math.floor(micros / SECOND);
    this.number(whole);
    this.#room(1)[this.length++] = POINT;
    this.#digits(micros - whole * SECOND, 6);
  }

  /** As JSON, with escapes for what is not ASCII. */
  quoted(text: string): void {
    this.text(
      JSON.stringify(text).replace(
        /[\u007f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    );
  }

  /** What was written since the last time, in a buffer of its own. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  #digits(number: number, digits: number): void {
    const bytes = this.#room(digits);
    let left = number | 0;
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const tenth = (left / 10) | 0;
      bytes[at] = ZERO + left - 10 * tenth;
      left = tenth;
    }
    this.length += digits;
  }

  #room(more: number): Uint8Array<ArrayBuffer> {
    if (this.length + more > this.#bytes.length) {
      const wide = new Uint8Array(2 * (this.length + more));
      wide.set(this.#bytes);
      this.#bytes = wide;
    }
    return this.#bytes;
  }
}
