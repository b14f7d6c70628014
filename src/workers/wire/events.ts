/**
 * Events of a tracker or of a recording proxy, read as they come: without credentials, each of a bounded length, taken
 * up again after growing pauses. What is wrong with the way to them is said in words.
 */
import type { EventsReport } from '../messages.ts';
import { EventLines } from './event-lines.ts';

/** Milliseconds between two attempts: at first, and at the most. */
const AGAIN = { first: 1000, most: 30_000 } as const;
/** Milliseconds after which a stream that says nothing at all is given up: ours says something every 15 s. */
const SILENCE = 60_000;

export interface EventsListener {
  /** The data of one event. */
  event(data: unknown): void;
  state(report: EventsReport): void;
}

/** Until `stop` is called. */
export function listenTo(url: string, listener: EventsListener): { stop(): void } {
  const over = new AbortController();
  let missed = 0;
  let pause: number = AGAIN.first;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (state: EventsReport['state'], problem?: string): void => {
    if (!over.signal.aborted)
      listener.state({ url, state, missed, ...(problem === undefined ? {} : { problem }) });
  };

  async function attempt(): Promise<void> {
    const problem = await read().catch((cause: unknown) => describe(url, cause, over.signal));
    if (over.signal.aborted) return;
    say('trouble', problem);
    timer = setTimeout(() => void attempt(), pause);
    pause = Math.min(AGAIN.most, pause * 2);
  }

  /** Resolves with what is wrong once it is. */
  async function read(): Promise<string> {
    const quiet = new AbortController();
    let watch = setTimeout(() => quiet.abort(), SILENCE);
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream' },
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([over.signal, quiet.signal]),
    });
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || response.body === null || !/^text\/event-stream\b/i.test(type)) {
      clearTimeout(watch);
      await response.body?.cancel();
      return response.status === 503
        ? 'It has too many readers already.'
        : `It answers ${response.status}${type === '' ? '' : ` with ${mediaType(type)}`}, which is no stream of events. Name the /events of swarmscope proxy, or of a swarmscope tracker.`;
    }
    say('open');
    const lines = new EventLines();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(watch);
      if (done) return 'The stream of events came to its end.';
      // It does as it should: the next loss is met at once.
      pause = AGAIN.first;
      watch = setTimeout(() => quiet.abort(), SILENCE);
      const before = missed;
      for (const event of lines.take(value)) take(event);
      missed += lines.takeDropped();
      if (missed !== before) say('open');
    }
  }

  function take({ name, data }: { readonly name: string; readonly data: string }): void {
    const value = parsed(data);
    if (value === undefined) missed++;
    else if (name === 'message') listener.event(value);
    else if (name === 'missed') missed += missedIn(value);
  }

  say('connecting');
  void attempt();
  return {
    stop() {
      over.abort();
      clearTimeout(timer);
    },
  };
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}

/** How many a server left out for a reader that was too slow (src/node/event-stream.ts). */
function missedIn(value: unknown): number {
  const missed = typeof value === 'object' && value !== null && 'missed' in value ? value.missed : 0;
  return typeof missed === 'number' && Number.isSafeInteger(missed) && missed > 0 ? missed : 0;
}

const mediaType = (type: string): string =>
  (/^[\w.+-]+\/[\w.+-]+/.exec(type)?.[0] ?? 'something').slice(0, 60);

/** A browser says of a failed request only that it failed: whether anybody answers at all tells the rest. */
async function describe(url: string, cause: unknown, signal: AbortSignal): Promise<string> {
  if (cause instanceof DOMException && cause.name === 'AbortError')
    return 'It has said nothing for a minute.';
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal });
    return 'Something answers there, but does not let this page read it, or sends it elsewhere: it needs Access-Control-Allow-Origin (swarmscope has it unless --cors says otherwise).';
  } catch {
    return 'Nothing can be reached there. Start it (npm run -s swarmscope -- proxy --target URL), or check address and port.';
  }
}
