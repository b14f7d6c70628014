/** The text of an event stream (HTML Living Standard §9.2.6) as events, piece by piece, each of a bounded length. */

export interface StreamEvent {
  /** `message` where it has none. */
  readonly name: string;
  readonly data: string;
}

/** Characters: two messages of 16 KiB each, all of it escaped, and the rest of a line. */
export const MOST_CHARACTERS = 512 * 1024;

export class EventLines {
  /** The line under way, as far as it is kept, and whether there is anything in it. */
  #line = '';
  #isBlank = true;
  /** Of the event under way. */
  #name = '';
  #data: string[] = [];
  #size = 0;
  #isOverlong = false;
  #dropped = 0;
  /** A CR ended the last piece: an LF that follows belongs to it. */
  #afterReturn = false;

  /** Events that this piece completes. */
  take(piece: string): readonly StreamEvent[] {
    if (piece === '') return [];
    const lines = (this.#afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece).split(/\r\n|\r|\n/);
    this.#afterReturn = piece.endsWith('\r');
    const rest = lines.pop() ?? '';
    const events: StreamEvent[] = [];
    for (const line of lines) {
      this.#keep(line);
      const event = this.#endLine();
      if (event !== undefined) events.push(event);
    }
    this.#keep(rest);
    return events;
  }

  /** Events that were too long, since the last time. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #keep(text: string): void {
    if (text === '') return;
    this.#isBlank = false;
    this.#size += text.length;
    if (this.#size > MOST_CHARACTERS) {
      this.#isOverlong = true;
      this.#line = '';
      this.#data = [];
    } else this.#line += text;
  }

  #endLine(): StreamEvent | undefined {
    const [line, isBlank] = [this.#line, this.#isBlank];
    this.#line = '';
    this.#isBlank = true;
    if (isBlank) return this.#endEvent();
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') this.#name = value;
    else if (field === 'data' && !this.#isOverlong) this.#data.push(value);
    return undefined;
  }

  #endEvent(): StreamEvent | undefined {
    const event = { name: this.#name === '' ? 'message' : this.#name, data: this.#data.join('\n') };
    const isEvent = this.#data.length > 0;
    if (this.#isOverlong) this.#dropped++;
    this.#name = '';
    this.#data = [];
    this.#size = 0;
    this.#isOverlong = false;
    return isEvent ? event : undefined;
  }
}
