/** A request as JavaScript that sends it, and an exchange as a test case in TypeScript. */
import { encodeBase64 } from '../../protocol/base64.ts';
import { withoutSecrets } from '../../protocol/secrets.ts';
import { bodyOf, bytesOf } from '../record.ts';
import type { RecordedExchange } from '../record.ts';
import { remarksOn, requestToCopy, snippetOf, type Snippet } from './request.ts';

/** A literal of JavaScript in single quotes; what cannot be seen is escaped. */
export function quoted(text: string): string {
  const escaped = text.replace(
    // oxlint-disable-next-line no-control-regex
    /[\\'\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu,
    (sign) => ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `'${escaped}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": String.raw`\'`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

const bytesLiteral = (bytes: Uint8Array): string =>
  `Uint8Array.from(atob('${encodeBase64(bytes)}'), (sign) => sign.charCodeAt(0))`;

const commented = (remarks: readonly string[], indent = ''): string =>
  remarks.map((remark) => `${indent}// ${remark}\n`).join('');

/** For a browser's console or Node. */
export function asFetch(exchange: RecordedExchange): Snippet {
  const request = requestToCopy(exchange);
  const { url, headers, body, text } = request;
  const lines = headers.map(([name, value]) => `    [${quoted(name)}, ${quoted(value)}],\n`);
  const code = `${commented(remarksOn(request))}const response = await fetch(${quoted(url)}, {
  method: 'POST',
  headers: [
${lines.join('')}  ],
  body: ${text === undefined ? bytesLiteral(body) : quoted(text)},
});
console.log(response.status, response.statusText, await response.text());
`;
  return snippetOf(request, code);
}

const property = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `  ${name}: ${value},\n`;

const texted = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : quoted(value);

function bodyLiteral(bytes: Uint8Array): string {
  const body = bodyOf(bytes);
  return typeof body === 'string' ? quoted(body) : bytesLiteral(body);
}

/** What was sent and what came back, as an object to put among golden messages. */
export function asTestCase(exchange: RecordedExchange): Snippet {
  const request = requestToCopy(exchange);
  const { edition, method, verdict, error, result } = exchange;
  const media = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const response = result.kind === 'answered' ? withoutSecrets(bytesOf(result.body ?? '')) : undefined;
  const answer =
    result.kind === 'answered'
      ? `  response: {\n${[
          property('status', String(result.status)),
          property('contentType', texted(result.contentType)),
          property('body', bodyLiteral(response?.body ?? new Uint8Array())),
        ]
          .join('')
          .replaceAll(/^/gm, '  ')
          .trimEnd()}\n  },\n`
      : property('failure', quoted(result.failure));
  const code = `${commented(remarksOn(request))}export const ${nameOf(exchange)} = {
${[
  property('edition', texted(edition)),
  property('method', texted(method)),
  property('verdict', quoted(verdict)),
  property('error', texted(error)),
].join('')}  request: {
${property('contentType', texted(media)).replace(/^(?=.)/, '  ')}    body: ${bodyLiteral(request.body)},
  },
${answer}} as const;
`;
  return snippetOf(request, code);
}

/** `connectForbidden`, `findOk`. */
function nameOf({ method, error, verdict }: RecordedExchange): string {
  const words = [...(method ?? 'exchange').split('_'), ...(error ?? verdict).split(/[^A-Za-z0-9]+/)];
  return words
    .map((word) => word.toLowerCase())
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
