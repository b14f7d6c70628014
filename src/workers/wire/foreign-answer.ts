/** An exchange of somebody else's as messages, read from its bytes once more. */
import { readAnswer } from '../../protocol/answer.ts';
import { askedBy } from '../../protocol/codec.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import type { Request, Response } from '../../protocol/message.ts';
import { bytesOf } from '../../recording/record.ts';
import type { RecordedExchange } from '../../recording/record.ts';

export function requestIn({ edition, request }: RecordedExchange): Request | undefined {
  if (edition === undefined || request.body === undefined) return undefined;
  const decoded = codecOf(edition).decodeRequest(bytesOf(request.body));
  return decoded.ok ? decoded.message : undefined;
}

/** Undefined: there is no good one. */
export function answerIn(exchange: RecordedExchange): Extract<Response, { outcome: 'success' }> | undefined {
  const { edition, result } = exchange;
  const request = requestIn(exchange);
  if (edition === undefined || request === undefined) return undefined;
  if (result.kind !== 'answered' || result.body === undefined) return undefined;
  const { status, reason, contentType } = result;
  const http = { status, reason, contentType, body: bytesOf(result.body) };
  const read = readAnswer(codecOf(edition), request.method, http, askedBy(request));
  return read.ok && read.message.outcome === 'success' ? read.message : undefined;
}
