import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryExchange } from '../../testing/recorded.ts';
import { parseLine } from '../line.ts';
import { bytesOf } from '../record.ts';
import type { RecordedExchange } from '../record.ts';
import { asFetch, asTestCase } from './code.ts';
import { FORMS, snippetIn } from './snippets.ts';

const LOGIN: RecordedExchange = {
  id: 1,
  time: 5,
  clock: 'run',
  from: 'simulated',
  peerId: 'p',
  swarms: [],
  edition: 'gu-04',
  method: 'CONNECT',
  url: 'http://me:s3cret@127.0.0.1:7846/',
  attempt: 1,
  verdict: 'error',
  error: 'authentication-required',
  findings: { request: 0, response: 0 },
  request: {
    contentType: 'application/xml',
    headers: [
      ['authorization', 'Bearer s3cret'],
      ['Cookie', 's3cret'],
    ],
    body: '<R><AuthToken>s3cret</AuthToken></R>',
    bytes: 36,
  },
  result: {
    kind: 'answered',
    status: 401,
    reason: 'Unauthorized',
    contentType: 'application/xml',
    body: '<R><Credentials>s3cret</Credentials></R>',
    bytes: 40,
  },
};

test('no form holds what lets others in', () => {
  for (const form of FORMS) {
    const snippet = snippetIn(form, LOGIN);
    expect(snippet?.text, form).toBeDefined();
    expect(snippet?.text, form).not.toContain('s3cret');
    if (form !== 'raw-response') expect(snippet?.withheld, form).toContain('AuthToken');
  }
});

test('the fetch call sends the same bytes, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryExchange, async (exchange) => {
      const { text } = asFetch(exchange);
      let sent: unknown;
      const context = createContext({
        Uint8Array,
        atob,
        console: { log: () => undefined },
        fetch: (_url: string, init: { body: unknown }) => {
          sent = init.body;
          return { text: () => '' };
        },
      });
      await runInContext(`(async () => {${text}})()`, context);
      const bytes = typeof sent === 'string' ? new TextEncoder().encode(sent) : sent;
      expect(Buffer.from(bytes as Uint8Array)).toEqual(Buffer.from(bytesOf(exchange.request.body ?? '')));
    }),
  );
});

test('the test case holds both messages, and what is expected', () => {
  const { text } = asTestCase(LOGIN);
  const object: unknown = runInContext(
    `(${text.replace(/^[^]*?export const \w+ = /, '').replace(/ as const;\n$/, '')})`,
    createContext({}),
  );
  expect(text).toContain('export const connectAuthenticationRequired = {');
  expect(JSON.parse(JSON.stringify(object))).toEqual({
    edition: 'gu-04',
    method: 'CONNECT',
    verdict: 'error',
    error: 'authentication-required',
    request: { contentType: 'application/xml', body: '<R><AuthToken>(withheld)</AuthToken></R>' },
    response: {
      status: 401,
      contentType: 'application/xml',
      body: '<R><Credentials>(withheld)</Credentials></R>',
    },
  });
});

test('the record is a line that recordings read', () => {
  const line = parseLine(snippetIn('record', LOGIN)?.text ?? '', 1);
  expect(line.ok && line.exchange.result).toMatchObject({
    status: 401,
    body: '<R><Credentials>(withheld)</Credentials></R>',
  });
});

test('a body that is no text has no raw form and no .http file', () => {
  const body = Uint8Array.of(0xff, 0xfe);
  const binary = { ...LOGIN, request: { body, bytes: 2 } };
  expect(snippetIn('raw-request', binary)).toBeUndefined();
  expect(snippetIn('http', binary)).toBeUndefined();
  expect(snippetIn('http', { ...LOGIN, request: { body: '{"a":"{{b}}"}', bytes: 13 } })).toBeUndefined();
  expect(
    snippetIn('http', { ...LOGIN, request: { body: '<?xml version="1.0"?>\n<R/>', bytes: 26 } })?.text,
  ).toMatch(/^# [^]*POST http:\/\/127.0.0.1:7846\/\n\n<\?xml/);
});
