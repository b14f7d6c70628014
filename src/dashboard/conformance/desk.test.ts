import { describe, expect, it } from 'vitest';
import type { ConformanceNews } from '../../workers/client.ts';
import type { ConformanceRun } from '../../workers/messages.ts';
import { createConformanceDesk } from './desk.ts';
import type { JudgedCase, ListedCase } from './state.ts';

const listed = (id: string): ListedCase => ({
  id,
  edition: 'rfc7846',
  section: 'RFC 7846 §4',
  level: 'MUST',
  requirement: 'It is so.',
  advice: 'Make it so.',
});
const CASES = ['a', 'b', 'c'].map(listed);

const passed = (id: string): JudgedCase => ({
  info: listed(id),
  verdict: { verdict: 'pass' },
  exchanges: [],
  meanings: [],
  milliseconds: 5,
});

/** A desk whose cases are listed, with what the worker is asked and a way to be it. */
function open() {
  const asked: (ConformanceRun | 'list' | 'cancel')[] = [];
  const page = { url: 'http://one.example/', now: 0 };
  let say: (news: ConformanceNews) => void = () => undefined;
  const desk = createConformanceDesk({
    target: () => ({ url: page.url, access: { relay: undefined, credentials: undefined } }),
    now: () => page.now,
    today: () => 0,
    every: () => () => undefined,
    connect(listener) {
      say = listener;
      return {
        list: () => asked.push('list'),
        run: (run) => asked.push(run),
        cancel: () => asked.push('cancel'),
      };
    },
  });
  desk.enter();
  say({ kind: 'cases', cases: { trackers: CASES, peers: [] }, tool: 'swarmscope 1' });
  return { desk, asked, page, say: (news: ConformanceNews) => say(news), state: () => desk.store.getState() };
}

describe('the conformance desk', () => {
  it('asks for the cases once', () => {
    const { desk, asked } = open();
    desk.enter();
    expect(asked).toEqual(['list']);
  });

  it('runs cases by id, one run at a time, and keeps what came of them', () => {
    const { desk, asked, say, state, page } = open();
    desk.run(['c', 'a', 'unknown']);
    desk.run(['b']);
    expect(asked.slice(1)).toMatchObject([{ suite: 'trackers', ids: ['a', 'c'], url: page.url }]);
    say({ kind: 'began', id: 'a' });
    expect(state().run?.running).toEqual(new Set(['a']));
    say({ kind: 'judged', judged: passed('a') });
    expect(state().run).toMatchObject({ running: new Set(), done: new Set(['a']) });
    say({ kind: 'judged', judged: passed('c') });
    page.now = 40;
    say({ kind: 'ended' });
    expect(state()).toMatchObject({ run: undefined, early: undefined });
    expect(state().suites.trackers).toMatchObject({ milliseconds: 40, subject: page.url });
    expect([...state().suites.trackers.judged.keys()]).toEqual(['a', 'c']);
  });

  it('tells of a dead worker, keeps what was done, and runs the rest', () => {
    const { desk, asked, say, state } = open();
    desk.run(['a', 'b', 'c']);
    say({ kind: 'judged', judged: passed('b') });
    say({ kind: 'died', message: 'gone' });
    expect(state().early).toEqual({ suite: 'trackers', message: 'gone', done: 1, left: ['a', 'c'] });
    expect(state().suites.trackers.judged.has('b')).toBe(true);
    desk.run(state().early?.left ?? []);
    expect(asked.at(-1)).toMatchObject({ ids: ['a', 'c'] });
  });

  it('cancels, and says what is left', () => {
    const { desk, asked, say, state } = open();
    desk.run(['a', 'b']);
    desk.cancel();
    expect(asked.at(-1)).toBe('cancel');
    expect(state().run?.cancelling).toBe(true);
    say({ kind: 'ended' });
    expect(state().early).toMatchObject({ message: undefined, left: ['a', 'b'] });
  });

  it('forgets what it found about another tracker', () => {
    const { desk, say, state, page } = open();
    desk.run(['a']);
    say({ kind: 'judged', judged: passed('a') });
    say({ kind: 'ended' });
    page.url = 'http://two.example/';
    desk.run(['b']);
    expect(state().suites.trackers).toMatchObject({ subject: page.url, judged: new Map() });
  });

  it('says why the cases could not be listed, and asks again', () => {
    const { desk, asked, say, state } = open();
    desk.store.setState({ listing: 'asked' });
    say({ kind: 'died', message: 'not loaded' });
    expect(state().listing).toEqual({ failure: 'not loaded' });
    desk.enter();
    expect(asked).toEqual(['list', 'list']);
  });

  it('writes a report of every result, in the order of the suite', () => {
    const { desk, say } = open();
    desk.run(['a', 'b', 'c']);
    for (const id of ['c', 'a']) say({ kind: 'judged', judged: passed(id) });
    say({ kind: 'ended' });
    const { name, text } = desk.report('JSON');
    expect(name).toBe('swarmscope-conformance.json');
    expect(JSON.parse(text)).toMatchObject({
      subject: 'http://one.example/',
      tool: 'swarmscope 1',
      started: '1970-01-01T00:00:00.000Z',
      counts: { pass: 2 },
      results: [{ id: 'a' }, { id: 'c' }],
    });
    expect(desk.report('JUnit').text).toContain('<testsuites');
    expect(desk.report('HTML').text).toContain('<!doctype html>');
  });
});
