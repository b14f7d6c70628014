/** What came of an exchange, in a few words. */
import type { Exchange, ExchangeResult } from '../../../dashboard/state.ts';

type Failure = Extract<ExchangeResult, { kind: 'failed' }>['failure'];

export interface Outcome {
  readonly ok: boolean;
  /** The status of the answer, or why there was none: `200`, `403`, `timeout`. */
  readonly code: string;
  /** The error's name; empty without one. */
  readonly error: string;
}

const FAILURES: Record<Failure, { readonly word: string; readonly about: string }> = {
  unreachable: { word: 'unreachable', about: 'No server answered at this address.' },
  blocked: {
    word: 'blocked',
    about: 'The server is there, but its answer has no CORS headers: the browser may not read it.',
  },
  timeout: { word: 'timeout', about: 'No answer came in time.' },
  'too-large': { word: 'too large', about: 'The answer was larger than a peer list can be.' },
  'invalid-url': { word: 'invalid URL', about: 'No request can be sent to this address.' },
};

export function outcomeOf(result: ExchangeResult): Outcome {
  if (result.kind === 'failed') return { ok: false, code: FAILURES[result.failure].word, error: '' };
  const code = String(result.status);
  switch (result.verdict) {
    case 'ok':
      return { ok: true, code, error: '' };
    case 'error':
      return { ok: false, code, error: result.detail };
    case 'unreadable':
      return { ok: false, code, error: 'unreadable' };
    default:
      return result.verdict satisfies never;
  }
}

export const failureAbout = (failure: Failure): string => FAILURES[failure].about;

/** How a body can be laid out: by what it looks like, since an error page may come instead of a message. */
export function layoutKind(text: string): 'json' | 'xml' | undefined {
  const start = text.trimStart()[0];
  if (start === '{' || start === '[') return 'json';
  return start === '<' ? 'xml' : undefined;
}

export const sizeOfAnswer = (exchange: Exchange): number | undefined =>
  exchange.result.kind === 'answered' ? exchange.result.responseBytes : undefined;
