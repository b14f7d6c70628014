import { expect, test } from 'vitest';
import { idProblem, MAX_ID_BYTES } from './ids.ts';

test.each([
  'a',
  ' ',
  '000123',
  '1e5',
  '日本語',
  '😀'.repeat(MAX_ID_BYTES / 4),
  'é'.repeat(MAX_ID_BYTES / 2),
  '\u00a0',
])('%j can be an identifier', (text) => {
  expect(idProblem(text)).toBeUndefined();
});

test.each([
  ['', 'is empty'],
  ['a'.repeat(MAX_ID_BYTES + 1), 'is longer than 1024 bytes'],
  ['é'.repeat(MAX_ID_BYTES / 2) + 'a', 'is longer than 1024 bytes'],
  [`${'😀'.repeat(MAX_ID_BYTES / 4)}a`, 'is longer than 1024 bytes'],
  ['a\0', 'holds a control character'],
  ['a\n', 'holds a control character'],
  ['\u007f', 'holds a control character'],
  ['\u0085', 'holds a control character'],
  ['\ud800', 'is not valid Unicode'],
  ['a\udc00', 'is not valid Unicode'],
  ['\uffff', 'holds a noncharacter'],
  ['a\ufffeb', 'holds a noncharacter'],
])('%j cannot: it %s', (text, problem) => {
  expect(idProblem(text)).toBe(problem);
});
