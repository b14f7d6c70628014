/** Peers that are ours but for one thing that is wrong, and the cases that are there to catch it. */
import { step as ownStep } from '../../peer/peer.ts';
import type { PeerEvent, PeerState, Step } from '../../peer/state.ts';
import type { EditionId, FindRequest } from '../../protocol/message.ts';
import type { LonePeerOptions } from '../../simulation/lone-peer.ts';
import { encodeText } from '../../protocol/text.ts';
import type { Transport, WireAnswer } from '../../transport/transport.ts';
import type { Wrong } from '../own-peers.ts';

export interface PeerMutant extends Wrong {
  readonly name: string;
  readonly edition: EditionId;
  /** Last parts of the ids of the cases that fail, and of no other. */
  readonly caught: readonly string[];
}

type StepFunction = NonNullable<LonePeerOptions['step']>;

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Changes what goes out, by the text of the body and whether these very bytes went out just before. */
const sending =
  (change: (text: string, repeated: boolean) => string): NonNullable<Wrong['transport']> =>
  (inner) => {
    let last = '';
    return {
      send: (request) => {
        const text = textOf(request.body);
        const changed = change(text, text === last);
        last = text;
        return inner.send({ ...request, body: encodeText(changed) });
      },
    };
  };

/** Changes what comes in. */
const hearing =
  (
    change: (
      text: string,
      answer: WireAnswer & { readonly kind: 'answered' },
    ) => Partial<WireAnswer> | undefined,
  ) =>
  (inner: Transport): Transport => ({
    async send(request) {
      const answer = await inner.send(request);
      if (answer.kind !== 'answered') return answer;
      return { ...answer, ...change(textOf(answer.body), answer) } as WireAnswer;
    },
  });

/** Sends under other transaction IDs than it thinks. */
const renaming =
  (rename: (id: string, repeated: boolean) => string): NonNullable<Wrong['transport']> =>
  (inner) => {
    let last = '';
    return {
      async send(request) {
        const text = textOf(request.body);
        const repeated = text === last;
        last = text;
        const [, own = ''] = /"transaction_id":"([^"]*)"/.exec(text) ?? [];
        const other = rename(own, repeated);
        const named = (from: string, to: string, where: string): string =>
          where.replace(`"transaction_id":"${from}"`, `"transaction_id":"${to}"`);
        const answer = await inner.send({ ...request, body: encodeText(named(own, other, text)) });
        if (answer.kind !== 'answered') return answer;
        return { ...answer, body: encodeText(named(other, own, textOf(answer.body))) };
      },
    };
  };

/** Its own mind, with what comes out of it changed. */
const afterwards =
  (change: (step: Step, event: PeerEvent, before: PeerState) => Step): StepFunction =>
  (identity, state, event, moment) =>
    change(ownStep(identity, state, event, moment), event, state);

/** Falls silent for good after an answer like that. */
const dyingOf =
  (deadly: (text: string) => boolean): NonNullable<Wrong['transport']> =>
  (inner) => {
    let dead = false;
    return {
      async send(request) {
        if (dead) return new Promise<never>(() => undefined);
        const answer = await inner.send(request);
        if (answer.kind !== 'answered' || !deadly(textOf(answer.body))) return answer;
        dead = true;
        return new Promise<never>(() => undefined);
      },
    };
  };

const REPEATS = [
  'repeats-after-malformed',
  'repeats-after-empty',
  'repeats-after-html',
  'repeats-after-truncated',
  'repeats-after-other-form',
  'repeats-after-other-transaction',
  'repeats-after-silence',
  'repeats-after-no-answer',
  'repeats-report',
];

let tries = 0;

export const PEER_MUTANTS: readonly PeerMutant[] = [
  {
    name: 'takes a new transaction ID for each retry',
    edition: 'rfc7846',
    transport: renaming((id, repeated) => (repeated ? `${id}-${++tries}` : id)),
    caught: REPEATS,
  },
  {
    name: 'writes a retry anew, with other bytes',
    edition: 'rfc7846',
    transport: sending((text, repeated) => (repeated ? `${text}\n` : text)),
    caught: [...REPEATS, 'same-id-same-bytes'],
  },
  {
    name: 'uses one transaction ID for everything, as the examples of the RFC do',
    edition: 'rfc7846',
    transport: renaming(() => '12345'),
    caught: ['transaction-ids'],
  },
  {
    name: 'never reports',
    edition: 'rfc7846',
    step: afterwards(({ state, effects }) => ({ state: { ...state, reportAt: undefined }, effects })),
    caught: ['periodic'],
  },
  {
    name: 'asks for 50 peers',
    edition: 'rfc7846',
    transport: sending((text) => text.replace('"peer_count":20', '"peer_count":50')),
    caught: ['at-most-30', 'to-the-letter'],
  },
  {
    name: 'asks by FIND where there is none',
    edition: 'base-1.0',
    step: (identity, state, event, moment) => {
      const { state: next, effects } = ownStep(identity, state, event, moment);
      const { pending } = next;
      if (pending?.purpose !== 'ask anew' || pending.attempt > 1) return { state: next, effects };
      const { peerId, transactionId } = pending.request;
      const { swarmId } = identity;
      const head = { edition: 'extended-1.1', version: '1.0', peerId, transactionId } as const;
      const request: FindRequest = { ...head, method: 'FIND', swarmId, addresses: [], properties: [] };
      const find = { ...pending, request };
      return {
        state: { ...next, pending: find },
        effects: effects.map((effect) => (effect.kind === 'send' ? { ...effect, pending: find } : effect)),
      };
    },
    caught: ['methods', 'to-the-letter'],
  },
  ...(['rfc7846', 'base-1.0'] as const).map((edition): PeerMutant => ({
    name: 'JOINs as SEED while TRACKING',
    edition,
    transport: sending((text) =>
      text
        .replace('"action":"LEAVE","peer_mode":"LEECH"', '"action":"JOIN","peer_mode":"SEEDER"')
        .replace('action="LEAVE" peerMode="LEECH"', 'action="JOIN" peerMode="SEED"'),
    ),
    caught: ['actions-valid'],
  })),
  {
    name: 'dies of members it does not know',
    edition: 'rfc7846',
    transport: dyingOf((text) => text.includes('x_extra')),
    caught: ['unknown-members'],
  },
  {
    name: 'dies of elements it does not know',
    edition: 'base-1.0',
    transport: dyingOf((text) => text.includes('<Extra')),
    caught: ['unknown-members'],
  },
  {
    name: 'gives up at the first answer it cannot read',
    edition: 'rfc7846',
    transport: dyingOf((text) => text.startsWith('<') || text === ''),
    caught: ['repeats-after-empty', 'repeats-after-html', 'repeats-after-other-form'],
  },
  {
    name: 'reports a swarm that it is not in',
    edition: 'rfc7846',
    transport: sending((text) =>
      text.includes('STAT_REPORT') ? text.replace('"swarm_id":"film"', '"swarm_id":"news"') : text,
    ),
    caught: ['reports-own-swarms'],
  },
  {
    name: 'reports what came since the last report, not totals',
    edition: 'rfc7846',
    transport: (inner) => {
      let left = 1000;
      return sending((text) =>
        text.replace(/"uploaded_bytes":\d+/, () => `"uploaded_bytes":${(left -= 10)}`),
      )(inner, undefined as never);
    },
    caught: ['counters-grow', 'repeats-report'],
  },
  {
    name: 'never pauses between tries',
    edition: 'rfc7846',
    step: afterwards(({ state, effects }, _event, before) => {
      const { pending } = state;
      if (pending?.retryAt === undefined || pending === before.pending) return { state, effects };
      return { state: { ...state, pending: { ...pending, retryAt: before.quietUntil + 1 } }, effects };
    }),
    caught: ['backs-off', 'retry-after', 'redirect-loop'],
  },
  {
    name: 'does not hear Retry-After',
    edition: 'rfc7846',
    step: (identity, state, event, moment) =>
      ownStep(
        identity,
        state,
        event.kind === 'answer' ? { kind: 'answer', response: event.response } : event,
        moment,
      ),
    caught: ['retry-after'],
  },
  {
    name: 'hammers when it is refused',
    edition: 'rfc7846',
    step: afterwards(({ state, effects }) => ({
      state: { ...state, quietUntil: Math.min(state.quietUntil, 1) },
      effects,
    })),
    caught: ['calm-after-400', 'calm-after-401', 'calm-after-403', 'calm-after-404'],
  },
  {
    name: 'sends text/plain',
    edition: 'rfc7846',
    transport: (inner) => ({ send: (request) => inner.send({ ...request, contentType: 'text/plain' }) }),
    caught: ['media-type'],
  },
  {
    name: 'calls itself version 2',
    edition: 'rfc7846',
    transport: sending((text) => text.replace('"version":1', '"version":2')),
    caught: ['version'],
  },
  {
    name: 'goes without a word',
    edition: 'rfc7846',
    step: (identity, state, event, moment) =>
      event.kind === 'leave'
        ? { state, effects: [{ kind: 'gone' }] }
        : ownStep(identity, state, event, moment),
    caught: ['leaves'],
  },
  {
    name: 'stays a LEECH when it has everything',
    edition: 'extended-1.1',
    step: (identity, state, event, moment) =>
      event.kind === 'completed' ? { state, effects: [] } : ownStep(identity, state, event, moment),
    caught: ['becomes-seed'],
  },
  {
    name: 'wants a list as SEED',
    edition: 'rfc7846',
    transport: sending((text) =>
      text.includes('"JOIN","peer_mode":"SEEDER"')
        ? text.replace('"connect":{', '"connect":{"peer_num":{"peer_count":5},')
        : text,
    ),
    caught: ['seed-wants-no-list'],
  },
  {
    name: 'reports on to a tracker that does not know it',
    edition: 'rfc7846',
    step: (identity, state, event, moment) => {
      const refusedReport =
        event.kind === 'answer' &&
        event.response.outcome === 'failure' &&
        state.pending?.purpose === 'report';
      return ownStep(identity, state, refusedReport ? { kind: 'no-answer' } : event, moment);
    },
    caught: ['registers-anew', 'registers-anew-after-200'],
  },
  {
    name: 'speaks the extended edition to a tracker that does not',
    edition: 'extended-1.1',
    transport: hearing((_text, { status }) => (status === 400 ? { status: 503 } : undefined)),
    caught: ['falls-back'],
  },
  {
    name: 'leaves out the XML declaration',
    edition: 'extended-1.1',
    transport: sending((text) => text.replace(/^<\?xml[^>]*\?>/, '')),
    caught: ['xml-declaration', 'to-the-letter'],
  },
  {
    name: 'has no ear for STAT_QUERY',
    edition: 'gu-04',
    transport: hearing((text) => ({ body: encodeText(text.replace(/<Queries>.*<\/Queries>/s, '')) })),
    caught: ['answers-query'],
  },
  {
    name: 'LEAVEs, and does not DISCONNECT',
    edition: 'gu-04',
    step: afterwards(({ state, effects }) =>
      state.pending?.purpose === 'disconnect' ? { state, effects: [{ kind: 'gone' }] } : { state, effects },
    ),
    caught: ['disconnects'],
  },
];
