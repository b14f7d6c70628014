/** `swarmscope sweep` as a person runs it, alone and on several machines through a real Redis. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildNode, ROOT } from '../../scripts/build.mjs';
import { findRedis } from '../../scripts/redis.mjs';
import { TestCommand } from './testing-command.ts';

const PASSWORD = 'correct-horse';

let folder: string;
let command: TestCommand;
let redis: ChildProcess;
let queue: string;

const SWEEP = {
  name: 'neighbours',
  scenario: {
    name: 'small',
    seed: 5,
    duration: 60,
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 8,
        chunkBytes: 65536,
        arrivals: { process: 'poisson', rate: 0.5 },
        seedTime: { distribution: 'exponential', mean: 20 },
      },
    ],
    measure: { from: 10, every: 10 },
  },
  parameters: { 'swarms[film].arrivals.rate': [0.2, 0.5] },
  paired: [{ 'peers.crash': [0, 0.2], 'peers.maxLinks': [8, 4] }],
  replications: 10,
};

beforeAll(async () => {
  // Under the project, so that the built command finds its dependencies.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'swarmscope-sweep-'));
  await buildNode(join(folder, 'node'));
  mkdirSync(join(folder, 'web'));
  symlinkSync(join(ROOT, 'public', 'scenarios'), join(folder, 'web', 'scenarios'));
  command = new TestCommand(join(folder, 'node'));
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--requirepass', PASSWORD];
  redis = spawn(findRedis(), [...flags, '--save', '', '--appendonly', 'no', '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  redis.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  while (!/Ready to accept connections/.test(said)) await once(redis.stdout ?? redis, 'data');
  queue = `redis://:${PASSWORD}@127.0.0.1:${port}`;
});
afterEach(() => command.stop());
afterAll(() => {
  redis.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

let counter = 0;
function written(sweep: unknown): string {
  const file = join(folder, `sweep-${counter++}.json`);
  writeFileSync(file, JSON.stringify(sweep));
  return file;
}
const outOf = (): string => join(folder, `out-${counter++}`);

const FILES = ['table.csv', 'table.json'] as const;
const tablesOf = (out: string): readonly string[] =>
  FILES.map((file) => readFileSync(join(out, file), 'utf8'));

interface Table {
  readonly complete: boolean;
  readonly points: readonly {
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly runs: readonly { readonly seed: number; readonly eventsSha256?: string }[];
    readonly measures: readonly { readonly name: string; readonly n: number; readonly interval?: unknown }[];
  }[];
}
const tableOf = (out: string): Table => JSON.parse(readFileSync(join(out, 'table.json'), 'utf8')) as Table;
const linesOf = (out: string): readonly string[] =>
  readFileSync(join(out, 'runs.ndjson'), 'utf8').trimEnd().split('\n');

describe('forty runs', () => {
  let alone: string;

  beforeAll(async () => {
    alone = outOf();
    const { code, err } = await command.finished(['sweep', written(SWEEP), '--out', alone, '--workers', '1']);
    if (code !== 0) throw new Error(err());
  });

  it('in one process: every combination with every seed, and intervals over them', () => {
    const table = tableOf(alone);
    expect(table.complete).toBe(true);
    expect(table.points.map(({ parameters }) => Object.values(parameters))).toEqual([
      [0.2, 0, 8],
      [0.2, 0.2, 4],
      [0.5, 0, 8],
      [0.5, 0.2, 4],
    ]);
    const seeds = table.points.map(({ runs }) => runs.map(({ seed }) => seed));
    for (const of of seeds) expect(of).toEqual(seeds[0]);
    const hashes = table.points.flatMap(({ runs }) => runs.map(({ eventsSha256 }) => eventsSha256));
    expect(new Set(hashes).size).toBe(40);
    for (const { measures } of table.points)
      expect(measures.find(({ name }) => name === 'swarms.film.meanSeeds')).toMatchObject({
        n: 10,
        interval: { method: 'replications', level: 0.95, count: 10 },
      });
    const [header = '', first = ''] = readFileSync(join(alone, 'table.csv'), 'utf8').split('\r\n');
    expect(header).toBe(
      'point,swarms[film].arrivals.rate,peers.crash,peers.maxLinks,measure,mean,halfWidth,deviation,n',
    );
    expect(first).toMatch(/^0,0\.2,0,8,peers\.arrived,[\d.]+,[\d.]+,[\d.]+,10$/);
  });

  it('on two workers through Redis, one of them killed: every run once, and the same table', async () => {
    const flags = ['--queue', queue, '--stalled-after', '1'];
    const worker = () => command.run(['sweep', '--worker', '--workers', '1', ...flags]);
    const [doomed, other] = [worker(), worker()];
    await Promise.all([doomed.printed(/Working on the queue/), other.printed(/Working on the queue/)]);
    const out = outOf();
    const started = command.run(['sweep', written(SWEEP), '--out', out, ...flags]);
    await doomed.printed(/(done: .*\n){3}/);
    doomed.child.kill('SIGKILL');
    expect(await doomed.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await started.ended).toEqual({ code: 0, signal: null });
    expect(tablesOf(out)).toEqual(tablesOf(alone));
    expect(linesOf(out).length).toBe(40);
    expect(new Set(linesOf(out).map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(40);
    const finished = (text: string): number =>
      text.split('\n').filter((line) => line.startsWith('done:')).length;
    expect(finished(doomed.out())).toBeGreaterThan(0);
    expect(finished(other.out())).toBeGreaterThan(0);
    other.child.kill('SIGTERM');
    expect(await other.ended).toEqual({ code: 0, signal: null });
    const told = [started, other, doomed].map(({ out: said, err }) => said() + err()).join('');
    const kept = ['sweep.json', 'table.json'].map((file) => readFileSync(join(out, file), 'utf8')).join('');
    expect(told + kept).not.toContain(PASSWORD);
  });

  it('that were done already, here or in the queue, are not done again', async () => {
    // No worker is there: what the test before left in Redis is all there is.
    const fromQueue = outOf();
    const { code } = await command.finished(['sweep', written(SWEEP), '--out', fromQueue, '--queue', queue]);
    expect([code, tablesOf(fromQueue)]).toEqual([0, tablesOf(alone)]);

    // Interrupted in the midst of a line.
    const half = outOf();
    mkdirSync(half);
    const text = linesOf(alone).slice(0, 30).join('\n');
    writeFileSync(join(half, 'runs.ndjson'), text.slice(0, -20));
    const again = await command.finished(['sweep', written(SWEEP), '--out', half]);
    expect([again.code, again.out()]).toEqual([0, expect.stringContaining('29 of 40 runs are in')]);
    expect(tablesOf(half)).toEqual(tablesOf(alone));
  });
});

it('says what is wrong with a sweep, and in which combination', async () => {
  const misspelt = await command.finished(['sweep', written({ ...SWEEP, replication: 3 }), '--out', outOf()]);
  expect([misspelt.code, misspelt.err()]).toEqual([
    2,
    expect.stringMatching(
      /\$\.replication \(line 1, column \d+\): There is no such field here\. Did you mean replications\?/,
    ),
  ]);
  const lost = { ...SWEEP, scenario: 'flash-crowd', parameters: { 'swarms[film].chunks': [4] }, paired: [] };
  const nowhere = await command.finished(['sweep', written(lost), '--out', outOf()]);
  expect([nowhere.code, nowhere.err()]).toEqual([
    2,
    expect.stringMatching(/with swarms\[film\]\.chunks = 4 .*\n.*The scenario has nothing at "film"\./),
  ]);
});

it('says when there is no Redis, or another password, without showing the one it was given', async () => {
  const file = written(SWEEP);
  const nobody = await command.finished([
    'sweep',
    file,
    '--out',
    outOf(),
    '--queue',
    'redis://:hidden@127.0.0.1:1',
  ]);
  expect([nobody.code, nobody.err()]).toEqual([
    1,
    'swarmscope: No Redis at redis://127.0.0.1:1: the connection was refused; is it running?\n',
  ]);
  const wrong = queue.replace(PASSWORD, 'hidden');
  const refused = await command.finished(['sweep', '--worker', '--queue', wrong]);
  expect(refused.code).toBe(1);
  expect(refused.err()).toMatch(
    /^swarmscope: No Redis at redis:\/\/127\.0\.0\.1:\d+: it wants another user or password\.\n$/,
  );
  const odd = await command.finished(['sweep', file, '--queue', 'http://:hidden@127.0.0.1/']);
  expect(odd.code).toBe(2);
  expect(nobody.out() + refused.out() + odd.err()).not.toContain('hidden');
});
