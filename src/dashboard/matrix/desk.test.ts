import { describe, expect, it } from 'vitest';
import type { CellResult, MatrixNews, MatrixOrder } from '../../workers/messages.ts';
import { createMatrixDesk } from './desk.ts';

const URL = 'http://tracker.example/';
const cell = (trace?: string): CellResult => ({
  tracker: 'ours, in this page',
  peer: 'SEED',
  edition: 'gu-04',
  verdict: 'works',
  reason: 'It did.',
  stages: [],
  findings: [],
  counts: { exchanges: 1, errors: 0, unanswered: 0, bytes: 2 },
  milliseconds: 5,
  ...(trace !== undefined && { trace }),
});

/** A desk with what the worker is asked, and a way to be it. */
function open() {
  const asked: (MatrixOrder | 'cancel')[] = [];
  let say: (news: MatrixNews) => void = () => undefined;
  const desk = createMatrixDesk({
    target: () => ({ url: URL, access: { relay: undefined, credentials: undefined } }),
    now: () => 7,
    today: () => 0,
    connect(listener) {
      say = listener;
      return { run: (order) => asked.push(order), cancel: () => asked.push('cancel') };
    },
  });
  return { desk, asked, say: (news: MatrixNews) => say(news), state: () => desk.store.getState() };
}

const jsonFile = (name: string, value: unknown): File => new File([JSON.stringify(value)], name);

describe('the matrix desk', () => {
  it('runs the configured tracker and one of ours, keeps cells and traces as they come, one run at a time', async () => {
    const { desk, asked, say, state } = open();
    desk.run();
    desk.run();
    expect(asked).toMatchObject([
      { url: URL, config: { trackers: [{ at: { url: URL } }, { at: { kind: 'own' } }] } },
    ]);
    say({ kind: 'cell', result: cell('a.ndjson'), trace: new Uint8Array([1, 2, 3]) });
    expect(state().run).toMatchObject({ done: 1, all: 24 });
    desk.cancel();
    expect(asked.at(-1)).toBe('cancel');
    say({ kind: 'ended' });
    expect(state()).toMatchObject({
      run: undefined,
      problems: [],
      report: { cells: [{ verdict: 'works' }] },
    });
    const trace = desk.trace(cell('a.ndjson'));
    expect([trace?.name, trace?.size]).toEqual(['a.ndjson', 3]);
    expect(desk.trace(cell())).toBeUndefined();
  });

  it('tells of a fault, and keeps what there is', () => {
    const { desk, say, state } = open();
    desk.run();
    say({ kind: 'cell', result: cell(), trace: new Uint8Array() });
    say({ kind: 'fault', message: 'gone' });
    expect(state()).toMatchObject({ run: undefined, problems: ['A fault of ours ended the run: gone'] });
    expect(state().report?.cells).toHaveLength(1);
  });

  it('opens again what it wrote, with the traces beside it', async () => {
    const { desk, say } = open();
    desk.run();
    say({ kind: 'cell', result: cell('a.ndjson'), trace: new Uint8Array([1]) });
    say({ kind: 'ended' });
    const [json, html] = desk.files();
    expect(html?.text).toContain('<!doctype html>');
    const other = open();
    await other.desk.openFiles([new File(['{}'], 'a.ndjson'), new File([json?.text ?? ''], 'matrix.json')]);
    expect(other.state()).toMatchObject({ problems: [], report: { cells: [{ trace: 'a.ndjson' }] } });
    expect(other.desk.trace(cell('a.ndjson'))?.size).toBe(2);
  });

  it('runs a config that was opened, and says what is wrong with one that cannot be', async () => {
    const { desk, asked, state } = open();
    const peers = [{ name: 'p', behaviour: 'leech' }];
    const config = { trackers: [{ name: 't', own: {} }], peers, editions: ['gu-04'] };
    await desk.openFiles([jsonFile('mine.json', config)]);
    desk.run();
    expect(asked).toMatchObject([{ config: { editions: ['gu-04'], trackers: [{ name: 't' }] } }]);
    const another = open();
    await another.desk.openFiles([
      jsonFile('bad.json', { ...config, trackers: [] }),
      jsonFile('old.json', { swarmscope: 'matrix', version: 9 }),
      new File([''], 'picture.png'),
    ]);
    expect(another.state().problems).toEqual([
      'bad.json: $.trackers is no list of the right length: write a list of 1 to 64 in [ ].',
      expect.stringMatching(/^old\.json is of a version/),
      'picture.png is no JSON, and no trace (NDJSON).',
    ]);
    expect(state().problems).toEqual([]);
  });
});
