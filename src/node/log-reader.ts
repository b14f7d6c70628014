/** The bytes of a log, in pieces of any size, read as events. */
import type { RunEvent } from '../simulation/virtual/events.ts';
import { eventOf } from '../simulation/virtual/line.ts';

const LINE_END = 10;

export class LogReader {
  readonly #take: (event: RunEvent) => void;
  #rest = '';
  #header = true;

  /** `take` is told of every event, in order. */
  constructor(take: (event: RunEvent) => void) {
    this.#take = take;
  }

  read(bytes: Uint8Array): void {
    const end = bytes.lastIndexOf(LINE_END) + 1;
    if (end > 0) {
      const text = this.#rest + textOf(bytes.subarray(0, end));
      this.#rest = '';
      this.#lines(text);
    }
    if (end < bytes.length) this.#rest += textOf(bytes.subarray(end));
  }

  #lines(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (this.#header) this.#header = false;
      else this.#take(eventOf(text.slice(start, end)));
      start = end + 1;
    }
  }
}

/** A log is pure ASCII: no character is cut in two. */
const textOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('latin1');
