import { expect, test } from 'vitest';
import { credentialsDraft, readCredentials } from './credentials.ts';

test('what is typed for a scheme becomes credentials of that scheme alone', () => {
  const typed = { token: ' abc.DEF-_~+/== ', user: 'Jäsøn', password: ' p:w ' };
  expect(readCredentials({ scheme: 'none', ...typed }, 'bearer')).toEqual({
    kind: 'given',
    credentials: undefined,
  });
  expect(readCredentials({ scheme: 'bearer', ...typed }, 'none')).toEqual({
    kind: 'given',
    credentials: { scheme: 'bearer', token: 'abc.DEF-_~+/==' },
  });
  expect(readCredentials({ scheme: 'digest', ...typed }, 'none')).toEqual({
    kind: 'given',
    credentials: { scheme: 'digest', user: 'Jäsøn', password: ' p:w ' },
  });
});

test('nothing typed keeps what is there, of the same scheme only', () => {
  expect(readCredentials(credentialsDraft('digest'), 'digest')).toEqual({ kind: 'kept' });
  expect(readCredentials(credentialsDraft('bearer'), 'digest')).toMatchObject({
    kind: 'problem',
    field: 'token',
  });
  expect(readCredentials(credentialsDraft('digest'), 'none')).toMatchObject({
    kind: 'problem',
    field: 'user',
  });
});

test.each(['a b', 'a\r\nX-Evil: 1', 'Bearer abc', 'ä', '=a'])('%j is no token', (token) => {
  const read = readCredentials({ ...credentialsDraft('bearer'), token }, 'none');
  expect(read).toMatchObject({ kind: 'problem', field: 'token' });
  // Not even in an error is a secret quoted.
  expect(JSON.stringify(read)).not.toContain(token);
});

test('a user with a colon is refused', () => {
  expect(readCredentials({ ...credentialsDraft('digest'), user: 'a:b' }, 'none')).toMatchObject({
    field: 'user',
  });
});
