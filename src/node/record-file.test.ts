import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NdjsonReader } from '../recording/ndjson.ts';
import type { RecordedExchange } from '../recording/record.ts';
import { RecordFile } from './record-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swarmscope-record-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const exchange = (id: number): RecordedExchange => ({
  id,
  time: 1_700_000_000_000,
  clock: 'absolute',
  from: 'foreign',
  swarms: [],
  url: 'http://127.0.0.1/',
  attempt: 1,
  verdict: 'failed',
  findings: { request: 0, response: 0 },
  request: { bytes: 1000, body: 'x'.repeat(1000) },
  result: { kind: 'failed', failure: 'unreachable', detail: 'gone' },
});

it('holds what the disk has not taken yet within bounds, and counts what it lets go', async () => {
  const path = join(folder, 'record.ndjson');
  const record = await RecordFile.create(path, 5000);
  // In one turn nothing gets to the disk.
  for (let id = 1; id <= 100; id++) record.write(exchange(id));
  const { written, lost, problem } = await record.close();
  expect([written + lost, problem]).toEqual([100, undefined]);
  expect(written).toBeGreaterThan(1);
  expect(written).toBeLessThan(10);
  const ids: number[] = [];
  const reader = new NdjsonReader(({ id }) => ids.push(id));
  reader.push(readFileSync(path));
  expect(reader.end().problems).toEqual([]);
  expect(ids).toEqual(Array.from({ length: written }, (_, at) => at + 1));
});
