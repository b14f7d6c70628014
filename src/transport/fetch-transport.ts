/** Transport over `fetch`: the same in a Worker, a page and Node. The platform's parts come in, so that the core stays free of its types. */
import { RELAY_MARK } from './relay.ts';
import { MAX_ANSWER, retryAfterOf, type Transport, type WireAnswer, type WireRequest } from './transport.ts';

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

interface FetchedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): Reader } | null;
}

interface FetchOptions<Signal> {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly mode: 'cors' | 'no-cors';
  readonly signal: Signal;
  readonly credentials: 'omit';
  readonly cache: 'no-store';
  readonly redirect: 'follow';
  readonly referrerPolicy: 'no-referrer';
}

export interface FetchPlatform<Signal> {
  fetch(url: string, options: FetchOptions<Signal>): Promise<FetchedResponse>;
  /** A signal that fires after so many milliseconds, whether it has fired, and how to call it off. */
  deadline(milliseconds: number): { readonly signal: Signal; readonly expired: () => boolean; clear(): void };
  /** Milliseconds, for spacing the probes. */
  now(): number;
}

/** At most one probe in so many milliseconds: its answer holds for all requests that fail meanwhile. */
const PROBE_INTERVAL = 3000;
const PROBE_TIMEOUT = 2000;

export function createFetchTransport<Signal>(platform: FetchPlatform<Signal>): Transport {
  const common = {
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'follow',
    referrerPolicy: 'no-referrer',
  } as const;
  let probe:
    | {
        readonly url: string;
        readonly at: number;
        readonly answers: Promise<boolean>;
        readonly twice: Promise<boolean>;
        /** Asked once it is known that someone answers. */
        readable?: Promise<boolean>;
      }
    | undefined;

  /**
   * fetch hides from scripts why it failed. A request without CORS tells the two cases apart: it
   * succeeds (unreadable) when a server is there, and fails when none is.
   */
  async function someoneAnswers(url: string, mode: 'no-cors' | 'cors'): Promise<boolean> {
    const deadline = platform.deadline(PROBE_TIMEOUT);
    try {
      await platform.fetch(url, { method: 'GET', mode, signal: deadline.signal, ...common });
      return true;
    } catch {
      return false;
    } finally {
      deadline.clear();
    }
  }

  /** Two probes in a row must find someone: one may have met a tracker that had just come back. */
  function probed(url: string): Promise<boolean> {
    const now = platform.now();
    if (probe === undefined || probe.url !== url || now - probe.at > PROBE_INTERVAL) {
      const before = probe?.url === url ? probe.answers : Promise.resolve(false);
      const answers = someoneAnswers(url, 'no-cors');
      probe = { url, at: now, answers, twice: Promise.all([before, answers]).then(([a, b]) => a && b) };
    }
    return probe.twice;
  }

  /** A GET without headers of ours needs no preflight: if its answer may be read, the preflight is what fails. */
  async function blocked(url: string, detail: string): Promise<WireAnswer> {
    const readable = probe?.url === url ? (probe.readable ??= someoneAnswers(url, 'cors')) : undefined;
    return {
      kind: 'failed',
      failure: 'blocked',
      cause: (await readable) === true ? 'preflight' : 'no-cors',
      detail,
    };
  }

  return {
    async send(request: WireRequest): Promise<WireAnswer> {
      const deadline = platform.deadline(request.timeout);
      try {
        const response = await platform.fetch(request.url, {
          method: 'POST',
          headers: {
            'content-type': request.contentType,
            accept: request.contentType,
            ...(request.authorization === undefined ? {} : { authorization: request.authorization }),
          },
          body: request.body,
          mode: 'cors',
          signal: deadline.signal,
          ...common,
        });
        const body = await readBody(response);
        if (body === undefined)
          return {
            kind: 'failed',
            failure: 'too-large',
            detail: `The answer is longer than ${MAX_ANSWER} bytes.`,
          };
        const authenticate = response.headers.get('www-authenticate');
        const relay = response.headers.get(RELAY_MARK);
        return {
          kind: 'answered',
          status: response.status,
          reason: response.statusText,
          contentType: response.headers.get('content-type') ?? undefined,
          ...retryAfterOf(response.headers.get('retry-after')),
          body,
          ...(authenticate === null ? {} : { authenticate }),
          ...(relay === null ? {} : { relay }),
        };
      } catch (cause) {
        if (deadline.expired())
          return {
            kind: 'failed',
            failure: 'timeout',
            detail: `No answer within ${request.timeout / 1000} s.`,
          };
        const detail = cause instanceof Error ? cause.message : 'The request failed.';
        if (/\bURL\b/.test(detail)) return { kind: 'failed', failure: 'invalid-url', detail };
        if (await probed(request.url)) return await blocked(request.url, detail);
        return { kind: 'failed', failure: 'unreachable', detail };
      } finally {
        deadline.clear();
      }
    },
  };
}

async function readBody(response: FetchedResponse): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (value === undefined) continue;
    length += value.length;
    if (length > MAX_ANSWER) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
