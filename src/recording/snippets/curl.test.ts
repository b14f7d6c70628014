import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf } from '../record.ts';
import type { RecordedExchange } from '../record.ts';
import { asCurl, printf, shellQuoted } from './curl.ts';

const exchange = (
  body: Uint8Array | string,
  more: Partial<RecordedExchange> = {},
  headers: readonly (readonly [string, string])[] = [],
): RecordedExchange => ({
  id: 1,
  time: 0,
  clock: 'run',
  from: 'foreign',
  swarms: [],
  url: 'http://127.0.0.1:7846/announce?a=b&c[]={d}',
  attempt: 1,
  verdict: 'failed',
  findings: { request: 0, response: 0 },
  request: {
    headers,
    contentType: 'application/xml',
    body: typeof body === 'string' ? body : bodyOf(body),
    bytes: typeof body === 'string' ? Buffer.byteLength(body) : body.length,
  },
  result: { kind: 'failed', failure: 'timeout', detail: '' },
  ...more,
});

/** What a real shell makes of the command: the arguments that curl would get, and its standard input. */
function ran(command: string): { readonly words: string[]; readonly input: Buffer } {
  const stub = String.raw`curl() { for word; do printf '%s\0' "$word"; done; printf '\0'; case "$*" in *--data-binary*) cat;; esac; }`;
  const script = `${stub}\n${command}`;
  // What is too long for an argument comes as it would from a terminal.
  const output =
    script.length < 100_000
      ? execFileSync('sh', ['-c', script])
      : execFileSync('sh', ['-s'], { input: script, maxBuffer: 64 * 1024 * 1024 });
  const end = output.indexOf('\0\0');
  return { words: output.subarray(0, end).toString().split('\0'), input: output.subarray(end + 2) };
}

/** The body that curl would send. */
function sent(command: string): Buffer {
  const { words, input } = ran(command);
  const raw = words.indexOf('--data-raw');
  return raw < 0 ? input : Buffer.from(words[raw + 1] ?? '');
}

test('any bytes come through a real shell as they are', () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 80 }).map((text) => new TextEncoder().encode(text)),
    fc
      .constantFrom("'", "it's", '@/etc/passwd', '%s%d', '\\n', '-n', '$(id)`id`', 'a\nb\n', '!!')
      .map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(body, (bytes) => {
      // What is secret is not to come through.
      fc.pre(!/AuthToken|Credentials/.test(Buffer.from(bytes).toString('latin1')));
      expect(sent(asCurl(exchange(bytes)).text)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 150 },
  );
});

test('so does each single byte, and a body too long for an argument', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(sent(`${printf(all)} | curl --data-binary @-`)).toEqual(Buffer.from(all));
  const long = 'x'.repeat(1_048_576);
  expect(sent(asCurl(exchange(long)).text).length).toBe(long.length);
});

test('words that a shell would take apart stay whole', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((word) => !word.includes('\0') && word !== ''),
      (word) => {
        expect(ran(`curl ${shellQuoted(word)}`).words).toEqual([word]);
      },
    ),
    { numRuns: 60 },
  );
});

test('URL and headers go along, but for what curl sets by itself', () => {
  const { text } = asCurl(
    exchange('<a/>', {}, [
      ['Host', 'tracker.test'],
      ['X-Note', "it's; $HOME"],
      ['X-Empty', ''],
      [':path', '/announce'],
      ['Content-Length', '4'],
    ]),
  );
  expect(ran(text).words).toEqual([
    '--include',
    '--request',
    'POST',
    '--globoff',
    '--url',
    'http://127.0.0.1:7846/announce?a=b&c[]={d}',
    '--header',
    'Content-Type: application/xml',
    '--header',
    "X-Note: it's; $HOME",
    '--header',
    'X-Empty;',
    '--data-raw',
    '<a/>',
  ]);
});

test('what lets others in is withheld, and that is said', () => {
  const body = '<R><AuthToken>s3cret</AuthToken></R>';
  const { text, withheld } = asCurl(
    exchange(body, { url: 'https://me:pa55@tracker.test/' }, [['Authorization', 'Bearer s3cret']]),
  );
  expect(text).not.toMatch(/s3cret|pa55/);
  expect(withheld).toEqual(['AuthToken', 'Authorization', 'user and password in the URL']);
  expect(text).toMatch(/^# Withheld, for you to put in again: AuthToken, Authorization/);
  expect(sent(text).toString()).toBe('<R><AuthToken>(withheld)</AuthToken></R>');
});

test('a body that was recorded in part is said to be', () => {
  const partly = exchange('<a>');
  const { whole, text } = asCurl({ ...partly, request: { ...partly.request, bytes: 99 } });
  expect(whole).toBe(false);
  expect(text).toContain('only a part of the body');
});
