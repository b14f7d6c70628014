/** One peer on a clock of its own, with a note of all it sent, for the tests of this folder. */
import { asPeerId, asSwarmId } from '../protocol/ids.ts';
import type {
  EditionId,
  FailureResponse,
  PeerMode,
  Request,
  StatQuery,
  SuccessResponse,
} from '../protocol/message.ts';
import { newPeer, step, wakeAt } from './peer.ts';
import type { PeerEffect, PeerEvent, PeerIdentity, PeerMoment, PeerState } from './state.ts';

export const identity = (edition: EditionId): PeerIdentity => ({
  edition,
  peerId: asPeerId('6f2a00c41e'),
  swarmId: asSwarmId('film'),
  liveSource: false,
  addresses: [{ addressType: 'ipv4', address: '198.18.0.1', port: 6881, priority: 1, type: 'HOST' }],
  reportInterval: 30_000,
  peerCount: 20,
});

export const success = (
  request: Request,
  { queries = [], peerLists = [] }: Partial<Pick<SuccessResponse, 'queries' | 'peerLists'>> = {},
): SuccessResponse => ({
  edition: request.edition,
  version: request.version,
  method: request.method,
  outcome: 'success',
  transactionId: request.transactionId,
  results: [],
  peerLists,
  queries,
});

export const failure = (request: Request, error: FailureResponse['error']): FailureResponse => ({
  edition: request.edition,
  version: request.version,
  method: request.method,
  outcome: 'failure',
  transactionId: request.transactionId,
  error,
});

export interface Sent {
  readonly request: Request;
  readonly attempt: number;
  readonly at: number;
}

export class Bench {
  state: PeerState;
  now = 0;
  readonly sent: Sent[] = [];
  readonly effects: PeerEffect[] = [];
  readonly who: PeerIdentity;
  readonly random: () => number;
  /** What its streaming side has to say; chunks 8 to 15, of which it holds 9 and 11. */
  uploadedBytes = 0n;
  bitmap = new Uint8Array([0]);
  playsFrom: number | undefined;

  constructor(edition: EditionId, mode: PeerMode, random = () => 0.5, who: Partial<PeerIdentity> = {}) {
    this.who = { ...identity(edition), ...who };
    this.state = newPeer(edition, mode);
    this.random = random;
  }

  do(event: PeerEvent): this {
    const { swarmId } = this.who;
    const moment: PeerMoment = {
      now: this.now,
      random: this.random,
      stats: () => ({ swarmId, uploadedBytes: this.uploadedBytes, downloadedBytes: 0n }),
      content: () => ({
        swarmId,
        representations: [{ id: 'main', maps: [{ startIndex: 8, endIndex: 15, bitmap: this.bitmap }] }],
      }),
      playsFrom: () => this.playsFrom,
      properties: [
        { name: 'NAT', value: 'false' },
        { name: 'STUN', value: 'true' },
      ],
    };
    const { state, effects } = step(this.who, this.state, event, moment);
    this.state = state;
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.kind === 'send')
        this.sent.push({ request: effect.pending.request, attempt: effect.pending.attempt, at: this.now });
    }
    return this;
  }

  get request(): Request {
    const { pending } = this.state;
    if (pending === undefined) throw new Error('nothing is pending');
    return pending.request;
  }

  accepted(...queries: StatQuery[]): this {
    return this.do({ kind: 'answer', response: success(this.request, { queries }) });
  }

  refused(error: FailureResponse['error']): this {
    return this.do({ kind: 'answer', response: failure(this.request, error) });
  }

  /** Lets time pass until the peer wants to be woken, and wakes it. */
  wake(): this {
    const at = wakeAt(this.state);
    if (at === undefined) throw new Error('the peer does not want to be woken');
    this.now = Math.max(this.now, at);
    return this.do({ kind: 'wake' });
  }

  /** Begins, and is accepted until it is what it wants to be. */
  joined(): this {
    this.do({ kind: 'begin' });
    while (this.state.registered !== this.state.wish) this.accepted();
    return this;
  }

  get words(): string[] {
    return this.sent.map(({ request }) => wordOf(request));
  }

  get gone(): boolean {
    return this.effects.some(({ kind }) => kind === 'gone');
  }
}

function wordOf(request: Request): string {
  if (request.method === 'JOIN' || request.method === 'JOIN_CHUNK')
    return `${request.method} ${request.mode}`;
  if (request.method !== 'CONNECT' || request.actions.length === 0) return request.method;
  return request.actions.map(({ action, mode }) => `${action} ${mode}`).join(', ');
}
