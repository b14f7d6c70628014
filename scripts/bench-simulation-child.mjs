/**
 * One run of the simulator in a process of its own, for bench-simulation.mjs: each message has it go two slices
 * further, and it answers what the second took, beside the bare codec where it was asked to; or it answers once what
 * many idle peers weigh.
 */
import { createHash } from 'node:crypto';
import { argv, cpuUsage, memoryUsage } from 'node:process';

/** @typedef {typeof import('../src/testing/simulation-cases.ts')} Cases */
/** @typedef {{ messages: number, cpu: number, wall: number }} Turn Microseconds. */

const [, , module = '', json = '{}'] = argv;
/** @type {{ kind: 'busy' | 'codec' | 'idle', edition: 'rfc7846' | 'base-1.0', peers: number, slices: number }} */
const of = JSON.parse(json);

/** @returns {number} Bytes that are held. */
function heap() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}

/** @param {() => number | Promise<number>} work Returns how many messages. @returns {Promise<Turn>} */
async function timed(work) {
  const [before, start] = [cpuUsage(), performance.now()];
  const messages = await work();
  const { user, system } = cpuUsage(before);
  return { messages, cpu: user + system, wall: 1000 * (performance.now() - start) };
}

/** @param {unknown} message */
const tell = (message) => process.send?.(message);

/** @type {Cases} */
const cases = await import(module);
if (of.kind === 'idle') {
  // What is loaded and compiled for the first peers is none of the others'.
  const few = await cases.idleRun(of.edition, 500);
  const before = heap();
  const many = await cases.idleRun(of.edition, of.peers);
  tell({ bytes: heap() - before, held: [few, many].length });
  process.disconnect();
} else {
  const codec = of.kind === 'codec' ? await cases.BareCodec.of(of) : undefined;
  const hash = createHash('sha256');
  const run = await cases.BusyRun.warm(of, {
    update: (bytes) => hash.update(bytes),
    hex: () => hash.digest('hex'),
  });
  let turns = 0;
  process.on('message', () => {
    void turn();
  });
  tell({ mix: codec?.mix() });

  /**
   * Each side first every other time. What the codec is given lives longer than any message of a run does, and others
   * were at work since the last turn: so that neither side carries that about, it is old before a slice of the run that
   * does not count.
   */
  async function turn() {
    const bare = codec?.next();
    if (bare !== undefined) for (let times = 0; times < 2; times++) globalThis.gc?.({ type: 'minor' });
    await run.next();
    const first = turns++ % 2 === 0;
    const ahead = bare !== undefined && first ? await timed(bare) : undefined;
    const simulation = await timed(() => run.next());
    const after = bare !== undefined && !first ? await timed(bare) : undefined;
    tell({ simulation, codec: ahead ?? after, done: codec?.done });
  }
}
