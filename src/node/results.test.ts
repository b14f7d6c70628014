/** The small parts of what `run` and `sweep` write and show. */
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../simulation/virtual/events.ts';
import { lineOf } from '../simulation/virtual/line.ts';
import { LogReader } from '../simulation/virtual/log-reader.ts';
import { OutFile, writeWhole } from './out-file.ts';
import { ProgressBar } from './progress-bar.ts';
import { provenanceOf, withoutSecrets } from './provenance.ts';
import { SweepStore } from './sweep-store.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'swarmscope-results-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a log cut anywhere gives the events that it has', () => {
  const events: readonly RunEvent[] = [
    { at: 0, kind: 'phase', phase: 'warm-up' },
    { at: 1_500_001, kind: 'completed', peer: 3, took: 1_500_000 },
    { at: 2_000_000, kind: 'departed', peer: 3, how: 'left' },
  ];
  const bytes = new TextEncoder().encode(`{"format":"swarmscope-events"}\n${events.map(lineOf).join('')}`);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
      const read: RunEvent[] = [];
      const reader = new LogReader((event) => read.push(event));
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      for (const [i, end] of places.entries()) reader.read(bytes.subarray(places[i - 1] ?? 0, end));
      expect(read).toEqual(events);
    }),
  );
});

describe('a file of results', () => {
  test('has all bytes in their order, of pieces small and large', () => {
    const name = join(folder, 'bytes');
    const file = new OutFile(name);
    const pieces = [10, 300_000, 1, 200_000, 100_000, 262_144].map((length, i) =>
      Buffer.alloc(length, 65 + i),
    );
    for (const piece of pieces) file.write(piece);
    file.close();
    expect(readFileSync(name).equals(Buffer.concat(pieces))).toBe(true);
  });

  test('that cannot be written says so, and leaves nothing behind', () => {
    expect(() => new OutFile(join(folder, 'nowhere', 'file'))).toThrow(/^Cannot write .*nowhere/);
    expect(() => writeWhole(folder, 'text')).toThrow(/^Cannot write /);
    writeWhole(join(folder, 'whole'), 'text');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect(readFileSync(join(folder, 'whole'), 'utf8')).toBe('text');
  });
});

test('finished runs are there again, each once, whatever was cut off or is none', () => {
  const file = join(folder, 'runs.ndjson');
  const hash = 'a'.repeat(64);
  const outcome = { scenarioSha256: hash, eventsSha256: hash, measures: { 'peers.arrived': { value: 3 } } };
  const store = new SweepStore(file);
  store.put('one', outcome);
  store.put('one', outcome);
  appendFileSync(file, `{"id":"two","scenarioSha256":"${hash}"}\n[]\n{"id":"three","scena`);
  const again = new SweepStore(file);
  expect([again.get('one'), again.get('two'), again.get('three')]).toEqual([outcome, undefined, undefined]);
  again.put('three', outcome);
  expect(new SweepStore(file).get('three')).toEqual(outcome);
  expect(readFileSync(file, 'utf8').match(/"id":"one"/g)).toHaveLength(1);
});

describe('the progress bar', () => {
  function drawn(columns: number | undefined) {
    let now = 0;
    let text = '';
    const bar = new ProgressBar({ write: (more) => (text += more), columns }, () => now);
    return { bar, text: () => text, at: (time: number) => (now = time) };
  }

  test('shows how far it is and how long it will take, and not too often', () => {
    const { bar, text, at } = drawn(undefined);
    at(10_000);
    bar.show(0.25, '250 messages');
    at(10_100);
    bar.show(0.3, 'too soon');
    expect(text()).toBe(`\r\u001b[K${'█'.repeat(6)}${'░'.repeat(18)}  25%  0:30 left  250 messages`);
    at(3_610_000);
    bar.show(0.5, '');
    expect(text()).toContain('1:00:10 left');
    bar.clear();
    expect(text().endsWith('\r\u001b[K')).toBe(true);
  });

  test('stays on its line', () => {
    const { bar, text } = drawn(20);
    bar.show(0, 'words and more words');
    expect(text()).toHaveLength('\r\u001b[K'.length + 19);
  });
});

test('the command that results come from holds no secrets', () => {
  const command = [
    'sweep',
    'x.json',
    '--queue',
    'redis://user:secret@host:1/0',
    '--out=a@b',
    'https://t/?key=secret',
  ];
  expect(provenanceOf({ version: '1.2.3', command }, new Date(0))).toMatchObject({
    version: '1.2.3',
    started: '1970-01-01T00:00:00.000Z',
    command: 'swarmscope sweep x.json --queue redis://host:1/0 --out=a@b https://t/',
  });
  fc.assert(
    fc.property(fc.stringMatching(/^[\w.:-]{1,20}$/), (secret) => {
      expect(withoutSecrets(`--queue=rediss://${secret}@host`)).toBe('--queue=rediss://host');
    }),
  );
});
