import { expect, test } from 'vitest';
import type { ExchangeResult } from '../../../dashboard/state.ts';
import { layoutKind, outcomeOf } from './outcome.ts';

const answer = (verdict: 'ok' | 'error' | 'unreadable', status: number, detail: string): ExchangeResult => ({
  kind: 'answered',
  status,
  reason: '',
  contentType: '',
  responseText: '',
  responseBytes: 0,
  verdict,
  detail,
  listed: 0,
  findings: [],
});

test('outcomes in a few words', () => {
  expect(outcomeOf(answer('ok', 200, 'ok'))).toEqual({ ok: true, code: '200', error: '' });
  expect(outcomeOf(answer('error', 403, 'forbidden'))).toEqual({
    ok: false,
    code: '403',
    error: 'forbidden',
  });
  expect(outcomeOf(answer('unreadable', 200, 'no JSON'))).toEqual({
    ok: false,
    code: '200',
    error: 'unreadable',
  });
  expect(outcomeOf({ kind: 'failed', failure: 'too-large', detail: '' })).toEqual({
    ok: false,
    code: 'too large',
    error: '',
  });
});

test('a body is laid out by what it looks like', () => {
  expect(layoutKind(' {"a":1}')).toBe('json');
  expect(layoutKind('<?xml version="1.0"?>')).toBe('xml');
  expect(layoutKind('Not Found')).toBeUndefined();
  expect(layoutKind('')).toBeUndefined();
});
