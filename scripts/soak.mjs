/**
 * A thousand peers for five minutes: `npm run soak [-- --peers 1000 --minutes 5]`. Prints, every half minute, what the
 * page, its workers and the tracker hold after a garbage collection, and ends with 1 when the console
 * complained, the memory of the second half kept growing, or the swarm did not keep its size.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ROOT } from './build.mjs';
import { startBuiltServer } from './built-server.mjs';
import { findChromium } from './chromium.mjs';

const { values } = parseArgs({
  options: { peers: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '5' } },
});
const wanted = Number(values.peers);
const minutes = Number(values.minutes);
if (!(wanted >= 3 && wanted <= 5000) || !(minutes >= 2 && minutes <= 600)) {
  console.error('soak: --peers takes 3 to 5000, --minutes 2 to 600');
  process.exit(2);
}
/** Growth of the later half over the earlier that counts as level: what a heap breathes. */
const LEVEL = 1.15;
const MB = 1024 * 1024;

const server = await startBuiltServer({
  nodeArguments: ['--expose-gc', '--import', join(ROOT, 'scripts/report-heap.mjs')],
});

/** Bytes of heap the tracker holds after a collection. @returns {Promise<number>} */
function trackerHeap() {
  return new Promise((resolve) => {
    server.child.once('message', (used) => resolve(Number(used)));
    server.child.send('heap');
  });
}

const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
/** @type {string[]} */
const complaints = [];
page.on('console', (message) => {
  if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
});
page.on('pageerror', (error) => complaints.push(error.message));
await page.goto(`${server.url}?peers=${values.peers}`);

/** Sessions of the page and each of its workers, to measure every heap there is. */
const root = await page.context().newCDPSession(page);
/** @type {Map<string, string>} */
const workers = new Map();
/** @typedef {{ usedSize: number }} HeapUsage */
/** @type {Map<number, (result: HeapUsage) => void>} */
const waiting = new Map();
let serial = 0;
root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) =>
  workers.set(sessionId, targetInfo.title || targetInfo.url),
);
root.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
root.on('Target.receivedMessageFromTarget', ({ message }) => {
  const { id, result } = JSON.parse(message);
  waiting.get(id)?.(result);
  waiting.delete(id);
});
await root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });

/** @param {string} sessionId @param {string} method @returns {Promise<HeapUsage>} */
function ask(sessionId, method) {
  const id = ++serial;
  return new Promise((resolve, reject) => {
    waiting.set(id, resolve);
    root
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .catch(reject);
  });
}

/** @returns {Promise<number>} */
async function pageHeap() {
  await root.send('HeapProfiler.collectGarbage');
  return (await root.send('Runtime.getHeapUsage')).usedSize;
}

/** @returns {Promise<number>} */
async function workerHeap() {
  let sum = 0;
  for (const sessionId of workers.keys()) {
    await ask(sessionId, 'HeapProfiler.collectGarbage');
    sum += (await ask(sessionId, 'Runtime.getHeapUsage')).usedSize;
  }
  return sum;
}

/** @type {{ peers: number, page: number, workers: number, tracker: number }[]} */
const samples = [];
console.log('   time   peers   page MB   workers MB   tracker MB');
const started = performance.now();
for (let half = 1; half <= minutes * 2; half++) {
  // Not waiting for something to happen: the passing of time is what is measured here.
  await page.waitForTimeout(Math.max(0, started + half * 30_000 - performance.now()));
  const peers = Number(await page.locator('[data-metric="peers"]').getAttribute('data-value'));
  const sample = { peers, page: await pageHeap(), workers: await workerHeap(), tracker: await trackerHeap() };
  samples.push(sample);
  const columns = [sample.page, sample.workers, sample.tracker].map((bytes) =>
    (bytes / MB).toFixed(1).padStart(10),
  );
  console.log(`${String(half * 30).padStart(5)} s ${String(peers).padStart(7)} ${columns.join('   ')}`);
}
await browser.close();
await server.stop();

// The first minute is the swarm filling up.
const settled = samples.slice(2);
const middle = Math.ceil(settled.length / 2);
/** @param {'page' | 'workers' | 'tracker'} key */
const growth = (key) => {
  /** @param {typeof samples} part */
  const median = (part) => part.map((sample) => sample[key]).sort((a, b) => a - b)[part.length >> 1] ?? NaN;
  return median(settled.slice(middle)) / median(settled.slice(0, middle));
};
let failed = complaints.length > 0;
const fewest = Math.min(...settled.map(({ peers }) => peers));
console.log(`peers: never fewer than ${fewest}`);
if (fewest < 0.7 * wanted) failed = true;
for (const key of /** @type {const} */ (['page', 'workers', 'tracker'])) {
  const factor = growth(key);
  if (!(factor <= LEVEL)) failed = true;
  console.log(`${key}: median of the second half over that of the first ${factor.toFixed(2)}`);
}
console.log(`console complaints: ${complaints.length}`);
for (const complaint of new Set(complaints)) console.log(`  ${complaint}`);
process.exit(failed ? 1 : 0);
