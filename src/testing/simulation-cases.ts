/** What `npm run bench` measures of the simulator on the virtual clock: a busy run slice by slice, and a run at rest. */
import { codecOf } from '../protocol/editions/index.ts';
import type { Codec } from '../protocol/codec.ts';
import type { EditionId, Request, Response } from '../protocol/message.ts';
import type { Witness } from '../simulation/exchange-log.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import { SECOND } from '../simulation/virtual/events.ts';
import { LocalDesk } from '../simulation/virtual/port.ts';
import { VirtualRun, type Hasher } from '../simulation/virtual/run.ts';
import { scenarioOf } from './eventful.ts';

export interface BusyCase {
  readonly edition: EditionId;
  /** Mean number of peers there at a time. */
  readonly peers: number;
  /** How many slices there will be. */
  readonly slices: number;
  /** What peers ask for, over and over: fresh lists (by default), or nothing, they report. */
  readonly work?: 'lists' | 'reports';
}

/** Mean stay of a peer, and time between two requests for a fresh list, in seconds: nearly all answers have thirty. */
const STAY = 600;
const REFRESH = 30;
const LIST = 30;
/** So seldom that nobody stays for it; and often, where that is all they do. */
const REPORT = 50_000;
const OFTEN = 10;
/** Virtual seconds until all have asked again, and the tracker keeps as many answers as it ever will. */
const WARM_UP = 35;
/** Virtual seconds of a slice, times peers: some 1,800 exchanges, whatever the number of peers. */
const SLICE = 50_000;

/** One swarm in its steady state: peers come and go, nobody streams, so that all there is are the tracker's messages. */
const busy = ({ edition, peers, slices, work = 'lists' }: BusyCase): Scenario =>
  scenarioOf({
    name: 'busy',
    edition,
    duration: WARM_UP + (slices * SLICE) / peers + 1,
    peers: {
      peerCount: LIST,
      maxLinks: 0,
      ...(work === 'lists'
        ? { reportInterval: REPORT, refreshInterval: REFRESH }
        : { reportInterval: OFTEN }),
    },
    tracker: { trackTimer: 2 * REPORT },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 256,
        chunkBytes: 65_536,
        population: { leeches: peers },
        arrivals: { process: 'poisson', rate: peers / STAY },
        patience: { distribution: 'exponential', mean: STAY },
      },
    ],
  });

/** A run under way. */
export class BusyRun {
  readonly #run: VirtualRun;
  readonly #slice: number;
  #until = WARM_UP * SECOND;

  private constructor(of: BusyCase, hasher?: Hasher, witness?: Witness) {
    this.#slice = (SLICE * SECOND) / of.peers;
    this.#run = new VirtualRun({
      scenario: busy(of),
      desks: [new LocalDesk(witness)],
      ...(hasher !== undefined && { hasher }),
    });
  }

  /** In its steady state. `hasher`: as the command line has it. */
  static async warm(of: BusyCase, hasher?: Hasher, witness?: Witness): Promise<BusyRun> {
    const run = new BusyRun(of, hasher, witness);
    await run.#run.advance({ until: run.#until });
    return run;
  }

  /** Messages of the next slice. */
  async next(): Promise<number> {
    const { messages } = this.#run.progress;
    this.#until += this.#slice;
    await this.#run.advance({ until: this.#until });
    return this.#run.progress.messages - messages;
  }
}

/**
 * Slices of messages that the bare codec goes through over and over: more would only weigh on the collector, and in its
 * steady state one slice of a run is like another.
 */
const RECORDED = 8;

/** One exchange as it was on the wire. */
interface Recorded {
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

/** An exchange ready for the codec: what to encode, and what to decode. */
interface Exchanged {
  readonly request: { readonly message: Request; readonly bytes: Uint8Array };
  readonly response: { readonly message: Response; readonly bytes: Uint8Array };
}

/**
 * The messages of a run, slice by slice, before a codec that has nothing else to do. Its messages were just read, so it
 * writes every entry of a list from its parts; the simulated tracker has most of them from lists before
 * (`protocol/entry.ts`), as it is its business to know its peers. Nothing slows the codec down for that: a message
 * that was read has no places for entries, and looking for one costs nothing that can be measured.
 */
export class BareCodec {
  readonly #codec: Codec;
  readonly #slices: readonly (readonly Recorded[])[];
  #at = 0;
  /** So that no work can be found to be without effect. */
  done = 0;

  private constructor(edition: EditionId, slices: readonly (readonly Recorded[])[]) {
    this.#codec = codecOf(edition);
    this.#slices = slices;
  }

  /** A twin of the run is watched: the same messages, those of its first slices. */
  static async of(of: BusyCase): Promise<BareCodec> {
    let exchanges: Recorded[] = [];
    const witness: Witness = {
      born: () => undefined,
      exchanged: ({ request, response }) => {
        if (response.length > 0) exchanges.push({ request, response });
      },
    };
    const twin = await BusyRun.warm(of, undefined, witness);
    const slices: Recorded[][] = [];
    for (let slice = 0; slice < Math.min(of.slices, RECORDED); slice++) {
      exchanges = [];
      await twin.next();
      slices.push(exchanges);
    }
    return new BareCodec(of.edition, slices);
  }

  /**
   * Of the slices that were recorded: mean bytes of a request and of an answer, and the part of the answers that have a
   * list of thirty.
   */
  mix(): { readonly request: number; readonly response: number; readonly lists: number } {
    const all = this.#slices.flat();
    const mean = (of: (exchange: Recorded) => number) =>
      all.reduce((sum, exchange) => sum + of(exchange), 0) / all.length;
    const readied = this.#slices.flatMap((slice) => this.#ready(slice.slice(0, 200)));
    const listing = readied.filter(
      ({ response: { message } }) =>
        message.outcome === 'success' && message.peerLists[0]?.peers.length === LIST,
    );
    return {
      request: mean(({ request }) => request.length),
      response: mean(({ response }) => response.length),
      lists: listing.length / readied.length,
    };
  }

  /** The next slice, to be gone through once: returns how many messages it was. */
  next(): () => number {
    const exchanges = this.#ready(this.#slices[this.#at++ % this.#slices.length] ?? []);
    return () => {
      for (const { request, response } of exchanges) {
        this.done += this.#codec.encodeRequest(request.message).length;
        this.done += Number(this.#codec.decodeRequest(request.bytes).ok);
        this.done += this.#codec.encodeResponse(response.message).length;
        this.done += Number(this.#codec.decodeResponse(response.bytes, request.message.method).ok);
      }
      return 2 * exchanges.length;
    };
  }

  #ready(exchanges: readonly Recorded[]): Exchanged[] {
    return exchanges.map(({ request, response }) => {
      const asked = this.#codec.decodeRequest(request);
      if (!asked.ok) throw new Error('a request that cannot be read');
      const { message } = asked;
      const told = this.#codec.decodeResponse(response, message.method);
      if (!told.ok) throw new Error('an answer that cannot be read');
      return {
        request: { message, bytes: request },
        response: { message: told.message, bytes: response },
      };
    });
  }
}

/** Seconds until everybody is registered and was given a list, and nothing is kept any more for who might ask again. */
const SETTLED = 200;

/**
 * So many LEECHes, each of which was given a list a while ago, with nothing under way: to be held while its memory is
 * measured. Who is on lists now takes some 300 bytes more (`keepEntries` of the tracker).
 */
export async function idleRun(edition: EditionId, peers: number): Promise<VirtualRun> {
  const run = new VirtualRun({
    scenario: scenarioOf({
      name: 'idle',
      edition,
      duration: 10_000,
      peers: { peerCount: LIST, maxLinks: 0, reportInterval: 5_000 },
      tracker: { trackTimer: 10_000 },
      swarms: [
        {
          id: 'film',
          kind: 'vod',
          chunks: 256,
          chunkBytes: 65_536,
          population: { leeches: peers },
          patience: { distribution: 'never' },
          arrivals: { process: 'poisson', rate: 0 },
        },
      ],
    }),
  });
  await run.advance({ until: SETTLED * SECOND });
  return run;
}
