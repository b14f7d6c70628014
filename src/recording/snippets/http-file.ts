/** A request as an `.http` file, which editors send: REST Client of VS Code, and the client of JetBrains. */
import type { RecordedExchange } from '../record.ts';
import { remarksOn, requestToCopy, snippetOf, type Snippet } from './request.ts';

/** `undefined` where the body is no text, or has what these files cannot hold: their own separators, and bare returns. */
export function asHttpFile(exchange: RecordedExchange): Snippet | undefined {
  const request = requestToCopy(exchange);
  const { url, headers, text } = request;
  if (text === undefined || /\r|^###|^<|\{\{/m.test(text.replace(/^<(?=[?!A-Za-z])/gm, ''))) return undefined;
  const head = [`POST ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const remarks = remarksOn(request).map((remark) => `# ${remark}\n`);
  return snippetOf(request, `${remarks.join('')}${head.join('\n')}\n\n${text}\n`);
}
