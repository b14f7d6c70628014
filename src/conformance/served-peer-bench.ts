/** The bench behind a door: requests wait for the case that asks for them, and what it answers is recorded. */
import { codecOf, detectEdition, mediaTypeKind } from '../protocol/editions/index.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { EditionId, PeerMode, Response } from '../protocol/message.ts';
import { refuseFindings } from '../protocol/strict.ts';
import { encodeText } from '../protocol/text.ts';
import { Stop } from './case.ts';
import type { CaseInfo, Clock, Exchange } from './case.ts';
import type { AnswerOptions, PeerBench, PlainAnswer, Received, Urge } from './peer-bench.ts';
import { witness } from './peer-life.ts';
import type { Life } from './peer-life.ts';
import type { Arrival, PeerSource, PeerUnderTest } from './peer-source.ts';
import type { Recorder } from './run.ts';
import { headerOf } from './tracker-bench.ts';

export interface PeerTarget {
  readonly source: PeerSource;
  readonly clock: Clock;
  /** Milliseconds a peer may take until its next request: more than its report interval. */
  readonly patience: number;
}

/** Milliseconds in which the answer before has come to the peer, and been taken. */
const SETTLING = 1000;

interface Recorded {
  readonly life: Life;
  readonly exchanges: readonly Exchange[];
}

/** What cases share: lives are long, and one of each kind is enough. */
export class Lives {
  readonly #target: PeerTarget;
  readonly #lives = new Map<string, Promise<Recorded>>();

  constructor(target: PeerTarget) {
    this.#target = target;
  }

  of(edition: EditionId, mode: PeerMode): Promise<Recorded> {
    const key = `${edition} ${mode}`;
    const known = this.#lives.get(key);
    if (known !== undefined) return known;
    const life = this.#live(edition, mode);
    this.#lives.set(key, life);
    return life;
  }

  async #live(edition: EditionId, mode: PeerMode): Promise<Recorded> {
    const exchanges: Exchange[] = [];
    const bench = new ServedPeerBench(this.#target, this, { edition }, (one) => {
      exchanges.push(one);
      return true;
    });
    try {
      return { life: await witness(bench, mode), exchanges };
    } finally {
      bench.end();
    }
  }
}

export class ServedPeerBench implements PeerBench {
  readonly edition: EditionId;
  readonly codec: PeerBench['codec'];
  readonly #target: PeerTarget;
  readonly #lives: Lives;
  readonly #record: Recorder;
  readonly #start: number;
  readonly #waiting: Received[] = [];
  /** Requests that have no answer yet, each with what says so in the record. */
  readonly #open = new Set<() => void>();
  #hand: ((received: Received) => void) | undefined;
  #peer: PeerUnderTest | undefined;
  #ended = false;

  constructor(target: PeerTarget, lives: Lives, { edition }: Pick<CaseInfo, 'edition'>, record: Recorder) {
    this.edition = edition;
    this.codec = codecOf(edition);
    this.#target = target;
    this.#lives = lives;
    this.#record = record;
    this.#start = target.clock.now();
  }

  get patience(): number {
    return this.#target.patience;
  }

  now(): number {
    return this.#target.clock.now() - this.#start;
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#target.clock.after(milliseconds, resolve);
    });
  }

  async begin(mode: PeerMode = 'LEECH'): Promise<void> {
    try {
      this.#peer = await this.#target.source.bring({ edition: this.edition, mode }, (arrival) =>
        this.#arrive(arrival),
      );
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : 'no peer can be had';
      throw new Stop({ verdict: 'skipped', why });
    }
    if (this.#ended) this.#peer.end();
  }

  next(timeout = this.patience): Promise<Received | undefined> {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    return new Promise((resolve) => {
      const callOff = this.#target.clock.after(timeout, () => {
        this.#hand = undefined;
        resolve(undefined);
      });
      this.#hand = (received) => {
        this.#hand = undefined;
        callOff();
        resolve(received);
      };
    });
  }

  async urge(urge: Urge): Promise<boolean> {
    await this.wait(SETTLING);
    return this.#peer?.urge(urge) ?? false;
  }

  async life(mode: PeerMode): Promise<Life> {
    const { life, exchanges } = await this.#lives.of(this.edition, mode);
    for (const exchange of exchanges) this.#record(exchange);
    return life;
  }

  /** The case is over. */
  end(): void {
    this.#ended = true;
    this.#peer?.end();
    for (const close of this.#open) close();
  }

  /** A peer that fell back, or never spoke the edition, is read by what it does speak. */
  #codecFor(body: Uint8Array): PeerBench['codec'] {
    const spoken = detectEdition(body);
    const plainer = spoken === 'base-1.0' && this.edition === 'extended-1.1';
    return spoken === undefined || plainer ? this.codec : codecOf(spoken);
  }

  #arrive(arrival: Arrival): void {
    if (this.#ended) {
      arrival.drop();
      return;
    }
    const { clock } = this.#target;
    const { method, target, headers, body } = arrival;
    const codec = this.#codecFor(body);
    const at = this.now();
    const tolerant = codec.decodeRequest(body);
    const step = tolerant.ok ? tolerant.message.method : 'not understood';
    const settle = (outcome: Pick<Exchange, 'answer' | 'failure'>): void => {
      this.#open.delete(unanswered);
      this.#record({
        step,
        at,
        took: this.now() - at,
        request: { method, target, headers, body },
        ...outcome,
      });
    };
    const unanswered = (): void => {
      settle({ failure: 'left without an answer' });
      arrival.drop();
    };
    this.#open.add(unanswered);
    const contentType = headerOf(headers, 'content-type');
    const send = (response: Response | PlainAnswer): void => {
      if (!this.#open.has(unanswered)) return;
      const plain = 'status' in response ? response : written(response, contentType);
      arrival.answer(plain);
      const sent = typeof plain.body === 'string' ? encodeText(plain.body) : (plain.body ?? new Uint8Array());
      settle({
        answer: {
          status: plain.status,
          reason: plain.reason ?? '',
          headers: Object.entries(plain.headers ?? {}),
          body: sent,
        },
      });
    };
    const received: Received = {
      at,
      method,
      target,
      headers,
      body,
      tolerant,
      strict: refuseFindings(tolerant),
      answer: (response, { after = 0 }: AnswerOptions = {}) => {
        if (after > 0) clock.after(after, () => send(response));
        else send(response);
      },
      drop: () => {
        if (!this.#open.has(unanswered)) return;
        settle({ failure: 'the suite closed the connection with no answer' });
        arrival.drop();
      },
    };
    if (this.#hand === undefined) this.#waiting.push(received);
    else this.#hand(received);
  }
}

/** A message as HTTP (digest, "Errors"): in the media type it was asked with, where it is one of the edition's. */
function written(response: Response, asked: string | undefined): PlainAnswer {
  const codec = codecOf(response.edition);
  const body = codec.encodeResponse(response);
  const usable = asked !== undefined && mediaTypeKind(asked) === mediaTypeKind(codec.mediaType);
  const status = response.outcome === 'success' ? 200 : ERRORS[response.error].status;
  const reason = response.outcome === 'failure' ? (response.detail ?? ERRORS[response.error].phrase) : 'OK';
  return {
    status,
    reason,
    headers: body.length > 0 ? { 'content-type': usable ? asked : codec.mediaType } : {},
    body,
  };
}
