/** The heart of the peer: the one request that brings what the tracker holds closer to what the peer wants. */
import { RULES } from '../protocol/rules.ts';
import type { PeerEffect, PeerIdentity, PeerMoment, PeerState, Pending, Purpose, Step } from './state.ts';
import { write } from './write.ts';

/** Sends it, if one is due and nothing is under way. */
export function decide(
  identity: PeerIdentity,
  state: PeerState,
  moment: PeerMoment,
  effects: readonly PeerEffect[],
): Step {
  if (state.pending !== undefined) return { state, effects };
  if (state.wish === 'gone' && state.registered === undefined)
    return { state, effects: [...effects, { kind: 'gone' }] };
  const purpose = state.wish === 'gone' ? leaving(state) : due(state, moment);
  if (purpose === undefined) return { state, effects };
  const transactions = state.transactions + 1;
  const request = write(identity, state, purpose, transactions, moment);
  const pending: Pending = { purpose, request, attempt: 1, retryAt: undefined };
  return { state: { ...state, transactions, pending }, effects: [...effects, { kind: 'send', pending }] };
}

/**
 * The way out. Where there is DISCONNECT it is the last word: it ends the registration whatever swarms it holds, so
 * it is right also when an answer was lost. Where the last LEAVE does not end it (gu-04), LEAVE comes first.
 */
function leaving({ edition, registered }: PeerState): Purpose {
  const { methods, lastLeave } = RULES[edition];
  if (!methods.includes('DISCONNECT')) return 'leave';
  return lastLeave === 'keep' && (registered === 'LEECH' || registered === 'SEED') ? 'leave' : 'disconnect';
}

function due(state: PeerState, moment: PeerMoment): Purpose | undefined {
  const { registered, wish, queries, asking, reportAt } = state;
  const rules = RULES[state.edition];
  if (state.quietUntil > moment.now) return undefined;
  if (registered === undefined) return rules.connect === 'alone' ? 'connect' : 'join';
  if (registered === 'connected') return 'join';
  if (registered !== wish)
    // Table 6 of RFC 7846 knows no JOIN as SEED while TRACKING: there, LEECH to SEED takes two requests.
    return rules.promotion === 'join' && registered !== 'unknown' ? 'join' : 'leave to return';
  if (queries.length > 0) return 'answer query';
  if (asking !== undefined && wish === 'LEECH') return 'ask anew';
  if (reportAt === undefined || reportAt > moment.now) return undefined;
  return rules.keepAlive === 'KEEPALIVE' && idle(state, moment) ? 'keep alive' : 'report';
}

/**
 * Alive, but with no data exchanged since the last report (gu -06 §4.10): then there is nothing to report. Where
 * the keep-alive is an empty STAT_REPORT, a full one costs no more requests and says more.
 */
function idle({ reported }: PeerState, moment: PeerMoment): boolean {
  if (reported === undefined) return false;
  const { uploadedBytes, downloadedBytes } = moment.stats();
  return uploadedBytes === reported.uploadedBytes && downloadedBytes === reported.downloadedBytes;
}
