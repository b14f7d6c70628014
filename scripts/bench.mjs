/**
 * Our codecs beside the libraries they stand on, the tracker's lists of a small swarm beside those of a large one, and
 * the simulator beside the bare codec: `npm run bench [-- --json FILE --rounds N]`. Both sides take turns within every
 * round, so that whatever else the machine does weighs on both; the medians are printed. A rate is this machine's, a
 * ratio travels. Then the picture of the swarms, unless `--codecs`; `--page` measures that alone, with the arguments of
 * bench-page.mjs.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchSimulation } from './bench-simulation.mjs';
import { bundled } from './bundle.mjs';
import { median, printTable } from './tables.mjs';

/** @param {readonly string[]} args @returns {Promise<number>} The exit code. */
const benchPage = (args) =>
  new Promise((resolve) => {
    const script = fileURLToPath(new URL('bench-page.mjs', import.meta.url));
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
    child.once('exit', (code) => resolve(code ?? 1));
  });

if (process.argv.includes('--page'))
  process.exit(await benchPage(process.argv.slice(2).filter((argument) => argument !== '--page')));

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '25' },
    codecs: { type: 'boolean', default: false },
  },
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

/** @typedef {import('../src/testing/tracker-cases.ts').TrackerCase} TrackerCase */

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

/**
 * The rates of two pieces of work, taken in turns, each first every other time.
 * @param {readonly { one: () => unknown, other: () => unknown }[]} pairs
 */
function takeTurns(pairs) {
  const turns = pairs.map(({ one, other }) => ({
    sides: [one, other].map((work) => ({
      work,
      count: calibrate(work),
      rates: /** @type {number[]} */ ([]),
    })),
  }));
  for (let round = 0; round < rounds; round++)
    for (const { sides } of turns)
      for (const { work, count, rates } of round % 2 === 0 ? sides : sides.toReversed())
        rates.push(rate(work, count));
  return turns.map(({ sides }) => {
    const [one = [], other = []] = sides.map(({ rates }) => rates);
    return {
      one: Math.round(median(one)),
      other: Math.round(median(other)),
      ratio: Number(median(one.map((rate, round) => rate / (other[round] ?? Infinity))).toFixed(2)),
    };
  });
}

/** @param {string} target @param {boolean} isReached */
const verdict = (target, isReached) => `${target} ${isReached ? 'reached' : 'NOT reached'}`;

const { codec, tracker } = await bundled({
  codec: 'src/testing/codec-cases.ts',
  tracker: 'src/testing/tracker-cases.ts',
});
/** @type {{ codec: CodecCase[], tracker: TrackerCase[] }} */
const cases = { codec: codec.codecCases(), tracker: tracker.trackerCases() };
const codecRates = takeTurns(cases.codec.map(({ ours, theirs }) => ({ one: ours, other: theirs })));
const results = cases.codec.map(({ name, peer, bytes, target }, index) => ({
  name,
  peer,
  bytes,
  oursPerSecond: codecRates[index]?.one ?? 0,
  theirsPerSecond: codecRates[index]?.other ?? 0,
  ratio: codecRates[index]?.ratio ?? 0,
  ...(target === undefined ? {} : { target }),
}));
printTable(
  ['case', 'bytes', 'ours/s', 'beside', 'theirs/s', 'ratio', 'target'],
  results.map((result) => [
    result.name,
    String(result.bytes),
    result.oursPerSecond.toLocaleString('en'),
    result.peer,
    result.theirsPerSecond.toLocaleString('en'),
    result.ratio.toFixed(2),
    result.target === undefined ? '' : verdict(String(result.target), result.ratio >= result.target),
  ]),
  [1, 2, 4, 5],
);

const listRates = takeTurns(cases.tracker.map(({ small, large }) => ({ one: small, other: large })));
const lists = cases.tracker.map(({ name, sizes, most }, index) => ({
  name,
  sizes,
  perSecond: [listRates[index]?.one ?? 0, listRates[index]?.other ?? 0],
  ratio: listRates[index]?.ratio ?? 0,
  most,
}));
console.log('');
printTable(
  ['case', 'members', 'lists/s', 'members', 'lists/s', 'times the cost', 'target'],
  lists.map(({ name, sizes, perSecond, ratio, most }) => [
    name,
    ...sizes.flatMap((size, side) => [
      size.toLocaleString('en'),
      (perSecond[side] ?? 0).toLocaleString('en'),
    ]),
    ratio.toFixed(2),
    verdict(`at most ${most}`, ratio <= most),
  ]),
  [1, 2, 3, 4, 5],
);
console.log('');
const simulation = await benchSimulation(rounds, verdict);
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
console.log(
  `\nMedians of ${rounds} rounds in turns; Node ${machine.node}, ${machine.cores} x ${machine.cpu}`,
);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ rounds, ...machine, results, lists, simulation }, undefined, 2)}\n`,
  );
if (sink === undefined) process.exitCode = 1;
if (!values.codecs) process.exitCode ||= await benchPage([]);
