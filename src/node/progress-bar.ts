/** How far something is, on one line of a terminal that is written over and over. */

export interface Terminal {
  write(text: string): unknown;
  readonly columns?: number | undefined;
}

const WIDTH = 24;
/** Milliseconds between two drawings. */
const EVERY = 200;

export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #since: number;
  #drawnAt = -Infinity;

  /** `now`: milliseconds that never run backwards. */
  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#since = now();
  }

  /** `share`: 0 to 1 of the whole. */
  show(share: number, words: string): void {
    const now = this.#now();
    if (now - this.#drawnAt < EVERY) return;
    this.#drawnAt = now;
    const full = Math.round(share * WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
    const left = share > 0 ? timeOf(((now - this.#since) * (1 - share)) / share) : '?';
    const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)}%  ${left} left  ${words}`;
    // A line that wraps could not be written over.
    this.#terminal.write(`\r\u001b[K${line.slice(0, (this.#terminal.columns ?? 80) - 1)}`);
  }

  clear(): void {
    if (this.#drawnAt > -Infinity) this.#terminal.write('\r\u001b[K');
    this.#drawnAt = -Infinity;
  }
}

/** `1:05`, `2:00:05`, of milliseconds. */
function timeOf(milliseconds: number): string {
  const all = Math.ceil(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
