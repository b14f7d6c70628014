/**
 * The simulator on the virtual clock, for bench.mjs: what a message costs beside the bare codec, what it costs with
 * few and with many peers, and what an idle peer weighs. Every run has a process of its own, one at a time at work,
 * and they take turns. Costs are processor time, the collector's included; time on the wall is told too.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './build.mjs';
import { bundle, bundled } from './bundle.mjs';
import { median, printTable } from './tables.mjs';

/** @typedef {import('./bench-simulation-child.mjs').Turn} Turn */
/** @typedef {{ kind: 'busy' | 'codec' | 'idle', edition: 'rfc7846' | 'base-1.0', peers: number, slices: number }} Case */
/** @typedef {{ request: number, response: number, lists: number }} Mix */
/**
 * @typedef {{ edition: string, peers: number, mix: Mix, messagesPerSecond: number, codecPerSecond: number, ratio: number,
 *   wallRatio: number, least: number }} Speed
 * @typedef {{ peers: number, microsecondsPerMessage: number }} Cost
 * @typedef {{ edition: string, peers: number, bytesPerPeer: number, most: number }} Idle
 */

const EDITIONS = /** @type {const} */ (['rfc7846', 'base-1.0']);
const PEERS = 10_000;
const CURVE = /** @type {const} */ ([1_000, 10_000, 100_000]);
/** One that counts, after one that does not. */
const SLICES_A_TURN = 2;
const IDLE = 100_000;
const LEAST_RATIO = 0.6;
const MOST_GROWTH = 1.5;
const MOST_BYTES = 1024;

/** @param {string} folder @param {Case} of @param {number} youngGeneration Megabytes. */
function start(folder, of, youngGeneration) {
  const module = pathToFileURL(join(folder, 'simulation.mjs')).href;
  return fork(join(ROOT, 'scripts/bench-simulation-child.mjs'), [module, JSON.stringify(of)], {
    // Memory as the threads of `swarmscope run` have it.
    execArgv: ['--expose-gc', `--max-semi-space-size=${youngGeneration / 3}`],
  });
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<any>} Its next message. */
async function heard(child) {
  const gone = new AbortController();
  const ended = once(child, 'exit', { signal: gone.signal }).then(
    () => Promise.reject(new Error('a run of the bench has ended early')),
    () => undefined,
  );
  const [message] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
  gone.abort();
  return message;
}

/** @param {readonly Turn[]} turns @param {'cpu' | 'wall'} of @returns {number} Messages per second. */
const rate = (turns, of) => Math.round(median(turns.map((turn) => (1_000_000 * turn.messages) / turn[of])));

/**
 * Turn by turn, how many times what a message costs in `theirs` it costs in `ours`: a machine that is slower for a while
 * is so for both.
 * @param {readonly Turn[]} ours @param {readonly Turn[]} theirs @param {'cpu' | 'wall'} of
 */
const paired = (ours, theirs, of) =>
  ours.flatMap((turn, index) => {
    const other = theirs[index];
    return other === undefined ? [] : [turn[of] / turn.messages / (other[of] / other.messages)];
  });

/** @param {number} rounds @param {(target: string, isReached: boolean) => string} verdict */
export async function benchSimulation(rounds, verdict) {
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.bench-'));
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  try {
    await bundle({ simulation: 'src/testing/simulation-cases.ts' }, folder);
    const { threads } = await bundled({ threads: 'src/node/start-thread.ts' });
    const { YOUNG_GENERATION } = threads;
    const idle = [];
    for (const edition of EDITIONS) {
      const child = start(folder, { kind: 'idle', edition, peers: IDLE, slices: 0 }, YOUNG_GENERATION);
      children.push(child);
      const { bytes } = /** @type {{ bytes: number }} */ (await heard(child));
      idle.push({ edition, peers: IDLE, bytesPerPeer: Math.round(bytes / IDLE), most: MOST_BYTES });
    }

    /** @type {readonly Case[]} */
    const cases = [
      ...EDITIONS.map((edition) => ({
        kind: /** @type {const} */ ('codec'),
        edition,
        peers: PEERS,
        slices: SLICES_A_TURN * rounds,
      })),
      ...CURVE.filter((peers) => peers !== PEERS).map((peers) => ({
        kind: /** @type {const} */ ('busy'),
        edition: EDITIONS[0],
        peers,
        slices: SLICES_A_TURN * rounds,
      })),
    ];
    /** @type {(Case & { child: import('node:child_process').ChildProcess, mix: Mix | undefined, simulation: Turn[], codec: Turn[] })[]} */
    const runs = [];
    for (const of of cases) {
      const child = start(folder, of, YOUNG_GENERATION);
      children.push(child);
      const { mix } = /** @type {{ mix: Mix | undefined }} */ (await heard(child));
      runs.push({
        ...of,
        child,
        mix,
        simulation: [],
        codec: [],
      });
    }
    for (let round = 0; round < rounds; round++)
      for (const { child, simulation, codec } of round % 2 === 0 ? runs : runs.toReversed()) {
        child.send('turn');
        const turn = /** @type {{ simulation: Turn, codec: Turn | undefined }} */ (await heard(child));
        simulation.push(turn.simulation);
        if (turn.codec !== undefined) codec.push(turn.codec);
      }

    // Those that have a codec beside them told its mix.
    const speed = runs.flatMap(({ edition, peers, mix, simulation, codec }) => {
      if (mix === undefined) return [];
      /** @param {'cpu' | 'wall'} of */
      const ratio = (of) => Number(median(paired(codec, simulation, of)).toFixed(2));
      return {
        edition,
        peers,
        mix,
        messagesPerSecond: rate(simulation, 'cpu'),
        codecPerSecond: rate(codec, 'cpu'),
        ratio: ratio('cpu'),
        wallRatio: ratio('wall'),
        least: LEAST_RATIO,
      };
    });
    /** @param {number} peers */
    const of = (peers) =>
      runs.find((one) => one.peers === peers && one.edition === EDITIONS[0])?.simulation ?? [];
    const curve = CURVE.map((peers) => ({
      peers,
      microsecondsPerMessage: Number((1_000_000 / rate(of(peers), 'cpu')).toFixed(1)),
    }));
    const growth = Number(median(paired(of(CURVE[2]), of(CURVE[0]), 'cpu')).toFixed(2));
    report({ speed, curve, growth, idle }, verdict);
    return { speed, curve, growth, mostGrowth: MOST_GROWTH, idle };
  } finally {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ speed: readonly Speed[], curve: readonly Cost[], growth: number, idle: readonly Idle[] }} results
 * @param {(target: string, isReached: boolean) => string} verdict
 */
function report({ speed, curve, growth, idle }, verdict) {
  /** @param {number} value */
  const count = (value) => Math.round(value).toLocaleString('en');
  printTable(
    [
      'simulation',
      'peers',
      'mean bytes',
      'lists',
      'messages/s',
      'bare codec/s',
      'ratio',
      'on the wall',
      'target',
    ],
    speed.map((one) => [
      one.edition,
      count(one.peers),
      `${count(one.mix.request)} + ${count(one.mix.response)}`,
      `${Math.round(100 * one.mix.lists)}%`,
      count(one.messagesPerSecond),
      count(one.codecPerSecond),
      one.ratio.toFixed(2),
      one.wallRatio.toFixed(2),
      verdict(`at least ${one.least}`, one.ratio >= one.least),
    ]),
    [1, 2, 3, 4, 5, 6, 7],
  );
  console.log('');
  printTable(
    ['cost of a message', 'microseconds', 'target'],
    curve.map(({ peers, microsecondsPerMessage }, index) => [
      `${count(peers)} peers`,
      microsecondsPerMessage.toFixed(1),
      index < curve.length - 1
        ? ''
        : `${growth.toFixed(2)} times, ${verdict(`less than ${MOST_GROWTH}`, growth < MOST_GROWTH)}`,
    ]),
    [1],
  );
  console.log('');
  printTable(
    ['idle peer', 'peers', 'bytes', 'target'],
    idle.map((one) => [
      one.edition,
      count(one.peers),
      count(one.bytesPerPeer),
      verdict(`at most ${one.most}`, one.bytesPerPeer <= one.most),
    ]),
    [1, 2],
  );
}
