/**
 * Free text over whole exchanges, bodies included, in pieces: a million bodies are more than a gigabyte, so whoever
 * searches shows how far it is and what it found so far.
 */
import { parseLine } from './line.ts';
import { holds, Needle } from './needle.ts';
import type { RecordedExchange, RecordedMessage } from './record.ts';
import type { ExchangeStore } from './store.ts';

export interface SearchProgress {
  /** How many of the rows were searched. */
  readonly searched: number;
  /** Rows found since the last piece, in the order of the rows given. */
  readonly found: Uint32Array;
}

/** Rows between two words of progress. */
const PIECE = 10_000;
const DECODER = new TextDecoder();

/** Text is found whatever the case of its ASCII letters. Rows whose lines were let go are not found. */
export async function* searchLines(
  store: ExchangeStore,
  rows: Uint32Array,
  text: string,
): AsyncGenerator<SearchProgress> {
  const needle = new Needle(plainPart(text));
  for (let from = 0; from < rows.length; from += PIECE) {
    const piece = rows.subarray(from, from + PIECE);
    const found: number[] = [];
    for await (const { row, line } of store.lines(piece)) {
      if (!needle.isIn(line)) continue;
      const read = parseLine(DECODER.decode(line), row);
      if (read.ok && isInExchange(read.exchange, text)) found.push(row);
    }
    yield { searched: from + piece.length, found: Uint32Array.from(found) };
  }
}

/**
 * The longest run of it that every writer of JSON leaves as it is: lines without it need not be parsed. Letters
 * beyond ASCII and slashes may be escaped in one way or another.
 */
function plainPart(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  const runs = escaped.match(/(?:[A-Za-z0-9 _.,:;=?!*()[\]{}#%@$^~|-]|\\")+/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function isInExchange(exchange: RecordedExchange, text: string): boolean {
  const { peerId, transactionId, swarms, url, remote, purpose, request, result } = exchange;
  const facts = [peerId, transactionId, url, remote, purpose, ...swarms];
  const said = result.kind === 'answered' ? [result.reason] : [result.failure, result.detail];
  return (
    [...facts, ...said].some((fact) => fact !== undefined && holds(fact, text)) ||
    isInMessage(request, text) ||
    (result.kind === 'answered' && isInMessage(result, text))
  );
}

const isInMessage = ({ contentType, headers, body }: RecordedMessage, text: string): boolean =>
  (contentType !== undefined && holds(contentType, text)) ||
  (headers?.some((pair) => pair.some((part) => holds(part, text))) ?? false) ||
  (typeof body === 'string' && holds(body, text));
