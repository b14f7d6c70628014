/**
 * The relay of `swarmscope serve --relay`, as both of its sides know it: the page asks for `/relay/` with the tracker's
 * whole URL after it, and tells by a header whether an answer is the tracker's or the relay's own.
 */
import type { FailureCause, Transport, TransportFailure, WireAnswer } from './transport.ts';

/** Alone it tells which origin is allowed; with a slash and a URL after it, it relays. */
export const RELAY_PATH = '/relay';
/** On every answer of the relay: `answered` when it is the tracker's, else a name of `RELAY_FAILURES`. */
export const RELAY_MARK = 'x-swarmscope-relay';
export const RELAY_ANSWERED = 'answered';

interface RelayFailure {
  /** HTTP status of the relay's own answer. */
  readonly status: number;
  readonly failure: TransportFailure;
  readonly detail: string;
}

/** Why the relay has no answer of the tracker's. Outside a browser more can be told than within. */
export const RELAY_FAILURES = {
  'not-ours': {
    status: 403,
    failure: 'unreachable',
    detail: 'The relay serves nobody but the page that comes from the same server.',
  },
  'not-allowed': {
    status: 403,
    failure: 'unreachable',
    detail:
      'The relay was started for another tracker: scheme, host and port must be exactly those of --relay.',
  },
  method: { status: 405, failure: 'unreachable', detail: 'The relay takes GET and POST only.' },
  'request-too-large': {
    status: 413,
    failure: 'too-large',
    detail: 'The request is too large to be relayed.',
  },
  'request-too-slow': {
    status: 408,
    failure: 'timeout',
    detail: 'The request did not reach the relay in time.',
  },
  busy: { status: 503, failure: 'unreachable', detail: 'The relay has too many requests under way.' },
  refused: {
    status: 502,
    failure: 'unreachable',
    detail: 'The connection was refused: nothing listens at that port.',
  },
  'unknown-host': { status: 502, failure: 'unreachable', detail: 'The host name is not known (DNS).' },
  'no-route': { status: 502, failure: 'unreachable', detail: 'No way leads to that address.' },
  tls: {
    status: 502,
    failure: 'unreachable',
    detail: 'TLS failed: the certificate is not accepted, or the port speaks no TLS.',
  },
  'not-http': { status: 502, failure: 'unreachable', detail: 'What answers there is no HTTP.' },
  broken: {
    status: 502,
    failure: 'unreachable',
    detail: 'The connection broke off before the answer was whole.',
  },
  'no-answer': { status: 504, failure: 'timeout', detail: 'The tracker did not answer in time.' },
  'answer-too-large': {
    status: 502,
    failure: 'too-large',
    detail: 'The answer is longer than the relay passes on.',
  },
} as const satisfies Record<string, RelayFailure>;

export type RelayCause = keyof typeof RELAY_FAILURES;

export const isRelayCause = (text: string): text is RelayCause => Object.hasOwn(RELAY_FAILURES, text);

/** What to ask the relay for. `relay`: its URL, ending in `/relay`. */
export const relayedUrl = (relay: string, url: string): string => `${relay}/${url}`;

export interface RelayPlatform {
  /** Asks the relay which origin it reaches; undefined: there is none. */
  ask(): Promise<string | undefined>;
  /** Milliseconds, for spacing the questions. */
  now(): number;
}

/** Milliseconds for which a relay that is not there is not asked for again. */
const ABSENT_FOR = 3000;

/**
 * Sends through the relay, whose URL `relay` is, what is meant for trackers; requests keep the trackers' own URLs. It
 * asks before it sends: where no relay is, a POST to its path is one to the server's own tracker.
 */
export function throughRelay(transport: Transport, relay: string, platform: RelayPlatform): Transport {
  let known: { readonly at: number; readonly target: Promise<string | undefined> } | undefined;

  async function target(): Promise<string | undefined> {
    const asked = (known ??= { at: platform.now(), target: platform.ask() });
    const found = await asked.target;
    if (found === undefined && known === asked && platform.now() - asked.at > ABSENT_FOR) {
      known = undefined;
      return target();
    }
    return found;
  }

  return {
    async send(request) {
      const allowed = await target();
      if (allowed === undefined) return failed('unreachable', 'no-relay', NO_RELAY);
      if (!request.url.startsWith(`${allowed}/`)) return failedAs('not-allowed');
      const answer = await transport.send({ ...request, url: relayedUrl(relay, request.url) });
      if (answer.kind === 'failed') {
        // The relay is on the page's own server: no browser rule stands in between.
        if (answer.failure !== 'unreachable' && answer.failure !== 'blocked') return answer;
        known = undefined;
        return failed('unreachable', 'no-relay', NO_RELAY);
      }
      if (answer.relay === RELAY_ANSWERED) return answer;
      if (answer.relay !== undefined && isRelayCause(answer.relay)) return failedAs(answer.relay);
      // The server was started again, without it.
      known = undefined;
      return failed('unreachable', 'no-relay', NO_RELAY);
    },
  };
}

const NO_RELAY = 'The server that this page came from has no relay, or is gone.';

const failed = (failure: TransportFailure, cause: FailureCause, detail: string): WireAnswer => ({
  kind: 'failed',
  failure,
  cause,
  detail,
});

function failedAs(cause: RelayCause): WireAnswer {
  const { failure, detail } = RELAY_FAILURES[cause];
  return failed(failure, cause, detail);
}
