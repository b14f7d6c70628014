/**
 * Our picture of the swarms beside those of others, in a real Chromium that nobody debugs, drawn without a GPU:
 * `npm run bench -- --page [--json FILE --rounds N --seconds N --peers 1000,5000 --only NAME,NAME]`. Every round shows
 * each picture once, each on a fresh page, so that whatever else the machine does weighs on all. Frames are the
 * machine's, ratios travel; processor time a frame tells the cost where others work, too.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ROOT } from './build.mjs';
import { FIRST_PICTURES, firstPicture } from './bench-first-picture.mjs';
import { bundled } from './bundle.mjs';
import { findChromium } from './chromium.mjs';
import { median, printTable } from './tables.mjs';

/**
 * @typedef {{ contender: string, peers: number, motion: string, load: number }} Case
 * @typedef {{ span: number, frames: number, p50?: number, p95?: number, late95?: number, longTasks: number,
 *   longShare: number, answer95?: number, load?: number, failed?: string }} Told What the page measured.
 * @typedef {Told & { cpu: number | undefined, memory: number | undefined }} Measured Processor time in milliseconds
 *   and memory in bytes, of the browser's processes.
 */

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    peers: { type: 'string', default: '1000,5000,10000' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const sizes = values.peers.split(',').map(Number);
if (![rounds, seconds, ...sizes].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('bench: --rounds, --seconds and --peers take whole numbers above 0');
  process.exit(2);
}

/** Links a peer. */
const LINKS = 5;
/** Milliseconds before it is measured: the first second is loading. */
const WARM_UP = 3000;
/** Messages a second of the simulation beside it: a little above the 40,000 that are wanted, for it is paced from below. */
const LOAD = 42_000;
/** Milliseconds a page may take beyond its time before it is given up. */
const PATIENCE = 20_000;
const LIMIT = WARM_UP + seconds * 1000 + PATIENCE;
const WITH_GL = 'ours+webgl2';
const OTHERS = ['d3-svg', 'd3-canvas', 'sigma'];
/** How even the frames of an empty page are: no picture's can be more so. */
const FLOOR = 'nothing';

const asked = values.only?.split(',');
const cases = sizes
  .flatMap((peers) => {
    // Only when asked for: where there is no GPU it tells nothing that is not known.
    const other = asked?.includes(WITH_GL) === true ? [WITH_GL] : [];
    const drifting = ['ours', FLOOR, ...other, ...OTHERS, ...(peers <= 1000 ? ['p2p-graph'] : [])];
    const moved = ['pan', 'zoom', 'hover', 'select', 'step', 'churn'];
    return [
      ...drifting.map((contender) => ({ contender, peers, motion: 'drift', load: 0 })),
      ...moved.map((motion) => ({ contender: 'ours', peers, motion, load: 0 })),
      { contender: 'ours', peers, motion: 'drift', load: LOAD },
    ];
  })
  .filter((one) => asked === undefined || asked.includes(nameOf(one)));

/** @param {Case} one */
function nameOf({ contender, motion, load }) {
  if (load > 0) return `${contender}+simulation`;
  return motion === 'drift' ? contender : `${contender}+${motion}`;
}

const TYPES = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript' });

/** p2p-graph's d3 of 2016 takes `this` of its outermost function for the window, which it is not in a module. */
const windowForOldD3 = {
  name: 'window-for-old-d3',
  /** @param {string} code @param {string} id */
  transform: (code, id) =>
    id.endsWith('p2p-graph/node_modules/d3/d3.js')
      ? { code: code.replace(/\}\(\);\s*$/, '}.call(globalThis);'), map: null }
      : undefined,
};

const work = mkdtempSync(join(tmpdir(), 'swarmscope-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
const site = join(work, 'site');
await build({
  root: join(ROOT, 'e2e', 'bench'),
  configFile: false,
  logLevel: 'error',
  plugins: [windowForOldD3],
  build: { outDir: site, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2000 },
  worker: { format: 'es' },
});
const browser = await findChromium();

/** The processes that `root` started, and what they started. @param {number} root */
function family(root) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Ticks of a processor's time that the kernel counts in. */
const TICK = 10;

/** What the browser used so far; undefined where there is no /proc to read it from. @param {number} root */
function usage(root) {
  if (process.platform !== 'linux') return { cpu: undefined, memory: undefined };
  let cpu = 0;
  let memory = 0;
  for (const pid of family(root)) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      cpu += (Number(fields[11]) + Number(fields[12])) * TICK;
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
      memory += Number(pss?.[1] ?? 0) * 1024;
    } catch {
      // It ended meanwhile, or may not be read.
    }
  }
  return { cpu, memory };
}

/** @param {Case} one @returns {Promise<Measured>} */
async function measure({ contender, peers, motion, load }) {
  const profile = mkdtempSync(join(work, 'profile-'));
  /** @type {(told: Told) => void} */
  let finish = () => undefined;
  const finished = new Promise((/** @type {(told: Told) => void} */ resolve) => {
    finish = resolve;
  });
  let before = usage(process.pid);
  let after = before;
  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? '/', 'http://bench').pathname;
      if (request.method === 'POST') {
        let body = '';
        for await (const chunk of request) body += String(chunk);
        const used = usage(child.pid ?? process.pid);
        response.end();
        if (path === '/begin') before = used;
        else {
          after = used;
          finish(JSON.parse(body));
        }
        return;
      }
      try {
        const file = await readFile(join(site, path === '/' ? 'index.html' : path));
        response.setHeader('content-type', TYPES[extname(path)] ?? 'text/html');
        response.end(file);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    })();
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const query = new URLSearchParams({
    contender,
    motion,
    peers: String(peers),
    each: String(LINKS),
    load: String(load),
    warm: String(WARM_UP),
    span: String(seconds * 1000),
  });
  const child = spawn(
    browser,
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--enable-unsafe-swiftshader',
      '--no-first-run',
      '--window-size=1280,800',
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${port}/?${query}`,
    ],
    { stdio: 'ignore' },
  );
  const limit = setTimeout(
    () =>
      finish({ span: 0, frames: 0, longTasks: 0, longShare: 0, failed: `no answer in ${LIMIT / 1000} s` }),
    LIMIT,
  );
  const told = await finished;
  clearTimeout(limit);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // Asked and not forced: it takes its processes along.
  child.kill('SIGTERM');
  await gone;
  server.close();
  server.closeAllConnections();
  const cpu = after.cpu === undefined ? undefined : after.cpu - (before.cpu ?? 0);
  return { ...told, cpu, memory: after.memory };
}

/** @type {Map<Case, Measured[]>} */
const taken = new Map(cases.map((one) => [one, []]));
/** What became of those that told nothing. @type {Map<Case, string>} */
const failed = new Map();
for (let round = 1; round <= rounds; round++)
  for (const one of round % 2 === 1 ? cases : cases.toReversed()) {
    const measured = await measure(one);
    if (measured.failed !== undefined) failed.set(one, measured.failed);
    else taken.get(one)?.push(measured);
  }

/** Medians over the rounds of what the key names; undefined where nothing was measured. @param {readonly (number | undefined)[]} all */
function middle(all) {
  const known = all.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : median(known);
}

const results = cases.map((one) => {
  const all = taken.get(one) ?? [];
  /** @param {(measured: Measured) => number | undefined} of */
  const over = (of) => middle(all.map(of));
  return {
    name: nameOf(one),
    peers: one.peers,
    links: one.peers * LINKS,
    frame: over(({ span, frames }) => (frames > 0 ? span / frames : undefined)),
    p50: over(({ p50 }) => p50),
    p95: over(({ p95 }) => p95),
    late95: over(({ late95 }) => late95),
    longShare: over(({ longShare }) => longShare),
    longTasks: over(({ longTasks }) => longTasks),
    cpuPerFrame: over(({ cpu, frames }) => (cpu === undefined || frames === 0 ? undefined : cpu / frames)),
    answer95: over(({ answer95 }) => answer95),
    messages: over(({ load }) => load),
    memory: over(({ memory }) => memory),
    failed: failed.get(one),
  };
});

/** @param {number | undefined} value @param {number} [digits] */
const shown = (value, digits = 1) => (value === undefined ? '' : value.toFixed(digits));

for (const peers of sizes) {
  const here = results.filter((result) => result.peers === peers);
  const ours = here.find(({ name }) => name === 'ours');
  /** @param {number | undefined} theirs @param {number | undefined} mine */
  const times = (theirs, mine) =>
    theirs === undefined || mine === undefined || mine === 0 ? '' : (theirs / mine).toFixed(1);
  console.log(
    `\n${peers.toLocaleString('en')} peers, ${(peers * LINKS).toLocaleString('en')} links asked for`,
  );
  printTable(
    ['picture', 'ms/frame', 'p50', 'p95', 'late p95', 'long', 'CPU ms/frame', 'MB', 'x frame', 'x CPU', ''],
    here.map((result) => [
      result.name,
      shown(result.frame),
      shown(result.p50),
      shown(result.p95),
      shown(result.late95),
      result.longShare === undefined ? '' : `${(100 * result.longShare).toFixed(0)}%`,
      shown(result.cpuPerFrame),
      result.memory === undefined ? '' : (result.memory / 1e6).toFixed(0),
      times(result.frame, ours?.frame),
      times(result.cpuPerFrame, ours?.cpuPerFrame),
      [
        result.answer95 === undefined ? '' : `answer p95 ${result.answer95.toFixed(0)} ms`,
        result.failed ?? '',
        result.messages === undefined ? '' : `${Math.round(result.messages).toLocaleString('en')} messages/s`,
      ]
        .filter((text) => text !== '')
        .join(', '),
    ]),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
}
const first =
  asked === undefined || asked.includes('first-picture') ? await firstPicture(browser) : undefined;
if (first !== undefined)
  console.log(
    `\nFirst live picture: ${first.picture.toFixed(0)} ms after navigation, its first peers drawn (median of ${FIRST_PICTURES} fresh pages; at most 1,500)`,
  );
const { testing } = await bundled({ testing: 'src/views/graph/testing.ts' });
const CHURN = { peers: 5000, perSecond: 100, seconds: 5 };
/** @type {number} */
const displacement = testing.churnDisplacement(CHURN.peers, CHURN.perSecond, CHURN.seconds);
console.log(
  `\n${CHURN.perSecond} of ${CHURN.peers} peers come and go each second: the others move by ` +
    `${(100 * displacement).toFixed(2)}% of the view's width a second (median; at most 1%)`,
);
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
console.log(
  `\nMedians of ${rounds} rounds of ${seconds} s, each picture in turn; ${machine.cores} x ${machine.cpu}, software rendering.` +
    '\nlate: how late the main thread answers its clock; long: share of time in tasks above 50 ms; x: times ours.',
);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ rounds, seconds, ...machine, displacement, firstPicture: first?.picture, results }, undefined, 2)}\n`,
  );
// That another picture gives up at a size is a result; that ours does is none.
process.exit(results.some(({ name, failed: why }) => why !== undefined && name.startsWith('ours')) ? 1 : 0);
