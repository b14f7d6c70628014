/** Puts an answer on the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { drain } from './body.ts';
import { carriesBody } from './plain-request.ts';

export interface PlainAnswer {
  readonly status: number;
  /** Reason-Phrase; that of the status unless told otherwise. */
  readonly reason?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

function writeHead(response: ServerResponse, { status, reason, headers, body }: PlainAnswer): void {
  const fields = { ...headers, 'content-length': body.length };
  if (reason === undefined) response.writeHead(status, fields);
  else response.writeHead(status, reason, fields);
}

export function sendAnswer(response: ServerResponse, answer: PlainAnswer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

/** Answers a request whose body may not have been read, and not be worth reading. */
export async function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PlainAnswer,
): Promise<void> {
  if (request.complete || !carriesBody(request)) return sendAnswer(response, answer);
  response.shouldKeepAlive = false;
  writeHead(response, answer);
  if (answer.body.length > 0) response.write(answer.body);
  else response.flushHeaders();
  // The answer is out; ending it closes the connection, which must wait for the client's bytes.
  await drain(request);
  response.end();
  return undefined;
}
