/** A whole life of one peer before a tracker that finds no fault: what the cases judge that only look on. */
import type { PeerMode, Request } from '../protocol/message.ts';
import { asksAnew, Desk, isReport } from './desk.ts';
import { UNKNOWN } from './good-tracker.ts';
import type { Standing } from './good-tracker.ts';
import type { PeerBench, Received, Urge } from './peer-bench.ts';

export interface Witnessed {
  readonly received: Received;
  /** As a tolerant tracker reads it; none when it cannot be read, which was answered with 400. */
  readonly request: Request | undefined;
  /** What the tracker held of the peer before. */
  readonly before: Standing;
}

export interface Life {
  readonly mode: PeerMode;
  readonly requests: readonly Witnessed[];
  /** What the peer was urged to, after how many requests; `certain`: it did hear of it. */
  readonly urged: ReadonlyMap<Urge, { readonly after: number; readonly certain: boolean }>;
}

/** Reports waited for before anything else is asked of it. */
const REPORTS = 3;
/** Requests answered within one stage of its life: a peer that asks on and on is seen well enough. */
const MOST = 40;

class Witness {
  readonly #desk: Desk;
  readonly requests: Witnessed[] = [];
  readonly urged = new Map<Urge, { readonly after: number; readonly certain: boolean }>();

  constructor(bench: PeerBench) {
    this.#desk = new Desk(bench);
  }

  get standing(): Standing {
    return this.#desk.standing;
  }

  /** Grants what comes until one is `last`, or the peer falls silent. */
  async watch(last: (request: Request, before: Standing) => boolean): Promise<void> {
    for (let count = 0; count < MOST; count++) {
      const received = await this.#desk.bench.next();
      if (received === undefined) return;
      const before = this.#desk.standing;
      const request = received.tolerant.ok ? received.tolerant.message : undefined;
      this.requests.push({ received, request, before });
      if (request === undefined) {
        received.answer({ status: 400 });
        continue;
      }
      this.#desk.grant(received);
      if (last(request, before)) return;
    }
  }

  async urge(urge: Urge): Promise<void> {
    const after = this.requests.length;
    this.urged.set(urge, { after, certain: await this.#desk.bench.urge(urge) });
  }
}

/** Never to come: what is waited for is the silence. */
const never = (): boolean => false;

export async function witness(bench: PeerBench, mode: PeerMode): Promise<Life> {
  const peer = new Witness(bench);
  await bench.begin(mode);
  let reports = 0;
  await peer.watch((request) => isReport(request) && ++reports >= REPORTS);
  if (mode === 'LEECH') {
    await peer.urge('ask anew');
    await peer.watch(asksAnew);
    await peer.urge('complete');
    await peer.watch(() => [...peer.standing.swarms.values()].includes('SEED'));
    await peer.watch(isReport);
  }
  await peer.urge('leave');
  await peer.watch(peer.standing === UNKNOWN ? isReport : never);
  return { mode, requests: peer.requests, urged: peer.urged };
}
