/**
 * Exchanges of a few peers as steps of a sequence: what each changes in the tracker's registration of its peer, read
 * from the bytes, so that a lifeline can show its states.
 */
import { codecOf } from '../protocol/editions/index.ts';
import type { Request } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { bytesOf } from './record.ts';
import type { RecordedExchange } from './record.ts';
import type { ExchangeRow, ExchangeStore } from './store.ts';

export interface Joined {
  readonly swarm: string;
  readonly mode: 'SEED' | 'LEECH';
}

/** What the exchange does to its peer's registration; an exchange that changes nothing has none of it. */
export interface StepEffect {
  readonly joins: readonly Joined[];
  readonly leaves: readonly string[];
  /** The registration ends: by DISCONNECT, or by an error where the edition ends it with one. */
  readonly ends: boolean;
  /** The registration outlasts the last LEAVE (gu-04), and begins without a swarm. */
  readonly stays: boolean;
}

export interface SequenceStep extends ExchangeRow {
  /** What a simulated peer sent it for. */
  readonly purpose: string | undefined;
  readonly effect: StepEffect;
}

const NO_EFFECT: StepEffect = { joins: [], leaves: [], ends: false, stays: false };

export function effectOf(exchange: RecordedExchange): StepEffect {
  const { edition, request, verdict } = exchange;
  if (edition === undefined) return NO_EFFECT;
  const { lastLeave, errorWhileTracking } = RULES[edition];
  const effect = { ...NO_EFFECT, stays: lastLeave === 'keep' };
  // RFC 7846 §2.3.2 C answers and keeps; base-01 §2.4.2 B ends the registration (digest, "Tracker state machine").
  if (verdict === 'error')
    return { ...effect, ends: exchange.error === 'forbidden' && errorWhileTracking === 'terminate' };
  if (verdict !== 'ok' || request.body === undefined) return effect;
  const decoded = codecOf(edition).decodeRequest(bytesOf(request.body));
  return decoded.ok ? { ...effect, ...changesOf(decoded.message) } : effect;
}

function changesOf(request: Request): Partial<StepEffect> {
  switch (request.method) {
    case 'CONNECT':
      return {
        joins: request.actions
          .filter(({ action }) => action === 'JOIN')
          .map(({ swarmId, mode }) => ({ swarm: swarmId, mode })),
        leaves: request.actions.filter(({ action }) => action === 'LEAVE').map(({ swarmId }) => swarmId),
      };
    case 'JOIN':
    case 'JOIN_CHUNK':
      // gu -06 §4.6: a LIVESEED counts as a SEED.
      return { joins: [{ swarm: request.swarmId, mode: request.mode === 'LEECH' ? 'LEECH' : 'SEED' }] };
    case 'LEAVE':
      return { leaves: [request.swarmId] };
    case 'DISCONNECT':
      return { leaves: request.swarmIds, ends: request.swarmIds.length === 0 };
    default:
      return {};
  }
}

/**
 * The steps of these peers from a row on, in the order in which they came in: the latest `most` of them, and how many
 * before those were left out.
 */
export async function stepsOf(
  store: ExchangeStore,
  peers: readonly string[],
  from: number,
  most: number,
): Promise<{ readonly steps: readonly SequenceStep[]; readonly omitted: number }> {
  const numbers = new Set(peers.map((peer) => store.peers.knownNumberOf(peer)).filter((one) => one > 0));
  const { length, columns } = store;
  const rows: number[] = [];
  for (let row = Math.max(0, from); row < length; row++)
    if (numbers.has(columns.peer[row] ?? 0)) rows.push(row);
  const steps = await Promise.all(
    rows.slice(-most).map(async (row) => {
      const facts = store.row(row);
      const exchange = await store.exchange(row);
      const effect = exchange === undefined ? NO_EFFECT : effectOf(exchange);
      return { ...facts, purpose: exchange?.purpose, effect };
    }),
  );
  return { steps, omitted: Math.max(0, rows.length - most) };
}

/** Peers whose ID contains the text, whatever the case; those that were seen first last, first. */
export function peersIn(store: ExchangeStore, text: string, most: number): readonly string[] {
  const wanted = text.toLowerCase();
  const found: string[] = [];
  for (let number = store.peers.size - 1; number > 0 && found.length < most; number--) {
    const peer = store.peers.textOf(number);
    if (peer !== undefined && peer.toLowerCase().includes(wanted)) found.push(peer);
  }
  return found;
}
