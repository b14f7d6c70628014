/** How each kind looks. Hues mean what they mean all over the page; hatches and dashes tell their kinds apart. */
import type { Churn, Requests, TimeAnswer } from '../../dashboard/observed.ts';
import type { Fill, Stroke } from './marks.ts';

type KindOf<Of> = Of extends Requests<infer Kind> ? Kind : never;
type Departure = Churn['departures'][number]['kind'];
type Method = KindOf<NonNullable<TimeAnswer['requests']>>;
type Failure = KindOf<NonNullable<TimeAnswer['errors']>>;

export const SEED: Fill = { ink: 'seed', opacity: 0.9 };
export const LEECH: Fill = { ink: 'leech', opacity: 0.7 };

export const ARRIVED: Fill = { ink: 'ink', opacity: 0.75 };
export const DEPARTED: Readonly<Record<Departure, Fill>> = {
  left: { ink: 'inkSoft', opacity: 0.7 },
  crashed: { ink: 'error', opacity: 0.95 },
  silent: { ink: 'error', opacity: 0.9, hatch: 'rising' },
  refused: { ink: 'error', opacity: 0.9, hatch: 'upright' },
};
export const DEPARTURE_NAMES: Readonly<Record<Departure, string>> = {
  left: 'left',
  crashed: 'crashed',
  silent: 'fell silent',
  refused: 'thrown out',
};

/** CONNECT, FIND and STAT_REPORT are the ones that all editions but one live on. */
export const METHOD_FILLS: Readonly<Record<Method, Fill>> = {
  CONNECT: { ink: 'tracker', opacity: 1 },
  FIND: { ink: 'tracker', opacity: 1, hatch: 'rising' },
  STAT_REPORT: { ink: 'tracker', opacity: 0.45 },
  DISCONNECT: { ink: 'tracker', opacity: 1, hatch: 'falling' },
  JOIN: { ink: 'tracker', opacity: 0.75 },
  LEAVE: { ink: 'tracker', opacity: 0.9, hatch: 'upright' },
  KEEPALIVE: { ink: 'tracker', opacity: 0.25 },
  JOIN_CHUNK: { ink: 'tracker', opacity: 0.6, hatch: 'rising' },
  FIND_CHUNK: { ink: 'tracker', opacity: 1, hatch: 'crossed' },
  STAT_QUERY: { ink: 'tracker', opacity: 0.6, hatch: 'crossed' },
};

/** What the tracker refused the peer for is full; its own failures, and what could not be read or never came, are hatched. */
export const FAILED: Readonly<Record<Failure, Fill>> = {
  'bad-request': { ink: 'error', opacity: 0.95 },
  'unsupported-version': { ink: 'error', opacity: 0.75 },
  forbidden: { ink: 'error', opacity: 0.6 },
  'authentication-required': { ink: 'error', opacity: 0.45 },
  'not-found': { ink: 'error', opacity: 0.3 },
  internal: { ink: 'error', opacity: 0.55, hatch: 'upright' },
  overloaded: { ink: 'error', opacity: 0.55, hatch: 'crossed' },
  unreadable: { ink: 'error', opacity: 0.95, hatch: 'crossed' },
  unreachable: { ink: 'error', opacity: 0.95, hatch: 'rising' },
  timeout: { ink: 'error', opacity: 0.95, hatch: 'falling' },
  blocked: { ink: 'error', opacity: 0.95, hatch: 'upright' },
  'too-large': { ink: 'inkSoft', opacity: 0.9, hatch: 'crossed' },
  'invalid-url': { ink: 'inkSoft', opacity: 0.9, hatch: 'upright' },
};
/** Statuses as in the table of errors (RFC 7846 §4.3). */
export const OUTCOME_NAMES: Readonly<Record<Failure, string>> = {
  'bad-request': '400 bad request',
  'unsupported-version': '400 unsupported version',
  forbidden: '403 forbidden',
  internal: '500 internal error',
  overloaded: '503 overloaded',
  'authentication-required': '401 authentication',
  'not-found': '404 not found',
  unreadable: 'answer unreadable',
  unreachable: 'no answer: unreachable',
  blocked: 'no answer: blocked',
  timeout: 'no answer: timeout',
  'too-large': 'answer too large',
  'invalid-url': 'URL invalid',
};

export const PERCENTILES = [
  { name: 'p50', stroke: { ink: 'tracker', width: 2.2 } },
  { name: 'p90', stroke: { ink: 'tracker', width: 1.6, dash: [6, 3] } },
  { name: 'p99', stroke: { ink: 'tracker', width: 1.6, dash: [1.5, 3] } },
] as const satisfies readonly { name: 'p50' | 'p90' | 'p99'; stroke: Stroke }[];

export const MIDDLE: Stroke = { ink: 'seed', width: 2.2 };
