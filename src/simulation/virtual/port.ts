/** What is said between a run and its parts in other workers: plain data over anything like a MessagePort. */
import type { Witness } from '../exchange-log.ts';
import { buffersOfObservation, type Observation } from '../observation.ts';
import type { PeerDetail, Snapshot } from '../report.ts';
import type { Micros, PeerIndex } from './events.ts';
import type { Mail } from './item.ts';
import type { LogBatch } from './log.ts';
import { Part, type PartOptions, type PartProgress } from './part.ts';

type Order =
  | { readonly kind: 'begin'; readonly options: PartOptions }
  /** Meets events before `until`, at most `most`, after taking in what others sent. */
  | { readonly kind: 'run'; readonly until: Micros; readonly most: number; readonly mail: readonly Mail[] }
  | { readonly kind: 'look' }
  | { readonly kind: 'observe'; readonly at: number; readonly standing: boolean }
  | { readonly kind: 'detail'; readonly peer: PeerIndex };

/** What a part did since the last order. */
export interface Share {
  readonly progress: PartProgress;
  /** Events met. */
  readonly met: number;
  /** By part that it is for. */
  readonly mail: readonly (readonly Mail[])[];
  readonly log: LogBatch;
}

type Answer = Share | Snapshot | Observation | PeerDetail | undefined;
type Report =
  { readonly kind: 'done'; readonly answer: Answer } | { readonly kind: 'fault'; readonly message: string };

/** A MessagePort, a Worker, Node's parentPort: whatever carries plain data both ways, in order. */
export interface PortLike {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  listen(hear: (message: unknown) => void): void;
}

/** A part as whoever drives it sees it, here or elsewhere. What is asked while another order is under way waits. */
export interface PartDesk {
  begin(options: PartOptions): Promise<Share>;
  run(until: Micros, most: number, mail: readonly Mail[]): Promise<Share>;
  snapshot(): Promise<Snapshot>;
  /** As `Part.observe`. */
  observe(at: number, standing: boolean): Promise<Observation | undefined>;
  detail(peer: PeerIndex): Promise<PeerDetail | undefined>;
}

/** A part in this thread. */
export class LocalDesk implements PartDesk {
  readonly #witness: Witness | undefined;
  #part: Part | undefined;
  #parts = 1;

  constructor(witness?: Witness) {
    this.#witness = witness;
  }

  begin(options: PartOptions): Promise<Share> {
    this.#part = new Part(options, this.#witness);
    this.#parts = options.parts;
    return Promise.resolve(this.#share(this.#part, 0));
  }

  run(until: Micros, most: number, mail: readonly Mail[]): Promise<Share> {
    const part = this.#begun;
    for (const letter of mail) part.receive(letter);
    return Promise.resolve(this.#share(part, part.run(until, most)));
  }

  snapshot(): Promise<Snapshot> {
    return Promise.resolve(this.#begun.snapshot());
  }

  observe(at: number, standing: boolean): Promise<Observation | undefined> {
    return Promise.resolve(this.#begun.observe(at, standing));
  }

  detail(peer: PeerIndex): Promise<PeerDetail | undefined> {
    return Promise.resolve(this.#begun.detail(peer));
  }

  get #begun(): Part {
    if (this.#part === undefined) throw new Error('A part begins before anything else.');
    return this.#part;
  }

  #share(part: Part, met: number): Share {
    const mail: Mail[][] = Array.from({ length: this.#parts }, () => []);
    for (const letter of part.takeMail()) mail[part.partOf(letter.to)]?.push(letter);
    return { progress: part.progress, met, mail, log: part.takeLog() };
  }
}

/** In the worker: carries out what comes over the port, in order. */
export function serveParts(port: PortLike, witness?: Witness): void {
  const desk = new LocalDesk(witness);
  port.listen((message) => {
    carryOut(desk, message as Order).then(
      (answer) => port.post({ kind: 'done', answer } satisfies Report, buffersOf(answer)),
      (cause: unknown) => {
        const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        port.post({ kind: 'fault', message } satisfies Report, []);
      },
    );
  });
}

async function carryOut(desk: PartDesk, order: Order): Promise<Answer> {
  switch (order.kind) {
    case 'begin':
      return desk.begin(order.options);
    case 'run':
      return desk.run(order.until, order.most, order.mail);
    case 'look':
      return desk.snapshot();
    case 'observe':
      return desk.observe(order.at, order.standing);
    case 'detail':
      return desk.detail(order.peer);
    default:
      return order satisfies never;
  }
}

/** What is handed over instead of copied. */
function buffersOf(answer: Answer): ArrayBuffer[] {
  if (answer === undefined) return [];
  if ('log' in answer) {
    const { bytes, at, entity, end } = answer.log;
    return [bytes.buffer, at.buffer, entity.buffer, end.buffer];
  }
  if ('arrivals' in answer) return buffersOfObservation(answer);
  if (!('peers' in answer)) return [];
  return [
    ...Object.values(answer.peers).map((column: Float32Array<ArrayBuffer>) => column.buffer),
    answer.links.buffer,
    answer.handedOut.buffer,
  ];
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
}

/** A part behind a port. */
export class PortDesk implements PartDesk {
  readonly #port: PortLike;
  /** Oldest first: answers come in the order of the orders. */
  readonly #waiting: Waiting[] = [];
  #gone: Error | undefined;

  constructor(port: PortLike) {
    this.#port = port;
    port.listen((message) => {
      const report = message as Report;
      const waiting = this.#waiting.shift();
      if (report.kind === 'done') waiting?.resolve(report.answer);
      else waiting?.reject(new Error(report.message));
    });
  }

  begin(options: PartOptions): Promise<Share> {
    return this.#order({ kind: 'begin', options }) as Promise<Share>;
  }

  run(until: Micros, most: number, mail: readonly Mail[]): Promise<Share> {
    return this.#order({ kind: 'run', until, most, mail }) as Promise<Share>;
  }

  snapshot(): Promise<Snapshot> {
    return this.#order({ kind: 'look' }) as Promise<Snapshot>;
  }

  observe(at: number, standing: boolean): Promise<Observation | undefined> {
    return this.#order({ kind: 'observe', at, standing }) as Promise<Observation | undefined>;
  }

  detail(peer: PeerIndex): Promise<PeerDetail | undefined> {
    return this.#order({ kind: 'detail', peer }) as Promise<PeerDetail | undefined>;
  }

  /** The worker behind the port is gone: nothing that was asked, or will be, is answered. */
  fail(cause: Error): void {
    this.#gone ??= cause;
    for (const { reject } of this.#waiting.splice(0)) reject(cause);
  }

  #order(order: Order): Promise<Answer> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#port.post(order, []);
    });
  }
}
