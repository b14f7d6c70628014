/**
 * Hostile messages by the million: `npm run fuzz [-- --cases N --seed N --codec ID --only K --no-scaling]`, and
 * whether twice the bytes take twice the time. Ctrl-C ends it and tells what was done; the exit code is 1 when
 * anything failed.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bundled } from './bundle.mjs';
import { printTable } from './tables.mjs';

/** Listed of those that fail, of one codec. */
const SHOWN = 5;
/** Milliseconds between two lines of progress. */
const PROGRESS = { terminal: 500, lines: 15_000 };
/** Bytes of the bodies compared; each with the next. */
const SIZES = [64, 128, 256, 512, 1024].map((kib) => kib * 1024);
const ROUNDS = 3;
/** Linear is 2; what is squared comes to 4. */
const MOST = 3;
/** Milliseconds that the smallest counts for at least. */
const FAINT = 0.25;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    codec: { type: 'string' },
    only: { type: 'string' },
    'no-scaling': { type: 'boolean', default: false },
  },
});

/** @param {string} name @param {string} text */
function count(name, text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    console.error(`fuzz: --${name} takes a whole number`);
    process.exit(2);
  }
  return number;
}
const cases = count('cases', values.cases);
const seed = count('seed', values.seed);
const only = values.only === undefined ? undefined : count('only', values.only);

const {
  fuzz: { describeFailure, Fuzzer, TARGETS },
  scaling: { scalingCases },
} = await bundled({ fuzz: 'src/testing/fuzz/fuzz.ts', scaling: 'src/testing/fuzz/scaling.ts' });

/** @type {readonly string[]} */
const targets = TARGETS;
const wanted = values.codec === undefined ? targets : targets.filter((target) => target === values.codec);
if (wanted.length === 0 || (only !== undefined && wanted.length !== 1)) {
  console.error(`fuzz: --codec takes ${targets.join(', ')}${only === undefined ? '' : '; --only needs it'}`);
  process.exit(2);
}

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
  console.error('\nfuzz: stopping; Ctrl-C again ends it at once');
  process.once('SIGINT', () => process.exit(130));
});

const isTerminal = process.stderr.isTTY;
let told = 0;
/** @param {string} what @param {number} done @param {number} all @param {number} failed @param {number} start */
function progress(what, done, all, failed, start) {
  const now = performance.now();
  if (now - told < (isTerminal ? PROGRESS.terminal : PROGRESS.lines)) return;
  told = now;
  const left = ((now - start) * (all - done)) / Math.max(1, done) / 1000;
  const line = `${what}: ${done.toLocaleString('en')} of ${all.toLocaleString('en')}, ${failed} failed, ${Math.ceil(left)} s left`;
  process.stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
}

/** @param {string} target */
async function attackCodec(target) {
  const fuzzer = new Fuzzer(target, seed);
  const start = performance.now();
  let failed = 0;
  let done = 0;
  for (let index = 0; index < cases && !stop.signal.aborted; index++, done++) {
    const failure = fuzzer.run(index);
    if (failure !== undefined && ++failed <= SHOWN)
      console.log(`\n${describeFailure(fuzzer.minimised(failure))}`);
    if (index % 256 !== 0) continue;
    progress(target, done, cases, failed, start);
    await breathe();
  }
  if (isTerminal) process.stderr.write('\r\u001b[K');
  const seconds = (performance.now() - start) / 1000;
  return { target, done, failed, seconds };
}

/** Several runs of each size, taken in turns. @param {any} scalingCase */
function grow({ body, work }) {
  /** @type {Uint8Array[]} */
  const bodies = SIZES.map(body);
  const times = bodies.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, bytes] of bodies.entries()) {
      const start = performance.now();
      work(bytes);
      times[index]?.push(performance.now() - start);
    }
  // The least, for what else the machine does only adds; over all doublings, for the same reason.
  const least = times.map((taken) => Math.min(...taken));
  const [first = 0, last = 0] = [least[0], least.at(-1)];
  return { slowest: last, worst: (last / Math.max(first, FAINT)) ** (1 / (SIZES.length - 1)) };
}

async function scale() {
  /** @type {import('../src/testing/fuzz/scaling.ts').ScalingCase[]} */
  const cases = scalingCases();
  const all = cases.filter(({ target }) => wanted.includes(target));
  const start = performance.now();
  const rows = [];
  for (const scalingCase of all) {
    if (stop.signal.aborted) break;
    rows.push({ ...scalingCase, ...grow(scalingCase) });
    progress('twice the bytes', rows.length, all.length, 0, start);
    await breathe();
  }
  if (isTerminal) process.stderr.write('\r\u001b[K');
  return rows;
}

if (only !== undefined) {
  const fuzzer = new Fuzzer(wanted[0] ?? '', seed);
  const failure = fuzzer.run(only);
  console.log(failure === undefined ? 'holds' : describeFailure(fuzzer.minimised(failure)));
  process.exit(failure === undefined ? 0 : 1);
}

const outcomes = [];
for (const target of cases > 0 ? wanted : [])
  if (!stop.signal.aborted) outcomes.push(await attackCodec(target));
console.log(`Seed ${seed}${stop.signal.aborted ? ', stopped before its end' : ''}`);
printTable(
  ['codec', 'cases', 'failed', 'seconds', 'cases/s'],
  outcomes.map(({ target, done, failed, seconds }) => [
    target,
    done.toLocaleString('en'),
    String(failed),
    seconds.toFixed(0),
    Math.round(done / seconds).toLocaleString('en'),
  ]),
  [1, 2, 3, 4],
);

const rows = values['no-scaling'] || stop.signal.aborted ? [] : await scale();
const steep = rows.filter(({ worst }) => worst > MOST);
if (rows.length > 0) {
  console.log(`\n${SIZES.map((size) => `${size / 1024}`).join(', ')} KiB: the slowest and the steepest`);
  const shown = new Set([...steep, ...rows.toSorted((a, b) => b.slowest - a.slowest).slice(0, 15)]);
  printTable(
    ['codec', 'body', 'reader', 'ms for the longest', 'times per doubling', 'target'],
    [...shown].map(({ target, pattern, reader, slowest, worst }) => [
      target,
      pattern,
      reader,
      slowest.toFixed(0),
      worst.toFixed(2),
      `at most ${MOST} ${worst > MOST ? 'NOT reached' : 'reached'}`,
    ]),
    [3, 4],
  );
  console.log(`${rows.length - steep.length} of ${rows.length} no more than linear`);
}
process.exitCode = stop.signal.aborted
  ? 130
  : outcomes.some(({ failed }) => failed > 0) || steep.length > 0
    ? 1
    : 0;
