import { expect, test } from 'vitest';
import { KEY_HELP, keyAction, type KeyPlace } from './keys.ts';

const page: KeyPlace = { typing: false, pressable: false, dialog: false, modified: false };

test('keys act on the page', () => {
  expect(keyAction(' ', page)).toEqual({ kind: 'pause' });
  expect(keyAction('/', page)).toEqual({ kind: 'find' });
  expect(keyAction('2', page)).toEqual({ kind: 'place', key: '2' });
  expect(keyAction('d', page)).toEqual({ kind: 'tab' });
  expect(keyAction('f', page)).toEqual({ kind: 'follow' });
  expect(keyAction('Escape', page)).toEqual({ kind: 'clear' });
  expect(keyAction('x', page)).toBeUndefined();
});

test.each(['typing', 'dialog', 'modified'] as const)('no key acts while %s', (place) => {
  for (const key of [' ', '/', '?', 'f', 'p', 's', 'd', '1', 'Escape'])
    expect(keyAction(key, { ...page, [place]: true })).toBeUndefined();
});

test('Space presses a focused button, other keys still act', () => {
  const onButton = { ...page, pressable: true };
  expect(keyAction(' ', onButton)).toBeUndefined();
  expect(keyAction('p', onButton)).toEqual({ kind: 'projector' });
});

test('every key of the help does something', () => {
  const names: Record<string, string> = { Space: ' ', Esc: 'Escape' };
  for (const { keys } of KEY_HELP)
    for (const key of keys) expect(keyAction(names[key] ?? key, page)).toBeDefined();
});
