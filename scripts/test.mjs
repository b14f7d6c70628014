/**
 * Runs everything that must hold, in order, and ends with one line: `N passed, M failed, K skipped`.
 * `npm test` runs it all; `npm test -- --static`, `--unit` and `--e2e` choose, and what follows
 * `--unit` or `--e2e` goes to Vitest or Playwright as it is.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './build.mjs';
import { findChromium } from './chromium.mjs';

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number, note: string }} Outcome */
/** @typedef {{ passed: number, failed: number, skipped: number, note?: string }} Counts */

const PARTS = ['--static', '--unit', '--e2e'];
const KILL_AFTER = 5_000;

const asked = process.argv.slice(2);
const parts = asked.filter((argument) => PARTS.includes(argument));
const rest = asked.filter((argument) => !PARTS.includes(argument));
if (rest.length > 0 && (parts.length !== 1 || parts[0] === '--static')) {
  console.error(
    `swarmscope: ${rest.join(' ')}: say whose argument this is: --unit ${rest[0]} or --e2e ${rest[0]}`,
  );
  process.exit(2);
}
/** @param {string} part */
const wanted = (part) => parts.length === 0 || parts.includes(part);

const reports = mkdtempSync(join(tmpdir(), 'swarmscope-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;

/** Signals the step and all it started. @param {NodeJS.Signals} signal */
function signalStep(signal) {
  const pid = running?.pid;
  if (pid === undefined) return;
  try {
    // A step leads a process group of its own, so that its workers, browsers and servers go with it.
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Already gone.
  }
}

let stopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (stopping) signalStep('SIGKILL');
    stopping = true;
    signalStep('SIGTERM');
    setTimeout(() => signalStep('SIGKILL'), KILL_AFTER).unref();
    if (running === undefined) process.exit(130);
  });
}

/**
 * @param {string} script A package's command-line script under node_modules, run without npx in between.
 * @param {readonly string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<number>} The exit code.
 */
async function run(script, args, env = {}) {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
    env: { ...process.env, ...env },
  });
  running = child;
  const code = await new Promise((done) => {
    child.on('error', () => done(1));
    child.on('exit', (status) => done(status ?? 1));
  });
  // What a step left behind ends with it.
  signalStep('SIGKILL');
  running = undefined;
  if (stopping) process.exit(130);
  return code;
}

/** @type {Outcome[]} */
const outcomes = [];

/** @param {string} name @param {() => Promise<Counts>} work */
async function step(name, work) {
  console.log(`\n=== ${name}`);
  const start = performance.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = await work();
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    console.error(note);
    counts = { passed: 0, failed: 1, skipped: 0, note };
  }
  outcomes.push({ note: '', ...counts, name, seconds: (performance.now() - start) / 1000 });
}

/** A step that is right or wrong as a whole. @param {number} code @returns {Counts} */
const whole = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });

/** A run that failed without a failing test (a file that does not load, an unhandled error) has failed. @param {number} code @param {Counts} counts */
const honest = (code, counts) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

/** Reports of other tools, read for a few counts. @param {string} file @returns {any} */
const report = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

async function unit() {
  const file = join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  // Vitest leaves one processor free, and of two it would use one: but many tests wait rather than work.
  const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;
  const code = await run('node_modules/vitest/vitest.mjs', ['run', workers, ...reporters, ...rest]);
  const result = report(file);
  return honest(code, {
    passed: result?.numPassedTests ?? 0,
    failed: result?.numFailedTests ?? 1,
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
  });
}

async function e2e() {
  const chromium = await findChromium();
  const file = join(reports, 'playwright.json');
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...rest];
  const code = await run('node_modules/@playwright/test/cli.js', args, {
    SWARMSCOPE_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const stats = report(file)?.stats;
  return honest(code, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 1,
    skipped: stats?.skipped ?? 0,
    note: stats?.flaky > 0 ? `${stats.flaky} passed only when tried again` : '',
  });
}

if (wanted('--static')) {
  await step('format', async () =>
    whole(
      await run('node_modules/prettier/bin/prettier.cjs', ['--check', '--cache', '--log-level', 'warn', '.']),
    ),
  );
  for (const project of ['core', 'web', 'node'])
    await step(`types (${project})`, async () =>
      whole(await run('node_modules/typescript/bin/tsc', ['-p', `tsconfig.${project}.json`])),
    );
  await step('lint', async () => whole(await run('node_modules/oxlint/bin/oxlint', [])));
  await step('dead code', async () => whole(await run('node_modules/knip/bin/knip.js', [])));
}
if (wanted('--unit')) await step('unit, property and integration tests', unit);
if (wanted('--e2e')) {
  await step('build', async () => whole(await run('scripts/build.mjs', [])));
  await step('end-to-end tests', e2e);
}

/** @param {'passed' | 'failed' | 'skipped'} key */
const total = (key) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);

console.log('');
for (const { name, passed, failed, skipped, seconds, note } of outcomes) {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const mark = failed > 0 ? 'FAILED' : 'ok    ';
  console.log(`${mark} ${name.padEnd(38)} ${counts.padEnd(34)} ${seconds.toFixed(1)} s  ${note}`.trimEnd());
}
const inCI = process.env['CI'] === 'true' || process.env['CI'] === '1';
if (inCI && total('skipped') > 0) console.log('In CI nothing may be skipped.');
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') > 0 || (inCI && total('skipped') > 0) ? 1 : 0;
