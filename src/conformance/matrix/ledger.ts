/** What went over the wire in one cell: recorded, understood, and what the tracker has granted by it. */
import { readAnswer } from '../../protocol/answer.ts';
import { askedBy } from '../../protocol/codec.ts';
import type { Codec, Decoded } from '../../protocol/codec.ts';
import { codecOf, detectEdition } from '../../protocol/editions/index.ts';
import type { EditionId, Request, Response } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import type { Transport, WireAnswer, WireRequest } from '../../transport/transport.ts';
import type { Clock, Headers } from '../case.ts';
import { held, UNKNOWN } from '../good-tracker.ts';
import type { Standing } from '../good-tracker.ts';
import type { CellExchange, Sender } from './cell.ts';

export interface Entry {
  readonly exchange: CellExchange;
  readonly codec: Codec;
  readonly request: Decoded<Request>;
  /** Absent when no answer came. */
  readonly answer: Decoded<Response> | undefined;
  /** What the tracker had granted its sender before. */
  readonly before: Standing;
}

/** The examples of extended-04 §5.1 answer `12345.0`, the root of a CONNECT, as `12345`; a refusal may have none. */
export const echoes = ({ transactionId: asked, edition }: Request, response: Response): boolean =>
  response.transactionId === asked ||
  (response.outcome === 'failure' && response.transactionId === '') ||
  (RULES[edition].actionTransactions && `${response.transactionId}.0` === asked);

/** What a tracker said yes to, as the peer may take it. */
export function granted({ request, answer }: Entry): Request | undefined {
  if (!request.ok || answer?.ok !== true || answer.message.outcome !== 'success') return undefined;
  if (!echoes(request.message, answer.message)) return undefined;
  return answer.message.results.every(({ ok }) => ok) ? request.message : undefined;
}

/** Text of an answer that a person gets to see, which may be anything. */
const MAX_FAILURE = 300;

export class Ledger {
  readonly entries: Entry[] = [];
  readonly #edition: EditionId;
  readonly #clock: Clock;
  readonly #start: number;
  readonly #timeout: number;
  readonly #standings = new Map<Sender, Standing>();
  readonly #waiting = new Set<() => void>();
  #closed = false;

  /** `timeout`: milliseconds an answer may take, whatever the peer would wait. */
  constructor(edition: EditionId, clock: Clock, timeout: number) {
    this.#edition = edition;
    this.#clock = clock;
    this.#start = clock.now();
    this.#timeout = timeout;
  }

  standing(by: Sender): Standing {
    return this.#standings.get(by) ?? UNKNOWN;
  }

  /** Those of one sender, as far as they have come. */
  of(by: Sender): readonly Entry[] {
    return this.entries.filter(({ exchange }) => exchange.by === by);
  }

  /** `inner`, with everything that goes through it noted as sent by `by`. */
  line(by: Sender, inner: Transport): Transport {
    return { send: (request) => this.#send(by, inner, request, [['Content-Type', request.contentType]]) };
  }

  /** The same of a request that came in with headers of its own. */
  pass(inner: Transport, request: WireRequest, headers: Headers): Promise<WireAnswer> {
    return this.#send('peer', inner, request, headers);
  }

  async #send(by: Sender, inner: Transport, request: WireRequest, headers: Headers): Promise<WireAnswer> {
    if (this.#closed) return { kind: 'failed', failure: 'unreachable', detail: 'the cell is over' };
    const { url, body } = request;
    const sent = this.#clock.now();
    const answer = await inner.send({ ...request, timeout: this.#timeout });
    const message = { method: 'POST', target: url, headers, body };
    const spoken = { by, step: this.#stepOf(body), at: sent - this.#start, took: this.#clock.now() - sent };
    this.#note({ ...spoken, request: message, ...outcomeOf(answer) });
    return answer;
  }

  /** Resolves to `true` once it holds, to `false` when it did not within so many milliseconds, or the cell was closed. */
  until(holds: () => boolean, milliseconds: number): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (result: boolean): void => {
        this.#waiting.delete(look);
        callOff();
        resolve(result);
      };
      const look = (): void => {
        if (holds()) settle(true);
        else if (this.#closed) settle(false);
      };
      const callOff = this.#clock.after(milliseconds, () => settle(false));
      this.#waiting.add(look);
    });
  }

  /** Nothing more is noted, and nobody waits any longer. */
  close(): void {
    this.#closed = true;
    for (const look of this.#waiting) look();
  }

  /** A peer that fell back, or never spoke the edition, is read by what it does speak. */
  #codecFor(body: Uint8Array): Codec {
    const spoken = detectEdition(body);
    const plainer = spoken === 'base-1.0' && this.#edition === 'extended-1.1';
    return codecOf(spoken === undefined || plainer ? this.#edition : spoken);
  }

  #stepOf(body: Uint8Array): string {
    const read = this.#codecFor(body).decodeRequest(body);
    return read.ok ? read.message.method : 'not understood';
  }

  #note(exchange: CellExchange): void {
    if (this.#closed) return;
    const { by, request, answer } = exchange;
    const codec = this.#codecFor(request.body);
    const read = codec.decodeRequest(request.body);
    const before = this.standing(by);
    const entry: Entry = {
      exchange,
      codec,
      request: read,
      answer:
        answer &&
        readAnswer(
          codec,
          read.ok ? read.message.method : 'CONNECT',
          { ...answer, contentType: answer.headers.find(([name]) => name === 'Content-Type')?.[1] },
          read.ok ? askedBy(read.message) : undefined,
        ),
      before,
    };
    this.entries.push(entry);
    const yes = granted(entry);
    if (yes !== undefined) this.#standings.set(by, held(before, yes));
    for (const look of this.#waiting) look();
  }
}

function outcomeOf(answer: WireAnswer): Pick<CellExchange, 'answer' | 'failure'> {
  if (answer.kind === 'failed') return { failure: answer.detail.slice(0, MAX_FAILURE) };
  const { status, reason, contentType, body } = answer;
  const headers: Headers = contentType === undefined ? [] : [['Content-Type', contentType]];
  return { answer: { status, reason, headers, body } };
}
