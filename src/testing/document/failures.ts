/** Regions of refusals: the table of errors, and what the tracker really answers to what causes them. */
import { codecOf } from '../../protocol/editions/index.ts';
import { ERRORS } from '../../protocol/errors.ts';
import type { ErrorName } from '../../protocol/errors.ts';
import type { HttpRequest, HttpResponse } from '../../protocol/http.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../protocol/ids.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId, Request } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import { stream } from '../../simulation/random.ts';
import type { TrackerOptions } from '../../tracker/api.ts';
import { HTTP_FAILURES } from '../../tracker/failures.ts';
import type { FailureStatus } from '../../tracker/failures.ts';
import { createTrackerEndpoint, DEFAULT_ENDPOINT_OPTIONS } from '../../tracker/http.ts';
import { randomSelection } from '../../tracker/selection.ts';
import type { PeerSelection } from '../../tracker/selection.ts';
import { createTracker } from '../../tracker/tracker.ts';
import type { Regions } from './document.ts';
import { code, table } from './markdown.ts';

const text = (body: Uint8Array): string => new TextDecoder().decode(body);
const bytes = (body: string): Uint8Array => new TextEncoder().encode(body);
const inBody = (body: Uint8Array): string => (body.byteLength === 0 ? 'empty' : code(text(body)));

function errors(): string {
  const names = Object.keys(ERRORS) as ErrorName[];
  return table(
    [
      'error',
      '`error_code`',
      'status',
      'Reason-Phrase begins',
      ...EDITIONS.map((edition) => `body ${code(edition)}`),
    ],
    names.map((error) => [
      error,
      `0${ERRORS[error].code}`,
      String(ERRORS[error].status),
      ERRORS[error].phrase,
      ...EDITIONS.map((edition) => wordOf(edition, error)),
    ]),
  );
}

/** What a refusal's body says, without what goes round it. */
function wordOf(edition: EditionId, error: ErrorName): string {
  const { version } = RULES[edition];
  const transactionId = asTransactionId('t');
  const failure = { edition, version, method: 'CONNECT', outcome: 'failure', transactionId, error } as const;
  const body = text(codecOf(edition).encodeResponse(failure));
  const word = /<Response>(?<word>.*)<\/Response>/.exec(body)?.groups?.['word'];
  const number = /"error_code":\d+/.exec(body)?.[0];
  return body === '' ? 'empty' : code(word ?? number ?? body);
}

interface Cause {
  readonly what: string;
  /** All when absent. */
  readonly editions?: readonly EditionId[];
  /** It is in none, and the edition only lends its media type. */
  readonly foreign?: true;
  /** Asked, and answered, before. */
  readonly before?: Request;
  readonly options?: Partial<TrackerOptions>;
  readonly selection?: PeerSelection;
  readonly request: (edition: EditionId) => Partial<HttpRequest>;
}

const FILM = asSwarmId('film');

const head = (edition: EditionId) => ({
  edition,
  version: RULES[edition].version,
  transactionId: asTransactionId('7'),
  peerId: asPeerId('erin'),
});

const coming = (edition: EditionId): Request => ({
  ...head(edition),
  method: 'CONNECT',
  addresses: [],
  actions:
    RULES[edition].connect === 'alone'
      ? []
      : [{ swarmId: FILM, action: 'JOIN', mode: 'LEECH', transactionId: asTransactionId('7.1') }],
});

const asked = (request: Request): Partial<HttpRequest> => ({
  body: codecOf(request.edition).encodeRequest(request),
});
const changed = (edition: EditionId, from: string | RegExp, to: string): Partial<HttpRequest> => ({
  body: bytes(text(codecOf(edition).encodeRequest(coming(edition))).replace(from, to)),
});

const THROWING: PeerSelection = {
  ...randomSelection,
  select() {
    throw new Error('a fault of the policy');
  },
};

const CAUSES: readonly Cause[] = [
  {
    what: 'the peer ID is empty',
    request: (edition) => changed(edition, /erin/, ''),
  },
  {
    what: 'version 9',
    // XML that asks to CONNECT in a version nobody knows is base-1.0's to refuse.
    editions: ['rfc7846', 'base-1.0', 'gu-04'],
    request: (edition) => changed(edition, /(?<=Protocol version="|"version":)[0-9.]+/, '9'),
  },
  {
    what: 'a method that no edition has',
    request: (edition) => changed(edition, /CONNECT/, 'JUMP'),
  },
  {
    what: 'STAT_REPORT of a peer that is not registered',
    request: (edition) =>
      asked({ ...head(edition), method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] }),
  },
  {
    what: 'FIND of a swarm unknown to the tracker, by a registered peer',
    editions: ['gu-04'],
    before: coming('gu-04'),
    request: (edition) =>
      asked({ ...head(edition), method: 'FIND', swarmId: FILM, addresses: [], properties: [] }),
  },
  {
    what: 'the tracker is full',
    options: { maxPeers: 0 },
    request: (edition) => asked(coming(edition)),
  },
  {
    what: 'a fault inside the tracker',
    editions: ['rfc7846', 'extended-1.1', 'base-1.0'],
    selection: THROWING,
    // Somebody to choose from. A seed gets no list, so its own CONNECT goes well.
    before: {
      ...head('rfc7846'),
      peerId: asPeerId('alice'),
      method: 'CONNECT',
      addresses: [],
      actions: [{ swarmId: FILM, action: 'JOIN', mode: 'SEED' }],
    },
    request: (edition) => asked(coming(edition)),
  },
  {
    what: 'XML of no edition',
    editions: ['gu-04'],
    foreign: true,
    request: () => ({ body: bytes('<PPSPTrackerProtocol version="1.0"/>') }),
  },
];

const REMOTE = { address: '203.0.113.5', port: 50_123 };

function answerTo(cause: Cause, edition: EditionId): HttpResponse {
  const tracker = createTracker(cause.options ?? {}, 0, cause.selection);
  const endpoint = createTrackerEndpoint(tracker);
  const random = stream(7846, 'document failures');
  const { mediaType } = codecOf(edition);
  const moment = { now: 0, random };
  if (cause.before !== undefined) tracker.handle(cause.before, { ...moment, remote: REMOTE });
  const posted = { method: 'POST', target: '/', contentType: mediaType, body: bytes(''), remote: REMOTE };
  return endpoint.answer({ ...posted, ...cause.request(edition) }, moment).response;
}

const statusLine = ({ status, reason }: HttpResponse): string => code(`${status} ${reason}`);

/** Headers besides Content-Type, which every body has. */
const headers = (response: HttpResponse): string =>
  Object.entries(response.headers)
    .filter(([name]) => name !== 'content-type')
    .map(([name, value]) => code(`${name}: ${value}`))
    .join(' ') || '-';

const answers = (): string =>
  table(
    ['cause', 'edition', 'status line', 'headers', 'body'],
    CAUSES.flatMap((cause) =>
      (cause.editions ?? EDITIONS).map((edition) => {
        const response = answerTo(cause, edition);
        const named = cause.foreign ? '-' : code(edition);
        return [cause.what, named, statusLine(response), headers(response), inBody(response.body)];
      }),
    ),
  );

const HTTP_CAUSES: Readonly<Partial<Record<FailureStatus, string>>> = {
  400: 'no Content-Type',
  404: 'a path that is not the tracker’s, where a host has paths (ours takes any)',
  405: 'not POST',
  408: 'headers or body not in in time',
  411: 'neither Content-Length nor a chunked body',
  413: `a body over ${DEFAULT_ENDPOINT_OPTIONS.maxBody.toLocaleString('en')} bytes`,
  414: `a Request-URI over ${DEFAULT_ENDPOINT_OPTIONS.maxTarget.toLocaleString('en')} bytes`,
  415: 'a media type that is no JSON or XML',
  501: 'a transfer coding other than chunked',
};

/** What a host refuses before there is a message. */
function http(): string {
  const endpoint = createTrackerEndpoint(createTracker({}, 0));
  const rows = Object.entries(HTTP_CAUSES).map(([status, cause]) => {
    const number = Number(status) as FailureStatus;
    const json = endpoint.failure(number, codecOf('rfc7846').mediaType);
    const { error } = HTTP_FAILURES[number];
    return [cause, statusLine(json), headers(json), error];
  });
  return table(['cause', 'status line', 'headers', 'error in the body'], rows);
}

export const FAILURE_REGIONS: Regions = { errors, refusals: answers, 'http refusals': http };
