/** The requests themselves: what each purpose comes to in each edition. */
import { asTransactionId } from '../protocol/ids.ts';
import type { PeerMode, Request } from '../protocol/message.ts';
import type { PeerIdentity, PeerMoment, PeerState, Purpose } from './state.ts';

/** `transaction`: number of the request among the peer's own. */
export function write(
  identity: PeerIdentity,
  state: PeerState,
  purpose: Purpose,
  transaction: number,
  moment: PeerMoment,
): Request {
  const { edition, version, peerId, swarmId, rules } = identity;
  const root = `${peerId.slice(0, 4)}.${transaction}`;
  // base-01 §4.1 numbers the root `t.0` and its actions `t.1`, `t.2`, ...
  const head = (numbered: boolean) => ({
    edition,
    version,
    peerId,
    transactionId: asTransactionId(numbered ? `${root}.0` : root),
  });
  const connect = (action: 'JOIN' | 'LEAVE', mode: PeerMode, asking: boolean): Request => ({
    ...head(rules.actionTransactions),
    method: 'CONNECT',
    ...(asking ? { peerNum: { count: identity.peerCount } } : {}),
    addresses: action === 'JOIN' ? identity.addresses : [],
    actions: [
      {
        swarmId,
        action,
        mode,
        ...(rules.actionTransactions ? { transactionId: asTransactionId(`${root}.1`) } : {}),
      },
    ],
  });
  switch (purpose) {
    case 'join':
      return connect('JOIN', state.wish === 'SEED' ? 'SEED' : 'LEECH', state.wish === 'LEECH');
    case 'ask anew':
      // Without FIND, a LEECH's re-start is how it asks for more neighbours (base-01 §4.1).
      return rules.find
        ? { ...head(false), method: 'FIND', swarmId, peerNum: { count: identity.peerCount } }
        : connect('JOIN', 'LEECH', true);
    case 'leave':
      return connect('LEAVE', state.registered === 'SEED' ? 'SEED' : 'LEECH', false);
    case 'leave to return':
      return connect('LEAVE', 'LEECH', false);
    case 'report':
      return { ...head(false), method: 'STAT_REPORT', stats: [moment.stats()] };
    default:
      return purpose satisfies never;
  }
}
