/**
 * The log: what one part of a run has to tell, as bytes with their keys, and the lines of all parts put in order.
 * Lines of one entity at one time stand together; entities at one time stand in the order of their numbers.
 */
import { Ascii } from './ascii.ts';
import type { Micros, RunEvent } from './events.ts';
import { writeLine } from './line.ts';
import type { Entity } from './queue.ts';

/** `protocol`: all but chunk by chunk; `full`: that too. */
export type LogDetail = 'protocol' | 'full';

/** Lines of one part, in order. All buffers are its own, so they may be transferred. */
export interface LogBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly events: number;
  /** One entry for what an entity told at one time: when, who, and where its lines end in `bytes`. */
  readonly at: Float64Array<ArrayBuffer>;
  readonly entity: Uint32Array<ArrayBuffer>;
  readonly end: Uint32Array<ArrayBuffer>;
}

export class LogBook {
  readonly #detail: LogDetail;
  /** Keys are needed only where there are lines of other parts to be put in between. */
  readonly #keyed: boolean;
  readonly #lines = new Ascii();
  #events = 0;
  #at: Micros[] = [];
  #entity: Entity[] = [];
  #end: number[] = [];

  constructor(detail: LogDetail, keyed: boolean) {
    this.#detail = detail;
    this.#keyed = keyed;
  }

  /** Whether an event of the kind would be written: spares making one that would not. */
  tells(kind: RunEvent['kind']): boolean {
    return kind !== 'chunk' || this.#detail === 'full';
  }

  /** Bytes waiting. */
  get length(): number {
    return this.#lines.length;
  }

  tell(entity: Entity, event: RunEvent): void {
    if (!this.tells(event.kind)) return;
    writeLine(this.#lines, event);
    this.#events++;
    if (!this.#keyed) return;
    const last = this.#at.length - 1;
    if (last >= 0 && this.#at[last] === event.at && this.#entity[last] === entity) {
      this.#end[last] = this.length;
      return;
    }
    this.#at.push(event.at);
    this.#entity.push(entity);
    this.#end.push(this.length);
  }

  take(): LogBatch {
    const batch: LogBatch = {
      bytes: this.#lines.take(),
      events: this.#events,
      at: Float64Array.from(this.#at),
      entity: Uint32Array.from(this.#entity),
      end: Uint32Array.from(this.#end),
    };
    this.#events = 0;
    this.#at = [];
    this.#entity = [];
    this.#end = [];
    return batch;
  }
}

/** The bytes of several batches of one window, in the order of their keys. */
export function merged(batches: readonly LogBatch[]): Uint8Array<ArrayBuffer> {
  const told = batches.filter(({ bytes }) => bytes.length > 0);
  const [only] = told;
  if (only === undefined) return new Uint8Array();
  if (told.length === 1) return only.bytes;
  const out = new Uint8Array(told.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const next = told.map(() => 0);
  let length = 0;
  for (;;) {
    let best = -1;
    let [at, entity] = [Infinity, Infinity];
    for (let part = 0; part < told.length; part++) {
      const block = next[part] ?? 0;
      const when = told[part]?.at[block];
      const who = told[part]?.entity[block];
      if (when === undefined || who === undefined) continue;
      if (when < at || (when === at && who < entity)) [best, at, entity] = [part, when, who];
    }
    const batch = told[best];
    if (batch === undefined) return out;
    const block = next[best] ?? 0;
    next[best] = block + 1;
    const lines = batch.bytes.subarray(block === 0 ? 0 : (batch.end[block - 1] ?? 0), batch.end[block] ?? 0);
    out.set(lines, length);
    length += lines.length;
  }
}
