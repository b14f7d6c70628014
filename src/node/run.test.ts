/** `swarmscope run` as a person runs it: built as it is shipped, in a process of its own. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildNode, ROOT } from '../../scripts/build.mjs';
import { startServer } from './server.ts';
import { TestCommand } from './testing-command.ts';

let folder: string;
let command: TestCommand;
let counter = 0;

const SMALL = {
  name: 'small',
  seed: 7,
  duration: 60,
  peers: { crash: 0.2 },
  swarms: [
    {
      id: 'film',
      kind: 'vod',
      chunks: 8,
      chunkBytes: 65536,
      seeds: 2,
      arrivals: { process: 'poisson', rate: 0.5 },
      seedTime: { distribution: 'exponential', mean: 20 },
    },
  ],
  measure: { from: 10, until: 50, every: 10 },
};

beforeAll(async () => {
  // Under the project, so that the built command finds its dependencies.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'swarmscope-run-'));
  await buildNode(join(folder, 'node'));
  mkdirSync(join(folder, 'web'));
  symlinkSync(join(ROOT, 'public', 'scenarios'), join(folder, 'web', 'scenarios'));
  command = new TestCommand(join(folder, 'node'));
});
afterEach(() => command.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(scenario: unknown): string {
  const file = join(folder, `scenario-${counter++}.json`);
  writeFileSync(file, typeof scenario === 'string' ? scenario : JSON.stringify(scenario));
  return file;
}

interface Summary {
  readonly [key: string]: unknown;
  readonly eventsSha256: string;
  readonly provenance: { readonly command: string };
}

const outOf = (): string => join(folder, `out-${counter++}`);
const summaryOf = (out: string): Summary =>
  JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

async function ran(scenario: unknown, ...flags: string[]) {
  const out = outOf();
  const finished = await command.finished(['run', written(scenario), '--out', out, ...flags]);
  expect([finished.err(), finished.code]).toEqual(['', 0]);
  return { out, summary: summaryOf(out), printed: finished.out() };
}

describe('on the virtual clock', () => {
  it('gives one hash for one seed, with 1 and with 4 workers, and another for another seed', async () => {
    const [first, again, shared, other, full] = await Promise.all([
      ran(SMALL),
      ran(SMALL),
      ran(SMALL, '--workers', '4'),
      ran(SMALL, '--seed', '8'),
      ran(SMALL, '--detail', 'full'),
    ]);
    const hash = first.summary.eventsSha256;
    expect(sha256(join(first.out, 'events.ndjson'))).toBe(hash);
    for (const same of [again, shared]) {
      expect(same.summary.eventsSha256).toBe(hash);
      for (const file of ['events.ndjson', 'series.csv'])
        expect(sha256(join(same.out, file))).toBe(sha256(join(first.out, file)));
      expect(same.summary['measures']).toEqual(first.summary['measures']);
    }
    expect(other.summary.eventsSha256).not.toBe(hash);
    expect(other.summary['seed']).toBe(8);
    // Nothing else happens for being told in more detail.
    expect(full.summary['messages']).toBe(first.summary['messages']);
    expect(readFileSync(join(full.out, 'events.ndjson'), 'utf8')).toContain('"kind":"chunk"');
    expect(readFileSync(join(first.out, 'events.ndjson'), 'utf8')).not.toContain('"kind":"chunk"');
  });

  it('writes what the contract names, and where it comes from', async () => {
    const { out, summary, printed } = await ran(SMALL);
    expect(summary).toMatchObject({
      complete: true,
      clock: 'virtual',
      seed: 7,
      duration: 60,
      scenarioSha256: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
      messages: expect.any(Number) as unknown,
      wallSeconds: expect.any(Number) as unknown,
      peers: { arrived: expect.any(Number) as unknown, completed: expect.any(Number) as unknown },
      swarms: [{ id: 'film', meanSeeds: expect.any(Number) as unknown }],
      window: { from: 10, to: 50 },
      measures: { 'swarms.film.meanSeeds': { value: expect.any(Number) as unknown } },
      provenance: {
        schema: 'swarmscope-events/1',
        node: process.version,
        command: expect.stringContaining('swarmscope run ') as unknown,
      },
      scenario: { swarms: [{ seeds: 2 }] },
    });
    const events = readFileSync(join(out, 'events.ndjson'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(events[0] ?? '')).toMatchObject({
      format: 'swarmscope-events',
      scenarioSha256: summary['scenarioSha256'],
    });
    const arrived = events.filter((line) => line.includes('"kind":"arrived"')).length;
    expect(summary['peers']).toMatchObject({ arrived });
    const series = readFileSync(join(out, 'series.csv'), 'utf8').split('\r\n');
    expect(series[0]).toBe('time,swarm,leeches,seeds,arrivals,departures,requests,errors');
    expect(series.slice(1, 8).map((row) => row.split(',')[0])).toEqual([
      '0',
      '10',
      '20',
      '30',
      '40',
      '50',
      '60',
    ]);
    expect(printed).toMatch(/^0 s: warm-up\n10 s: measured\n50 s: cool-down\nsmall: 60 s in /);
  });

  it('knows presets by name, and says what is near a name that is none', async () => {
    const out = outOf();
    const started = command.run(['run', 'Sybil attack', '--out', out, '--edition', 'base-1.0']);
    await started.printed(/^0 s: /);
    started.child.kill('SIGINT');
    await started.ended;
    expect(summaryOf(out)).toMatchObject({ name: 'Sybil attack', scenario: { edition: 'base-1.0' } });
    const wrong = await command.finished(['run', 'flash-crwd']);
    expect([wrong.code, wrong.err()]).toEqual([
      2,
      'swarmscope: flash-crwd is no file and no preset. Did you mean flash-crowd?\n',
    ]);
  });

  it('names everything that is wrong with a scenario, where and what to do', async () => {
    const { swarms, ...rest } = SMALL;
    const file = written(
      JSON.stringify({ ...rest, seeed: 3, swarms: [{ ...swarms[0], chunks: 0 }] }, null, 2),
    );
    const { code, err } = await command.finished(['run', file, '--out', outOf()]);
    expect(code).toBe(2);
    expect(err()).toMatch(
      /\$\.seeed \(line \d+, column \d+\): There is no such field here\. Did you mean seed\?/,
    );
    expect(err()).toMatch(/\$\.swarms\[0\]\.chunks \(line \d+, column \d+\): This is too small\./);
  });

  it('writes what there is at Ctrl+C, says so, and does not end well', async () => {
    const out = outOf();
    const long = { ...SMALL, duration: 1_000_000, measure: { from: 10, every: 10 } };
    const started = command.run(['run', written(long), '--out', out]);
    await started.printed(/measured/);
    started.child.kill('SIGINT');
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.out()).toMatch(/Ended early, at \d+ of 1000000 s/);
    const summary = summaryOf(out);
    expect(summary).toMatchObject({ complete: false, duration: 1_000_000 });
    expect(summary['reached']).toBeLessThan(1_000_000);
    expect(sha256(join(out, 'events.ndjson'))).toBe(summary.eventsSha256);
    expect(readFileSync(join(out, 'events.ndjson'), 'utf8')).toMatch(/\}\n$/);
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const out = outOf();
    mkdirSync(out);
    symlinkSync('/dev/full', join(out, 'events.ndjson'));
    writeFileSync(join(out, 'summary.json'), '{"complete":true}');
    const { code, err } = await command.finished(['run', written(SMALL), '--out', out]);
    expect(code).toBe(1);
    expect(err()).toBe(
      `swarmscope: Cannot write ${join(out, 'events.ndjson')}: the disk is full. Make room, or choose another folder with --out.\n`,
    );
    // Nobody takes an earlier run's summary for this one's.
    expect(existsSync(join(out, 'summary.json'))).toBe(false);
  });
});

describe('on the real clock', () => {
  const brief = { ...SMALL, duration: 3, measure: { from: 0, every: 1 } };

  it('runs the same scenario against any tracker, and says that it cannot be repeated', async () => {
    const server = await startServer({ host: '127.0.0.1', port: 0 });
    try {
      const { out, summary, printed } = await ran(brief, '--tracker', server.url);
      expect(printed).toContain('another run will not be the same');
      expect(summary).toMatchObject({ complete: true, clock: 'real', deterministic: false });
      expect(sha256(join(out, 'events.ndjson'))).toBe(summary.eventsSha256);
      const told = readFileSync(join(out, 'events.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly at: number; readonly kind: string });
      expect(told.filter(({ kind }) => kind === 'handled').length).toBeGreaterThan(1);
      // In the order of time, though answers are told later than they were asked for.
      const times = told.slice(1).map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      // Everybody took leave: the tracker is as empty as before.
      expect(await (await fetch(`${server.url}stats`)).json()).toMatchObject({ peers: 0 });
    } finally {
      await server.stop();
    }
  });

  it('has a tracker of its own where the scenario has it embedded', async () => {
    const { summary, printed } = await ran({ ...brief, clock: 'real' });
    expect(printed).toMatch(/A tracker of its own at http:\/\/127\.0\.0\.1:\d+\//);
    expect(summary['peers']).toMatchObject({ arrived: expect.any(Number) as unknown });
  });

  it('says when nobody is there', async () => {
    const { code, err } = await command.finished([
      'run',
      written(brief),
      '--out',
      outOf(),
      '--tracker',
      'http://127.0.0.1:1/',
    ]);
    expect([code, err()]).toEqual([
      1,
      'swarmscope: Nobody can be reached at http://127.0.0.1:1/: the connection was refused; is the tracker running?\n',
    ]);
  });
});
