/** What a refusal means to the peer: not in this form, not now, or not known there any more. */
import type { ErrorName } from '../protocol/errors.ts';
import { RULES } from '../protocol/rules.ts';
import { backOff } from './back-off.ts';
import { decide } from './decide.ts';
import type { PeerIdentity, PeerMoment, PeerState, Pending, Step } from './state.ts';

/** `error`: one that lasts; a passing one leaves the request to be sent again. */
export function refused(
  identity: PeerIdentity,
  state: PeerState,
  pending: Pending,
  error: Exclude<ErrorName, 'overloaded' | 'internal'>,
  moment: PeerMoment,
): Step {
  const rules = RULES[state.edition];
  const malformed = error === 'bad-request' || error === 'unsupported-version';
  if (malformed && rules.fallBack !== undefined) {
    // extended-04 §4.5: a tracker of the base edition says 400, "Unknown Messages"; HTTP/2 has no words for it,
    // so any 400 will do. What it holds of us, it still holds.
    const to = rules.fallBack;
    const plainer: PeerState = { ...state, edition: to, pending: undefined, refusals: 0, quietUntil: 0 };
    return decide(identity, plainer, moment, [{ kind: 'fell back', to }]);
  }

  const refusals = state.refusals + 1;
  const quietUntil = moment.now + backOff(refusals, moment.random);
  const calm: PeerState = { ...state, pending: undefined, refusals, quietUntil };
  /** The registration ran out, or the tracker was started anew: CONNECT again, at once the first time. */
  const forgotten = (): Step =>
    decide(identity, { ...unregistered(calm), quietUntil: refusals > 1 ? quietUntil : 0 }, moment, [
      { kind: 'forgotten' },
    ]);
  switch (pending.purpose) {
    case 'connect':
      return decide(identity, { ...calm, registered: undefined }, moment, []);
    case 'disconnect':
      // Not known there, or not to be told: either way out.
      return { state: { ...calm, registered: undefined }, effects: [{ kind: 'gone' }] };
    case 'leave':
      return rules.lastLeave === 'keep'
        ? decide(identity, { ...calm, registered: 'connected' }, moment, [])
        : { state: { ...calm, registered: undefined }, effects: [{ kind: 'gone' }] };
    case 'leave to return':
      return decide(identity, unregistered(calm), moment, [{ kind: 'forgotten' }]);
    case 'join': {
      if (error !== 'forbidden') return decide(identity, calm, moment, []);
      // CONNECT is always in order there, and JOIN after it: what stands in the way can only be that we are unknown.
      if (rules.connect === 'alone') return forgotten();
      // The tracker may hold a registration of ours that stands in the way (table 6: a SEED's JOIN while TRACKING):
      // LEAVE first, then try anew; but only every other time, for it may as well be the JOIN that it minds, and not
      // where the error itself has ended the registration (base-01 §2.4.2 B).
      const inTheWay = state.refusals % 2 === 0 && rules.errorWhileTracking === 'keep';
      const registered = inTheWay ? 'unknown' : undefined;
      return decide(identity, { ...unregistered(calm), registered }, moment, []);
    }
    case 'ask anew':
    case 'report':
    case 'keep alive':
    case 'answer query': {
      // Nobody else is known to hold that chunk: an answer like any other (gu -06 §4.8).
      if (error === 'not-found' && pending.request.method === 'FIND_CHUNK')
        return decide(identity, { ...state, pending: undefined, asking: undefined, refusals: 0 }, moment, []);
      if (error === 'forbidden' || error === 'not-found') return forgotten();
      // Not to be had in this form: no use in asking sooner than the next report is due anyway.
      const reportAt = moment.now + identity.reportInterval;
      return decide(identity, { ...calm, asking: undefined, queries: [], reportAt }, moment, []);
    }
    default:
      return pending.purpose satisfies never;
  }
}

/** Back in START: what belonged to the registration is void. */
export const unregistered = (state: PeerState): PeerState => ({
  ...state,
  registered: undefined,
  queries: [],
  reportAt: undefined,
  authToken: undefined,
  reported: undefined,
});
