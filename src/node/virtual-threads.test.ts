/** A run whose parts are in threads of their own is the run that one thread has. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker, type Transferable } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/build.mjs';
import { bundle } from '../../scripts/bundle.mjs';
import { PortDesk, type PartDesk } from '../simulation/virtual/port.ts';
import { VirtualRun } from '../simulation/virtual/run.ts';
import { EVENTFUL, scenarioOf } from '../testing/eventful.ts';

let folder: string;
const threads: Worker[] = [];

beforeAll(async () => {
  // Under the project, so that what is built finds its dependencies.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'swarmscope-threads-'));
  await bundle({ part: 'src/simulation/virtual/port.ts' }, folder);
});

afterAll(async () => {
  await Promise.all(threads.map((thread) => thread.terminate()));
  rmSync(folder, { recursive: true, force: true });
});

/** A thread that carries out a part. */
function threadDesk(): PartDesk {
  const part = pathToFileURL(join(folder, 'part.mjs')).href;
  const code = `
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(part)}).then(({ serveParts }) => serveParts({
      post: (message, transfer) => parentPort.postMessage(message, transfer),
      listen: (hear) => parentPort.on('message', hear),
    }));`;
  const thread = new Worker(code, { eval: true });
  threads.push(thread);
  const desk = new PortDesk({
    post: (message, transfer) => thread.postMessage(message, transfer as Transferable[]),
    listen: (hear) => thread.on('message', hear),
  });
  thread.on('error', (cause) => desk.fail(cause instanceof Error ? cause : new Error(String(cause))));
  return desk;
}

async function hashOf(desks?: readonly PartDesk[]): Promise<string> {
  const hash = createHash('sha256');
  const scenario = scenarioOf(EVENTFUL);
  const run = new VirtualRun({
    scenario,
    ...(desks !== undefined && { desks }),
    hasher: { update: (bytes) => hash.update(bytes), hex: () => hash.digest('hex') },
  });
  expect((await run.advance({ until: Infinity })).ended).toBe(true);
  if (desks !== undefined) {
    const looks = await run.snapshots();
    expect(looks.length).toBe(desks.length);
    const peer = looks[0]?.peers.handle[0] ?? 0;
    expect((await run.detail(peer))?.handle).toBe(peer);
  }
  return run.eventsSha256();
}

test('with one, two and four threads, one hash', async () => {
  const alone = await hashOf();
  expect(alone).toMatch(/^[0-9a-f]{64}$/);
  for (const count of [1, 2, 4]) expect(await hashOf(Array.from({ length: count }, threadDesk))).toBe(alone);
});

test('a fault in a thread is told, and ends the run', async () => {
  const desk = threadDesk();
  await expect(desk.run(1, 1, [])).rejects.toThrow('A part begins before anything else.');
});
