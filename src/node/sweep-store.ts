/** Runs that are finished, in a file that only grows: whoever is interrupted goes on from there. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { RunOutcome } from './sweep-run.ts';
import { writing } from './out-file.ts';

interface Line extends RunOutcome {
  readonly id: string;
}

export class SweepStore {
  readonly #file: string;
  readonly #outcomes = new Map<string, RunOutcome>();
  #torn = false;

  /** Reads what is there; a last line that was cut short counts for nothing. @throws {StartError} */
  constructor(file: string) {
    this.#file = file;
    const text = writing(file, () => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    this.#torn = text !== '' && !text.endsWith('\n');
    for (const line of text.split('\n')) this.#read(line);
  }

  get(id: string): RunOutcome | undefined {
    return this.#outcomes.get(id);
  }

  /** @throws {StartError} */
  put(id: string, outcome: RunOutcome): void {
    if (this.#outcomes.has(id)) return;
    const line = `${this.#torn ? '\n' : ''}${JSON.stringify({ id, ...outcome } satisfies Line)}\n`;
    writing(this.#file, () => appendFileSync(this.#file, line));
    this.#torn = false;
    this.#outcomes.set(id, outcome);
  }

  #read(line: string): void {
    const { id, ...outcome } = parsed(line);
    if (typeof id === 'string' && isOutcome(outcome)) this.#outcomes.set(id, outcome);
  }
}

function parsed(line: string): { readonly [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Whether it came out of a run whole: of a file, or of a queue that others may write to. */
export function isOutcome(value: unknown): value is RunOutcome {
  if (typeof value !== 'object' || value === null) return false;
  const { scenarioSha256, eventsSha256, measures } = value as Readonly<Record<string, unknown>>;
  return (
    isHash(scenarioSha256) &&
    isHash(eventsSha256) &&
    typeof measures === 'object' &&
    measures !== null &&
    Object.values(measures).every(
      (measure: unknown) => typeof (measure as { readonly value?: unknown } | null)?.value === 'number',
    )
  );
}

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[\da-f]{64}$/.test(value);
