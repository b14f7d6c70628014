/** A run as JSON, for programs. */
import type { CaseResult, Exchange, Headers } from '../case.ts';
import { count } from '../run.ts';
import { shownBody } from './report.ts';
import type { RunReport } from './report.ts';

export function jsonReport({ subject, tool, started, milliseconds, results }: RunReport): string {
  const report = {
    subject,
    tool,
    started,
    milliseconds,
    counts: count(results),
    results: results.map(plain),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function plain({ info, verdict, milliseconds, exchanges }: CaseResult): object {
  return { ...info, ...verdict, milliseconds, exchanges: exchanges.map(plainExchange) };
}

function plainExchange({ step, at, took, request, answer, failure }: Exchange): object {
  const message = ({ headers, body }: { readonly headers: Headers; readonly body: Uint8Array }): object => ({
    headers,
    body: shownBody(body),
  });
  return {
    step,
    at,
    took,
    request: { method: request.method, target: request.target, ...message(request) },
    ...(answer && { answer: { status: answer.status, reason: answer.reason, ...message(answer) } }),
    ...(failure !== undefined && { failure }),
  };
}
