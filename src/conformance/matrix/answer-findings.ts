/** What recorded answers say about the tracker: departures from the text that a tolerant peer lets pass, and worse. */
import { mediaTypeKind } from '../../protocol/editions/index.ts';
import { ERRORS } from '../../protocol/errors.ts';
import { MAX_PEER_LIST } from '../../protocol/message.ts';
import type { EditionId, Request, Response } from '../../protocol/message.ts';
import type { Level } from '../case.ts';
import { headerOf } from '../tracker-bench.ts';
import type { CellFinding } from './cell.ts';
import { echoes } from './ledger.ts';
import type { Entry } from './ledger.ts';

/** Where each text has its responses, its peer lists, its errors and their statuses. */
const SECTIONS: Readonly<
  Record<EditionId, Readonly<Record<'response' | 'list' | 'error' | 'form', string>>>
> = {
  rfc7846: {
    response: 'RFC 7846 §4.2',
    list: 'RFC 7846 §3.2.2',
    error: 'RFC 7846 §4.3',
    form: 'RFC 7846 §4',
  },
  'extended-1.1': {
    response: 'extended-04 §5.1',
    list: 'base-01 §4.1',
    error: 'base-01 §4.3',
    form: 'extended-04 §4.4',
  },
  'base-1.0': {
    response: 'base-01 §4.1',
    list: 'base-01 §4.1',
    error: 'base-01 §4.3',
    form: 'base-01 §3.1',
  },
  'gu-04': {
    response: 'gu -06 §4.2',
    list: 'gu -06 §4.6',
    error: 'gu -06 §4.2, table 3',
    form: 'gu -06 §4.1',
  },
};

type Raw = Pick<CellFinding, 'level' | 'section' | 'what'>;

/** Equal ones as one, in the order of the trace. `entries`: all of the cell's. */
export function answerFindings(entries: readonly Entry[]): readonly CellFinding[] {
  const found = new Map<string, CellFinding>();
  for (const [place, entry] of entries.entries())
    for (const raw of findingsOf(entry, repeated(entry, entries.slice(0, place)))) {
      const key = `${raw.section} ${raw.what}`;
      const known = found.get(key);
      found.set(
        key,
        known === undefined
          ? { side: 'tracker', ...raw, times: 1, exchange: place + 1 }
          : { ...known, times: known.times + 1 },
      );
    }
  return [...found.values()];
}

/** What went out before with the same bytes, of the one that is a repetition. */
const repeated = ({ exchange }: Entry, before: readonly Entry[]): Entry | undefined =>
  exchange.by === 'repeat' ? before.findLast(({ exchange }) => exchange.by === 'peer') : undefined;

function findingsOf(entry: Entry, previous: Entry | undefined): readonly Raw[] {
  const { exchange, codec, request, answer } = entry;
  const sections = SECTIONS[codec.edition];
  const raw = (level: Level, section: string, what: string): Raw => ({ level, section, what });
  if (answer === undefined)
    return [
      raw('MUST', sections.response, `No answer came to ${exchange.step}: ${exchange.failure ?? 'nothing'}`),
    ];
  if (!answer.ok) {
    const { path, problem } = answer.error;
    return [
      raw(
        'MUST',
        answer.error.section ?? sections.response,
        `The answer to ${exchange.step} cannot be read: ${path === '' ? 'it' : path} ${problem}`,
      ),
    ];
  }
  const { message, findings } = answer;
  return [
    ...findings.map(({ path, expected, section }) =>
      raw('SHOULD', section, `${path === '' ? 'The answer' : path}: ${expected} expected`),
    ),
    ...(request.ok
      ? about(request.message, message).map(([level, place, what]) => raw(level, sections[place], what))
      : []),
    ...httpProblems(entry, message).map((what) => raw('SHOULD', sections.form, what)),
    ...(message.outcome === 'failure' && exchange.answer?.status !== ERRORS[message.error].status
      ? [
          raw(
            'SHOULD',
            sections.error,
            `HTTP ${exchange.answer?.status} goes with the error ${message.error}`,
          ),
        ]
      : []),
    ...repeatProblem(entry, previous).map((what) => raw('SHOULD', sections.error, what)),
  ];
}

type About = readonly [level: Level, section: 'response' | 'list', what: string];

function about(request: Request, message: Response): readonly About[] {
  const found: About[] = [];
  if (!echoes(request, message))
    found.push(['MUST', 'response', 'The response has another transaction ID than its request']);
  if (message.outcome === 'failure') return found;
  if (message.results.some(({ ok }) => !ok))
    found.push(['SHOULD', 'response', 'A successful response has a failed result in it']);
  const asked = 'peerNum' in request ? (request.peerNum?.count ?? MAX_PEER_LIST) : MAX_PEER_LIST;
  for (const { peers } of message.peerLists) {
    if (peers.length > MAX_PEER_LIST)
      found.push(['MUST', 'list', `A list has more than ${MAX_PEER_LIST} peers`]);
    else if (peers.length > asked)
      found.push(['SHOULD', 'list', 'A list has more peers than were asked for']);
    if (peers.some(({ peerId }) => peerId === request.peerId))
      found.push(['SHOULD', 'list', 'The asking peer itself is on its list']);
    if (new Set(peers.map(({ peerId }) => peerId)).size < peers.length)
      found.push(['SHOULD', 'list', 'A list has the same peer twice']);
    if (peers.some(({ addresses }) => addresses.length === 0))
      found.push(['SHOULD', 'list', 'A listed peer has no address to reach it at']);
  }
  return found;
}

/** The Content-Type of another form is among the reading's findings; this is of the right form, and still another's. */
function httpProblems({ exchange, codec }: Entry, { edition }: Response): readonly string[] {
  const type = headerOf(exchange.answer?.headers ?? [], 'content-type');
  const empty = exchange.answer?.body.length === 0;
  if (empty || edition !== codec.edition) return [];
  const plain = type?.split(';', 1)[0]?.trim().toLowerCase();
  const asked = headerOf(exchange.request.headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (plain === undefined || plain === asked || plain === codec.mediaType) return [];
  return mediaTypeKind(plain) === mediaTypeKind(codec.mediaType)
    ? ['The answer has another Content-Type than the request it answers']
    : [];
}

/** A repeated transaction is answered by the same bytes again (digest, "Repeated transaction"). */
function repeatProblem({ exchange }: Entry, previous: Entry | undefined): readonly string[] {
  if (previous === undefined) return [];
  const [one, other] = [previous.exchange.answer, exchange.answer];
  if (one === undefined || other === undefined) return [];
  const same =
    one.status === other.status &&
    one.body.length === other.body.length &&
    one.body.every((byte, i) => byte === other.body[i]);
  return same ? [] : [`The same ${exchange.step} once more, byte for byte, was not answered as before`];
}
