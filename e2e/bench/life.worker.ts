/**
 * A swarm that lives, off the page as the simulation is: eight snapshots a second, in which shares grow, peers ask, and
 * on `churn` come and go.
 */
import { links, snapshot, type Row } from '../../src/views/graph/testing.ts';
import type { Snapshot } from '../../src/dashboard/feed.ts';
import { snapshotOf } from '../../src/testing/snapshots.ts';
import { network } from './network.ts';
import type { Motion } from './picture.ts';

export interface LifeOrder {
  readonly peers: number;
  readonly each: number;
  readonly motion: Motion;
}

/** Milliseconds from snapshot to snapshot. */
const PERIOD = 125;
/** Exchanges told in a snapshot. */
const TOLD = 40;
/** Peers that come, and as many that go, a second. */
const CHURN = 100;
/** Of the content, that a LEECH gains from snapshot to snapshot. */
const GAIN = 0.001;

/** A swarm of peers over time. */
class Life {
  #rows: Row[];
  #pairs: Uint32Array<ArrayBuffer>;
  #next: number;
  #at = 0;
  #seed = 1;

  readonly #order: LifeOrder;

  constructor(order: LifeOrder) {
    this.#order = order;
    const { rows, pairs } = network(order.peers, order.each);
    this.#rows = [...rows];
    this.#pairs = pairs;
    this.#next = rows.length;
  }

  snapshot(): Snapshot {
    const first = this.#at === 0;
    this.#at += PERIOD;
    const before = this.#rows;
    const ends =
      !first && this.#order.motion === 'churn' ? this.#exchange(Math.round((CHURN * PERIOD) / 1000)) : [];
    this.#rows = this.#rows.map((row) =>
      row.seed === true ? row : { ...row, share: Math.min(1, (row.share ?? 0) + GAIN) },
    );
    const rows = this.#rows;
    const { peers } = snapshot(rows);
    const known = new Set(first ? [] : before.map((row) => row.handle));
    const births = rows
      .filter((row) => !known.has(row.handle))
      .map(({ handle, swarm = 0 }) => ({ handle, swarm, peerId: `peer ${handle}`, endpoint: '', asn: 0 }));
    const exchanges = Array.from({ length: TOLD }, (_, i) => this.#asked(i));
    return {
      ...snapshotOf({ at: this.#at, tracker: { state: 'ok', at: this.#at, latency: 10 } }),
      peers,
      links: this.#pairs,
      births,
      ends,
      exchanges,
    };
  }

  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }

  #exchange(count: number): Snapshot['ends'] {
    const gone: { handle: number; how: 'left' }[] = [];
    for (let i = 0; i < count; i++) {
      const place = Math.floor(this.#random() * this.#rows.length);
      const [row] = this.#rows.splice(place, 1);
      if (row === undefined) continue;
      gone.push({ handle: row.handle, how: 'left' });
      this.#rows.push({ ...row, handle: this.#next++ });
    }
    this.#pairs = links(this.#rows, this.#order.each);
    return gone;
  }

  #asked(i: number): Snapshot['exchanges'][number] {
    const row = this.#rows[(i * 241 + this.#at) % this.#rows.length] ?? { handle: 0 };
    return {
      id: this.#at * TOLD + i,
      peer: row.handle,
      peerId: `peer ${row.handle}`,
      swarm: row.swarm ?? 0,
      edition: 'rfc7846',
      method: 'CONNECT',
      purpose: '',
      transactionId: '',
      at: this.#at,
      took: 10,
      attempt: 1,
      url: '',
      requestType: '',
      requestText: '',
      requestBytes: 0,
      result: {
        kind: 'answered',
        status: 200,
        reason: 'OK',
        contentType: '',
        responseText: '',
        responseBytes: 0,
        verdict: 'ok',
        detail: '',
        listed: 30,
        findings: [],
      },
    };
  }
}

self.onmessage = ({ data }: MessageEvent<LifeOrder>) => {
  const life = new Life(data);
  const tell = (): void => self.postMessage(life.snapshot());
  tell();
  setInterval(tell, PERIOD);
};
