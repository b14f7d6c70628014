/** "What your log lacks": what a recording cannot show, and what to do so that the next one can. */
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { codeOf, LEAVES, REQUEST_BODY, REQUEST_HEADERS, RESPONSE_BODY, RESPONSE_HEADERS } from './columns.ts';
import type { Columns } from './columns.ts';
import type { ImportReport } from './problem.ts';
import { VERDICTS } from './record.ts';
import type { ExchangeStore } from './store.ts';

export interface Hint {
  readonly id:
    | 'nothing'
    | 'over-tls'
    | 'cut-packets'
    | 'no-request-bodies'
    | 'no-response-bodies'
    | 'no-timings'
    | 'no-headers'
    | 'no-answers'
    | 'unknown-answers'
    | 'no-joins'
    | 'no-leaves'
    | 'no-reports'
    | 'one-edition'
    | 'no-peers'
    | 'clock-jumps'
    | 'two-clocks';
  /** What is missing, and how much of it. */
  readonly lacks: string;
  readonly todo: string;
}

/** What is counted over all rows. */
interface Counts {
  rows: number;
  answered: number;
  requestBodies: number;
  responseBodies: number;
  timed: number;
  headers: number;
  unanswered: number;
  unknown: number;
  absolute: number;
  withPeer: number;
  leaving: number;
  jumps: number;
  readonly methods: readonly number[];
  readonly editions: readonly number[];
}

/** Milliseconds: later rows that are so much earlier tell of a clock that was set, not of exchanges that overlap. */
const JUMP = 60_000;

function count({ length, columns }: ExchangeStore): Counts {
  const methods = new Array<number>(METHODS.length + 1).fill(0);
  const editions = new Array<number>(EDITIONS.length + 1).fill(0);
  const counts: Counts = {
    rows: length,
    answered: 0,
    requestBodies: 0,
    responseBodies: 0,
    timed: 0,
    headers: 0,
    unanswered: 0,
    unknown: 0,
    absolute: 0,
    withPeer: 0,
    leaving: 0,
    jumps: 0,
    methods,
    editions,
  };
  const latest = [-Infinity, -Infinity];
  const unknown = VERDICTS.indexOf('unknown');
  for (let row = 0; row < length; row++) {
    const parts = columns.parts[row] ?? 0;
    const answered = columns.status[row] !== 0;
    const hasBody = (parts & RESPONSE_BODY) !== 0 || columns.responseBytes[row] === 0;
    if (answered) counts.answered++;
    else counts.unanswered++;
    if (parts & REQUEST_BODY) counts.requestBodies++;
    if (answered && hasBody) counts.responseBodies++;
    if (!Number.isNaN(columns.took[row] ?? NaN)) counts.timed++;
    if (parts & REQUEST_HEADERS && (!answered || parts & RESPONSE_HEADERS)) counts.headers++;
    if (columns.verdict[row] === unknown) counts.unknown++;
    if (columns.peer[row] !== 0) counts.withPeer++;
    if (parts & LEAVES) counts.leaving++;
    tally(methods, columns.method[row]);
    tally(editions, columns.edition[row]);
    counts.jumps += jumped(latest, columns, row);
    counts.absolute += columns.absolute[row] ?? 0;
  }
  return counts;
}

function tally(counts: number[], code = 0): void {
  counts[code] = (counts[code] ?? 0) + 1;
}

/** 1 when the row lies far before the latest one of its clock. */
function jumped(latest: number[], { time, absolute }: Columns, row: number): 0 | 1 {
  const clock = absolute[row] ?? 0;
  const before = latest[clock] ?? -Infinity;
  const now = time[row] ?? 0;
  // From there on it counts anew: a clock that was set once is one jump, not one per row.
  const isJump = now < before - JUMP;
  latest[clock] = isJump ? now : Math.max(before, now);
  return isJump ? 1 : 0;
}

const of = (part: number, whole: number): string => `${part} of ${whole}`;

/** `report`: of the file, where the exchanges came from one. */
export function hintsFor(store: ExchangeStore, report?: ImportReport): readonly Hint[] {
  const counts = count(store);
  const skipped = (what: string): number => report?.skipped.find((one) => one.what === what)?.count ?? 0;
  const hints: Hint[] = [];
  const add = (id: Hint['id'], holds: boolean, lacks: string, todo: string): void => {
    if (holds) hints.push({ id, lacks, todo });
  };
  const tls = skipped('connections over TLS');
  add(
    'over-tls',
    tls > 0,
    `${tls} connections are encrypted, so that nothing in them can be read.`,
    'Record with swarmscope proxy between peers and tracker, or export a HAR from the browser: both see the plain messages.',
  );
  add(
    'cut-packets',
    report?.problems.some(({ unit, problem }) => unit === 'packet' && problem.includes('missing')) ?? false,
    'Packets are missing, or were captured in part.',
    'Capture whole packets (tcpdump -s 0) with a larger buffer (-B 4096), and only the tracker’s port.',
  );
  const { rows } = counts;
  if (rows === 0) {
    add(
      'nothing',
      true,
      'There is no PPSP-TP exchange in it.',
      'Check that the recording covers the tracker’s address and port, and that peers were talking to it meanwhile.',
    );
    return hints;
  }
  for (const hint of [...contentHints(counts), ...protocolHints(counts)]) hints.push(hint);
  return hints;
}

function contentHints(counts: Counts): Hint[] {
  const { rows, answered } = counts;
  const possible: (Hint | false)[] = [
    counts.requestBodies < rows && {
      id: 'no-request-bodies',
      lacks: `The bodies of ${of(rows - counts.requestBodies, rows)} requests are not in it.`,
      todo: 'Without them neither peer nor method is known: record with swarmscope proxy, or export the HAR with content.',
    },
    counts.responseBodies < answered && {
      id: 'no-response-bodies',
      lacks: `The bodies of ${of(answered - counts.responseBodies, answered)} answers are not in it.`,
      todo: 'Export the HAR with content while the page is still open, or record with swarmscope proxy.',
    },
    counts.timed < answered && {
      id: 'no-timings',
      lacks: `How long ${of(answered - counts.timed, answered)} answers took is not in it.`,
      todo: 'Filters by latency leave those out. Record where both directions are seen.',
    },
    counts.headers < rows && {
      id: 'no-headers',
      lacks: `The headers of ${of(rows - counts.headers, rows)} exchanges are not in it.`,
      todo: 'Media types and Retry-After cannot be judged there. A capture, a HAR or swarmscope proxy keeps them.',
    },
    counts.unanswered > 0 && {
      id: 'no-answers',
      lacks: `${of(counts.unanswered, rows)} requests have no answer.`,
      todo: 'Look whether the tracker was down or too slow then, or whether the recording ended before the answers came.',
    },
    counts.unknown > 0 && {
      id: 'unknown-answers',
      lacks: `What ${of(counts.unknown, rows)} answers say cannot be told.`,
      todo: 'Their bodies are compressed or missing, or their requests cannot be read: ask for Accept-Encoding: identity when you record.',
    },
    counts.jumps > 0 && {
      id: 'clock-jumps',
      lacks: `The clock goes back by more than a minute ${counts.jumps} times.`,
      todo: 'Times before and after do not compare: the clock was set, or files were put one behind the other.',
    },
    counts.absolute > 0 &&
      counts.absolute < rows && {
        id: 'two-clocks',
        lacks: `${of(counts.absolute, rows)} exchanges have the time of day, the others that of a run.`,
        todo: 'Look at them apart from each other, by the filter on who sent them.',
      },
  ];
  return possible.filter((hint) => hint !== false);
}

function protocolHints(counts: Counts): Hint[] {
  const { methods, editions } = counts;
  const seen = (...wanted: (typeof METHODS)[number][]): number =>
    wanted.reduce((sum, method) => sum + (methods[codeOf(METHODS, method)] ?? 0), 0);
  const spoken = EDITIONS.filter((edition) => (editions[codeOf(EDITIONS, edition)] ?? 0) > 0);
  const possible: (Hint | false)[] = [
    counts.withPeer === 0 && {
      id: 'no-peers',
      lacks: 'No request tells its peer ID.',
      todo: 'Nothing can be followed by peer. Check the first request in the inspector: it names what is wrong.',
    },
    seen('CONNECT', 'JOIN', 'JOIN_CHUNK') === 0 && {
      id: 'no-joins',
      lacks: 'No peer registers in it.',
      todo: 'Begin the recording before the peers start, so that their first CONNECT is in it.',
    },
    counts.leaving === 0 && {
      id: 'no-leaves',
      lacks: 'No peer ever LEAVEs in it.',
      todo: 'Stop a peer while recording. If it then still sends no LEAVE, the tracker hands it out until its track timer runs out.',
    },
    seen('STAT_REPORT', 'KEEPALIVE') === 0 && {
      id: 'no-reports',
      lacks: 'No peer reports in it.',
      todo: 'Record for longer than the report interval (30 s by default), or check that peers do report: the tracker forgets those that do not.',
    },
    spoken.length === 1 && {
      id: 'one-edition',
      lacks: `Only ${spoken[0] ?? ''} is spoken in it.`,
      todo: 'To compare editions, record peers of another one too.',
    },
  ];
  return possible.filter((hint) => hint !== false);
}
