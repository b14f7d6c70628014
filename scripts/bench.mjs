/**
 * Our codecs beside the libraries they stand on: `npm run bench [-- --json FILE --rounds N]`. Both sides take
 * turns within every round, so that whatever else the machine does weighs on both; the medians are printed.
 * A rate is this machine's, a ratio travels.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ROOT } from './build.mjs';

const { values } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '25' } },
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds >= 3 && rounds <= 1000)) {
  console.error('bench: --rounds takes 3 to 1000');
  process.exit(2);
}
/** Milliseconds of one turn. */
const TURN = 20;
const WARM_UP = 300;

/** @typedef {import('../src/testing/codec-cases.ts').CodecCase} CodecCase */

/** Bundled as the command line is, so that what is measured is what runs. @returns {Promise<CodecCase[]>} */
async function loadCases() {
  // Beneath the project, for the bundle imports its dependencies.
  const outDir = mkdtempSync(join(ROOT, 'node_modules', '.bench-'));
  try {
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      build: {
        ssr: 'src/testing/codec-cases.ts',
        outDir,
        copyPublicDir: false,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { entryFileNames: 'cases.mjs' } },
      },
    });
    const { codecCases } = await import(pathToFileURL(join(outDir, 'cases.mjs')).href);
    return codecCases();
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Kept, so that no work can be found to be without effect. @type {unknown} */
let sink;

/** Operations per second over `count` of them. @param {() => unknown} work @param {number} count */
function rate(work, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) sink = work();
  return (count * 1000) / (performance.now() - start);
}

/** Warmed up, and how many fill a turn. @param {() => unknown} work */
function calibrate(work) {
  const until = performance.now() + WARM_UP;
  let last = 0;
  while (performance.now() < until) last = rate(work, 50);
  return Math.max(1, Math.round((last * TURN) / 1000));
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = sorted.slice(middle - 1, middle + 1);
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

const cases = await loadCases();
const turns = cases.map((one) => ({
  one,
  counts: { ours: calibrate(one.ours), theirs: calibrate(one.theirs) },
  ours: /** @type {number[]} */ ([]),
  theirs: /** @type {number[]} */ ([]),
}));
for (let round = 0; round < rounds; round++)
  for (const { one, counts, ours, theirs } of turns) {
    // Each goes first every other time.
    if (round % 2 === 0) ours.push(rate(one.ours, counts.ours));
    theirs.push(rate(one.theirs, counts.theirs));
    if (round % 2 === 1) ours.push(rate(one.ours, counts.ours));
  }

const results = turns.map(({ one: { name, peer, bytes, target }, ours, theirs }) => ({
  name,
  peer,
  bytes,
  oursPerSecond: Math.round(median(ours)),
  theirsPerSecond: Math.round(median(theirs)),
  ratio: Number(median(ours.map((rate, round) => rate / (theirs[round] ?? Infinity))).toFixed(2)),
  ...(target === undefined ? {} : { target }),
}));

const HEADINGS = ['case', 'bytes', 'ours/s', 'beside', 'theirs/s', 'ratio', 'target'];
const rows = results.map((result) => [
  result.name,
  String(result.bytes),
  result.oursPerSecond.toLocaleString('en'),
  result.peer,
  result.theirsPerSecond.toLocaleString('en'),
  result.ratio.toFixed(2),
  result.target === undefined
    ? ''
    : `${result.target} ${result.ratio >= result.target ? 'reached' : 'NOT reached'}`,
]);
const widths = HEADINGS.map((heading, column) =>
  Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
);
const numeric = new Set([1, 2, 4, 5]);
for (const row of [HEADINGS, widths.map((width) => '-'.repeat(width)), ...rows])
  console.log(
    row
      .map((cell, column) =>
        numeric.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
console.log(
  `\nMedians of ${rounds} rounds in turns; Node ${machine.node}, ${machine.cores} x ${machine.cpu}`,
);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ rounds, ...machine, results }, undefined, 2)}\n`);
if (sink === undefined) process.exitCode = 1;
