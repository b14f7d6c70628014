/** A peer's life in a cell, from its first CONNECT to its last LEAVE, before a tracker that is somebody's. */
import type { EditionId, PeerMode } from '../../protocol/message.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Clock } from '../case.ts';
import { asksAnew, isReport } from '../desk.ts';
import type { Urge } from '../peer-bench.ts';
import type { PeerUnderTest } from '../peer-source.ts';
import type { Behaviour } from './config.ts';
import type { Ledger } from './ledger.ts';
import { granted } from './ledger.ts';

/** What a host needs to make a peer of ours. */
export interface OwnPeer {
  readonly edition: EditionId;
  readonly mode: PeerMode;
  /** Of the tracker. */
  readonly url: string;
  readonly name: string;
  readonly seed: number;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Seconds. */
  readonly reportInterval: number;
  readonly swarm: string;
  readonly fault: (cause: unknown) => void;
}

export interface MadePeer extends PeerUnderTest {
  readonly peerId: string;
  begin(): void;
}

export type MakePeer = (options: OwnPeer) => MadePeer;

/** After how many exchanges of the peer's it was urged to what. */
export type Urged = ReadonlyMap<Urge, number>;

export interface LifeStage {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Milliseconds that the peer may take to what is waited for next. */
  readonly patience: number;
  readonly behaviour: Behaviour;
  readonly peer: MadePeer;
}

/** Reports waited for before anything else is asked of it. */
const REPORTS = 2;
/** Requests in vain after which nothing more is waited for. */
const IN_VAIN = 3;
/** Milliseconds in which the answer before has come to the peer, and been taken. */
const SETTLING = 30;

/** The mode in which a peer of that behaviour joins. */
export const modeOf = (behaviour: Behaviour): PeerMode => (behaviour === 'seed' ? 'SEED' : 'LEECH');

/** Ends early where the tracker does not let it come further. */
export async function live({ ledger, clock, patience, behaviour, peer }: LifeStage): Promise<Urged> {
  const urged = new Map<Urge, number>();
  const yes = (wanted: (entry: ReturnType<Ledger['of']>[number]) => boolean): number =>
    ledger.of('peer').filter((entry) => granted(entry) !== undefined && wanted(entry)).length;
  const reports = (): number => yes(({ request }) => request.ok && isReport(request.message));
  const standing = () => ledger.standing('peer');
  const vain = (): number => ledger.of('peer').filter((entry) => granted(entry) === undefined).length;
  const reach = async (holds: () => boolean, milliseconds = patience): Promise<boolean> => {
    const before = vain();
    await ledger.until(() => holds() || vain() - before >= IN_VAIN, milliseconds);
    return holds();
  };
  const urge = async (what: Urge): Promise<void> => {
    await new Promise<void>((resolve) => {
      clock.after(SETTLING, resolve);
    });
    urged.set(what, ledger.of('peer').length);
    peer.urge(what);
  };

  peer.begin();
  if (!(await reach(() => standing().swarms.size > 0))) return urged;
  await reach(() => reports() >= REPORTS, REPORTS * patience);
  if (modeOf(behaviour) === 'LEECH') {
    await urge('ask anew');
    await reach(() => yes(({ request, before }) => request.ok && asksAnew(request.message, before)) > 0);
    if (behaviour !== 'leech') {
      await urge('complete');
      await reach(() => [...standing().swarms.values()].includes('SEED'));
      const before = reports();
      await reach(() => reports() > before);
    }
  }
  await urge('leave');
  await reach(() => !standing().registered);
  return urged;
}

/** Each request of its goes out twice, byte for byte, as it would after a lost answer. */
export const repeating = (first: Transport, again: Transport): Transport => ({
  async send(request) {
    const answer = await first.send(request);
    if (answer.kind === 'answered') await again.send(request);
    return answer;
  },
});
