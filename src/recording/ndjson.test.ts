import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../protocol/text.ts';
import { arbitraryExchange, recordedTraffic } from '../testing/recorded.ts';
import { formatLine, parseLine } from './line.ts';
import { NDJSON_HEADER, NdjsonReader } from './ndjson.ts';
import type { LinePlace } from './ndjson.ts';
import type { ImportReport } from './problem.ts';
import type { RecordedExchange } from './record.ts';

function load(text: string, pieces: readonly number[] = []) {
  const bytes = encodeText(text);
  const exchanges: RecordedExchange[] = [];
  const places: LinePlace[] = [];
  const reader = new NdjsonReader((exchange, place) => {
    exchanges.push(exchange);
    places.push(place);
  });
  let from = 0;
  for (const piece of pieces) {
    // Memory that is used again: what the reader keeps must be its own.
    const chunk = Buffer.from(bytes.slice(from, from + piece));
    reader.push(chunk);
    chunk.fill(0x20);
    from += piece;
  }
  reader.push(bytes.slice(from));
  return { exchanges, places, bytes, report: reader.end() };
}

const said = ({ problems }: ImportReport): string[] =>
  problems.map(({ unit, number, problem }) => `${unit} ${number} ${problem}`);

const line = (index: number): string => formatLine(recordedTraffic(index));

test('what is written is read, exactly', () => {
  fc.assert(
    fc.property(arbitraryExchange, (exchange) => {
      expect(parseLine(formatLine(exchange), 1)).toEqual({ ok: true, exchange });
    }),
  );
});

test('a file in pieces of any size, each line where it says', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryExchange, { maxLength: 5 }),
      fc.array(fc.nat(200), { maxLength: 20 }),
      (all, pieces) => {
        const text = [NDJSON_HEADER, ...all.map(formatLine)].join('\n');
        const { exchanges, places, bytes, report } = load(text, pieces);
        expect(exchanges).toEqual(all);
        expect(report).toMatchObject({ exchanges: all.length, problems: [] });
        const lines = places.map(({ offset, length }) =>
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(offset, offset + length)),
        );
        expect(lines).toEqual(all.map(formatLine));
      },
    ),
  );
});

test('a line that cannot be read is named, and the rest loads', () => {
  const cut = line(2).slice(0, 300);
  const { exchanges, report } = load([NDJSON_HEADER, line(1), cut, '', '[]', line(3)].join('\n'));
  expect(exchanges.map(({ id }) => id)).toEqual([1, 3]);
  expect(said(report)).toEqual(['line 3 is no JSON: it is cut off or damaged', 'line 5 is no JSON object']);
});

const changed = (change: object): string => JSON.stringify({ ...JSON.parse(line(1)), ...change });

test.each([
  [{ time: 'yesterday' }, '"time" is not a number of milliseconds or an ISO 8601 time'],
  [{ time: undefined }, '"time" is not a number of milliseconds or an ISO 8601 time'],
  [{ request: 5 }, '"request" is not an object'],
  [{ response: undefined }, '"response" is not there, nor "failure"'],
  [{ response: { status: 'OK' } }, '"status" is not an HTTP status'],
  [{ peerId: 7 }, '"peerId" is not a string'],
  [{ took: -1 }, '"took" is not a number from 0'],
  [{ swarms: 'film' }, '"swarms" is not a list of strings'],
  [{ findings: [1] }, '"findings" is not two counts'],
  [{ request: { base64: '?' } }, '"base64" is not Base64'],
  [{ request: { headers: [['a']] } }, '"headers" is not a list of names with their values'],
])('%j: the member is named', (change, problem) => {
  expect(said(load(`${NDJSON_HEADER}\n${changed(change)}`).report)).toEqual([`line 2 ${problem}`]);
});

test('members that may be left out, and unknown ones', () => {
  const { exchanges } = load(
    `${NDJSON_HEADER}\n{"time":5,"request":{"body":"ü","later":1},"failure":{},"later":[]}`,
  );
  expect(exchanges).toEqual([
    {
      id: 2,
      time: 5,
      clock: 'run',
      from: 'foreign',
      swarms: [],
      url: '',
      attempt: 1,
      verdict: 'unknown',
      findings: { request: 0, response: 0 },
      request: { body: 'ü', bytes: 2 },
      result: { kind: 'failed', failure: 'no-answer', detail: '' },
    },
  ]);
});

test('versions and kinds that are not known are explained, and nothing is guessed', () => {
  const later = load(`{"swarmscope":"exchanges","version":2}\n${line(1)}`);
  expect(later.exchanges).toEqual([]);
  expect(said(later.report).join()).toContain('a version of the format that is not known here (1 is)');
  const events = load(`{"swarmscope":"events","version":1}\n${line(1)}`);
  expect(said(events.report).join()).toContain('another kind of swarmscope file');
});

test('without its header a file still loads', () => {
  const { exchanges, report } = load(`${line(1)}\n${line(2)}\n`);
  expect(exchanges).toHaveLength(2);
  expect(said(report)).toEqual(['line 1 is no header; the file is read as version 1']);
  expect(said(load('').report)).toEqual(['line 1 is not there: the file is empty']);
});

test('a line without end is not held in memory', () => {
  const reader = new NdjsonReader(() => {});
  const chunk = new Uint8Array(1024 * 1024).fill(0x61);
  reader.push(encodeText(`${NDJSON_HEADER}\n`));
  for (let i = 0; i < 20; i++) reader.push(chunk);
  reader.push(encodeText(`\n${line(1)}`));
  const report = reader.end();
  expect(report.exchanges).toBe(1);
  expect(said(report)).toEqual(['line 2 is longer than 16777216 bytes']);
});
