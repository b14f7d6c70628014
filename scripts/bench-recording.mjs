/**
 * A recording of a million exchanges: how long it takes to load, to filter, to sort and to search, and how much memory
 * it holds. `node --expose-gc scripts/bench-recording.mjs [--exchanges N --json FILE]`; the file is made first, under the system's temporary folder.
 */
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundle.mjs';

const { values } = parseArgs({
  options: { exchanges: { type: 'string', default: '1000000' }, json: { type: 'string' } },
});
const count = Number(values.exchanges);
if (!(Number.isInteger(count) && count >= 1000 && count <= 4_000_000)) {
  console.error('bench-recording: --exchanges takes 1000 to 4000000');
  process.exit(2);
}
/** Issue 6: seconds for loading a million, milliseconds for filtering them. */
const LOAD_LIMIT = 20;
const FILTER_LIMIT = 300;
const ROUNDS = 5;

/** @type {{ cases: typeof import('../src/testing/recording-cases.ts') }} */
const { cases } = await bundled({ cases: 'src/testing/recording-cases.ts' });

const folder = mkdtempSync(join(tmpdir(), 'swarmscope-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'recording.ndjson');
const out = createWriteStream(path);
for (const piece of cases.trafficFile(count)) if (!out.write(piece)) await once(out, 'drain');
out.end();
await once(out, 'finish');
const bytes = statSync(path).size;

const descriptor = openSync(path, 'r');
const source = {
  /** @param {number} offset @param {number} length */
  read(offset, length) {
    const buffer = new Uint8Array(length);
    readSync(descriptor, buffer, 0, length, offset);
    return buffer;
  },
};

const memory = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const before = memory();
const began = performance.now();
const { store, report } = await cases.loadRecording(
  path,
  source,
  createReadStream(path, { highWaterMark: 1024 * 1024 }),
);
const loadSeconds = (performance.now() - began) / 1000;
const held = memory() - before;
if (store.length !== count || report.problems.length > 0) throw new Error('not all of it was loaded');

/** The median of a few. @param {() => unknown} work */
function timed(work) {
  const times = Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return Number((times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0).toFixed(1));
}

const mib = (/** @type {number} */ size) => Number((size / 1024 ** 2).toFixed(0));
const filters = cases.FILTERS.map(({ name, filter }) => ({
  name,
  rows: cases.select(store, filter).length,
  milliseconds: timed(() => cases.select(store, filter)),
}));
const sorts = cases.SORTS.map((column) => ({ column, milliseconds: timed(() => cases.sort(store, column)) }));
const searchBegan = performance.now();
const hits = await cases.search(store, 'transaction_id":"12345');
const searchSeconds = (performance.now() - searchBegan) / 1000;

const slowest = Math.max(...filters.map(({ milliseconds }) => milliseconds));
const verdict = (/** @type {boolean} */ isReached) => (isReached ? 'reached' : 'NOT reached');
console.log(
  `${count.toLocaleString('en')} exchanges, ${mib(bytes)} MiB: loaded in ${loadSeconds.toFixed(1)} s (at most ${LOAD_LIMIT}: ${verdict(loadSeconds < LOAD_LIMIT)}), ${mib(held)} MiB held`,
);
for (const { name, rows, milliseconds } of filters)
  console.log(
    `  ${name.padEnd(34)} ${rows.toLocaleString('en').padStart(9)} rows ${String(milliseconds).padStart(7)} ms`,
  );
console.log(`slowest filter ${slowest} ms (at most ${FILTER_LIMIT}: ${verdict(slowest < FILTER_LIMIT)})`);
for (const { column, milliseconds } of sorts)
  console.log(`  sorted by ${column.padEnd(24)} ${String(milliseconds).padStart(22)} ms`);
console.log(`free text over all bodies: ${hits} rows in ${searchSeconds.toFixed(1)} s`);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ node: process.version, cores: cpus().length, count, bytes, loadSeconds, held, filters, sorts, searchSeconds }, undefined, 2)}\n`,
  );
if (loadSeconds >= LOAD_LIMIT || slowest >= FILTER_LIMIT) process.exitCode = 1;
