/** A request as a command for a POSIX shell, byte for byte. */
import type { RecordedExchange } from '../record.ts';
import { remarksOn, requestToCopy, snippetOf, type Snippet } from './request.ts';

/** One word of the shell, whatever stands in it but NUL. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Linux takes no argument over 128 KiB; macOS and Windows none much longer. */
const MAX_ARGUMENT = 100_000;
/** What a terminal may make something else of when it is pasted: controls other than the line feed. */
// oxlint-disable-next-line no-control-regex
const FRAGILE = /[\0-\x09\x0b-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]/;

/**
 * Text goes in as an argument. Bytes that are none, controls, and what is too long for an argument go through a
 * `printf`, which is part of the shell: its escapes are octal, the only ones that every POSIX shell has.
 */
export function asCurl(exchange: RecordedExchange): Snippet {
  const request = requestToCopy(exchange);
  const { url, headers, body, text } = request;
  // curl reads brackets and braces as patterns.
  const target = `${/[[\]{}]/.test(url) ? '--globoff ' : ''}--url ${shellQuoted(url)}`;
  const words = [
    `curl --include --request POST ${target}`,
    ...headers.map(
      ([name, value]) => `--header ${shellQuoted(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
  ];
  // Without a Content-Type of its own curl would write one for forms.
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
    words.push("--header 'Content-Type:'");
  const plain = text !== undefined && text.length <= MAX_ARGUMENT && !FRAGILE.test(text);
  // Not --data-binary here: it would read a file for a body that begins with @.
  words.push(plain ? `--data-raw ${shellQuoted(text)}` : '--data-binary @-');
  const command = words.join(' \\\n  ');
  const remarks = remarksOn(request).map((remark) => `# ${remark}\n`);
  return snippetOf(request, `${remarks.join('')}${plain ? command : `${printf(body)} |\n${command}`}\n`);
}

const PERCENT = 0x25;
const QUOTE = 0x27;
const BACKSLASH = 0x5c;

export function printf(body: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of body) {
    if (byte === PERCENT) parts.push('%%');
    else if (byte >= 0x20 && byte < 0x7f && byte !== QUOTE && byte !== BACKSLASH)
      parts.push(String.fromCharCode(byte));
    else parts.push(`\\${byte.toString(8).padStart(3, '0')}`);
  }
  // A format that begins with a dash would pass for an option.
  const format = parts.join('').replace(/^-/, String.raw`\055`);
  return `printf '${format}'`;
}
