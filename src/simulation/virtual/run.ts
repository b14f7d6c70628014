/**
 * A run on the virtual clock: drives its parts, wherever they are, carries their mail, puts their logs in order and
 * keeps the SHA-256 of all bytes written. Several parts go in conservative windows as long as the least time anything
 * takes from one entity to another, so nobody is ever told of something that should have reached it before.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Scenario } from '../scenario/schema.ts';
import type { Observation } from '../observation.ts';
import type { PeerDetail, Snapshot } from '../report.ts';
import type { Micros, PeerIndex } from './events.ts';
import { headerOf, scenarioHash } from './header.ts';
import type { Mail } from './item.ts';
import { merged, type LogBatch } from './log.ts';
import { LocalDesk, type PartDesk, type Share } from './port.ts';
import { scriptOf } from './script.ts';

/** An incremental SHA-256; Node's own is faster than the one that works everywhere. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  hex(): string;
}

export interface RunOptions {
  readonly scenario: Scenario;
  /** Somebody will look: `snapshots` tell of births, ends and exchanges, `detail` of what befell a peer. */
  readonly watched?: boolean;
  /** Where the parts are; one in this thread when left out. */
  readonly desks?: readonly PartDesk[];
  /** The bytes of the log file, in order, from its header on. */
  readonly onLog?: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly hasher?: Hasher;
}

export interface RunProgress {
  /** Virtual time reached. */
  readonly time: Micros;
  readonly duration: Micros;
  readonly events: number;
  /** Messages to and from the tracker. */
  readonly messages: number;
  readonly ended: boolean;
}

export type Goal = { readonly until: Micros } | { readonly events: number };

/** Events between two breaths; with several parts, windows. */
const BREATH = 5_000;
const WINDOWS = 100;
const NO_LOG: LogBatch = {
  bytes: new Uint8Array(),
  events: 0,
  at: new Float64Array(),
  entity: new Uint32Array(),
  end: new Uint32Array(),
};

export class VirtualRun {
  readonly scenarioSha256: string;
  readonly #desks: readonly PartDesk[];
  readonly #options: RunOptions;
  readonly #duration: Micros;
  readonly #lookahead: Micros;
  readonly #hasher: Hasher;
  /** By part: what it was last heard of, and what is to be told to it. */
  #shares: Share[] = [];
  #mail: Mail[][];
  #time: Micros = 0;
  #begun: Promise<void> | undefined;
  #cancelled = false;

  constructor(options: RunOptions) {
    this.#options = options;
    const script = scriptOf(options.scenario);
    this.#duration = script.duration;
    this.#lookahead = script.lookahead;
    this.#desks = options.desks ?? [new LocalDesk()];
    this.#mail = this.#desks.map(() => []);
    this.#hasher = options.hasher ?? portableHasher();
    this.scenarioSha256 = scenarioHash(options.scenario);
  }

  get parts(): number {
    return this.#desks.length;
  }

  get progress(): RunProgress {
    let [events, messages] = [0, 0];
    for (const { progress } of this.#shares) {
      events += progress.events;
      messages += progress.messages;
    }
    const ended = this.#time >= this.#duration;
    return { time: this.#time, duration: this.#duration, events, messages, ended };
  }

  /** SHA-256 of all bytes of the log so far, in hexadecimal; to be asked once, when the run has ended. */
  eventsSha256(): string {
    return this.#hasher.hex();
  }

  /** A running `advance` returns at its next breath; going on afterwards is possible. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** One of each part; what happened since the last look is told once. */
  async snapshots(): Promise<readonly Snapshot[]> {
    await this.#begin();
    const at = this.#time / 1000;
    const looks = await Promise.all(this.#desks.map((desk) => desk.snapshot()));
    return looks.map((look) => ({ ...look, at }));
  }

  /** One of each part: all that has happened since the last time; nothing of a run that nobody watches. */
  async observations(standing: boolean): Promise<readonly Observation[]> {
    await this.#begin();
    const at = this.#time / 1000;
    const told = await Promise.all(this.#desks.map((desk) => desk.observe(at, standing)));
    return told.filter((observation) => observation !== undefined);
  }

  /** Undefined: it is not there, not yet or not any more. */
  async detail(peer: PeerIndex): Promise<PeerDetail | undefined> {
    await this.#begin();
    const details = await Promise.all(this.#desks.map((desk) => desk.detail(peer)));
    return details.find((detail) => detail !== undefined);
  }

  /**
   * Goes on to the goal: through all events before `until`, or through so many events (with several parts: and those
   * of the same microsecond). Resolves when it is reached, when the run has ended or was cancelled. `breathe` is
   * awaited now and then, so that a page stays alive. One `advance` at a time.
   */
  async advance(goal: Goal, breathe?: (progress: RunProgress) => Promise<void> | void): Promise<RunProgress> {
    this.#cancelled = false;
    await this.#begin();
    const until = Math.min(this.#duration, 'until' in goal ? goal.until : Infinity);
    let left = 'events' in goal ? goal.events : Infinity;
    let windows = 0;
    while (left > 0 && !this.#cancelled) {
      const next = this.#next();
      if (next >= until) {
        this.#time = Math.max(this.#time, until);
        break;
      }
      left -= await this.#window(next, until, left);
      if (breathe === undefined || ++windows % (this.#desks.length === 1 ? 1 : WINDOWS) !== 0) continue;
      await breathe(this.progress);
    }
    return this.progress;
  }

  #begin(): Promise<void> {
    return (this.#begun ??= this.#open());
  }

  async #open(): Promise<void> {
    const { scenario, watched = false } = this.#options;
    const { detail } = scenario.measure;
    this.#emit(headerOf(scenario, this.scenarioSha256, detail));
    const parts = this.#desks.length;
    const options = { scenario, parts, detail, watched };
    this.#take(await Promise.all(this.#desks.map((desk, part) => desk.begin({ ...options, part }))));
  }

  #next(): Micros {
    let next = Infinity;
    for (const { progress } of this.#shares) next = Math.min(next, progress.next);
    for (const letters of this.#mail) for (const { at } of letters) next = Math.min(next, at);
    return next;
  }

  /** One window of all parts; returns how many events it had. */
  async #window(next: Micros, until: Micros, most: number): Promise<number> {
    const alone = this.#desks.length === 1;
    const longest = alone ? Infinity : this.#lookahead;
    // Counted events: with several parts a microsecond at a time, so that nobody goes further than asked.
    const end = Math.min(until, !alone && most < Infinity ? next + 1 : next + longest);
    const mail = this.#mail;
    this.#mail = this.#desks.map(() => []);
    const shares = await Promise.all(
      this.#desks.map((desk, part) => {
        const letters = mail[part] ?? [];
        const last = this.#shares[part];
        if (last !== undefined && letters.length === 0 && last.progress.next >= end)
          return Promise.resolve({ ...last, met: 0, mail: [], log: NO_LOG });
        return desk.run(end, alone ? Math.min(most, BREATH) : Infinity, letters);
      }),
    );
    this.#take(shares);
    this.#time = Math.max(this.#time, Math.min(end, this.#next()));
    return shares.reduce((sum, { met }) => sum + met, 0);
  }

  #take(shares: Share[]): void {
    this.#shares = shares;
    for (const share of shares)
      share.mail.forEach((letters, part) => {
        const box = this.#mail[part];
        for (const letter of letters) box?.push(letter);
      });
    this.#emit(merged(shares.map(({ log }) => log)));
  }

  #emit(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length === 0) return;
    this.#hasher.update(bytes);
    this.#options.onLog?.(bytes);
  }
}

function portableHasher(): Hasher {
  const hash = sha256.create();
  return { update: (bytes) => hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}
