/** An exchange in the forms in which it is taken elsewhere. None holds what lets others in. */
import { withoutSecrets } from '../../protocol/secrets.ts';
import { formatLine } from '../line.ts';
import { recordedHeaders } from '../headers.ts';
import { bodyOf, bytesOf } from '../record.ts';
import type { RecordedExchange, RecordedMessage } from '../record.ts';
import { asFetch, asTestCase } from './code.ts';
import { asCurl } from './curl.ts';
import { asHttpFile } from './http-file.ts';
import { requestToCopy, snippetOf, type Snippet } from './request.ts';

export type { Snippet };

export const FORMS = ['curl', 'fetch', 'http', 'test', 'record', 'raw-request', 'raw-response'] as const;
export type Form = (typeof FORMS)[number];

/** `undefined` where the exchange has no such form: a body that is no text, an answer that never came. */
export function snippetIn(form: Form, exchange: RecordedExchange): Snippet | undefined {
  switch (form) {
    case 'curl':
      return asCurl(exchange);
    case 'fetch':
      return asFetch(exchange);
    case 'http':
      return asHttpFile(exchange);
    case 'test':
      return asTestCase(exchange);
    case 'record':
      return asRecord(exchange);
    case 'raw-request':
      return asRaw(exchange.request);
    case 'raw-response':
      return exchange.result.kind === 'answered' ? asRaw(exchange.result) : undefined;
    default:
      return form satisfies never;
  }
}

/** A line of a recording. `bytes` stays that of the wire. */
function asRecord(exchange: RecordedExchange): Snippet {
  const { result } = exchange;
  const safe: RecordedExchange = {
    ...exchange,
    url: requestToCopy(exchange).url,
    request: maskedMessage(exchange.request),
    result: result.kind === 'answered' ? { ...result, ...maskedMessage(result) } : result,
  };
  return snippetOf(requestToCopy(exchange), `${formatLine(safe)}\n`);
}

function maskedMessage(message: RecordedMessage): RecordedMessage {
  const { headers, body } = message;
  return {
    ...message,
    ...(headers && { headers: recordedHeaders(headers) }),
    ...(body !== undefined && { body: bodyOf(withoutSecrets(bytesOf(body)).body) }),
  };
}

function asRaw({ body, bytes }: RecordedMessage): Snippet | undefined {
  if (body === undefined) return undefined;
  const { body: masked, masked: withheld } = withoutSecrets(bytesOf(body));
  const kept = bodyOf(masked);
  if (typeof kept !== 'string') return undefined;
  return { text: kept, withheld: withheld ? ['AuthToken'] : [], whole: bytesOf(body).length === bytes };
}
