/**
 * `GET /events`: server-sent events to a bounded number of readers. A reader that falls behind is not
 * buffered for: it misses events, and is told how many (`event: missed`) once it reads again.
 */
import type { ServerResponse } from 'node:http';

export interface EventStreamOptions {
  readonly maxSubscribers: number;
  /** Milliseconds between comment lines that keep middle boxes from closing an idle stream. */
  readonly heartbeat: number;
}

export class EventStream {
  readonly #options: EventStreamOptions;
  /** Each reader with the number of events it has missed. */
  readonly #missed = new Map<ServerResponse, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#missed.size >= this.#options.maxSubscribers;
  }

  /** Makes an answer that has not begun a stream of events. */
  subscribe(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Some proxies hold back what they could still batch.
      'x-accel-buffering': 'no',
    });
    response.write(': connected\n\n');
    this.#missed.set(response, 0);
    response.on('drain', () => this.#catchUp(response));
    response.on('error', () => this.#missed.delete(response));
    response.on('close', () => {
      this.#missed.delete(response);
      if (this.#missed.size === 0) this.#stopTimer();
    });
    this.#timer ??= setInterval(() => this.#send(': still here\n\n', 0), this.#options.heartbeat).unref();
  }

  /** `line` is made only when somebody reads. */
  publish(line: () => unknown): void {
    if (this.#missed.size > 0) this.#send(`data: ${JSON.stringify(line())}\n\n`, 1);
  }

  /** Ends every stream; readers that reconnect find the server gone. */
  end(): void {
    this.#stopTimer();
    for (const response of this.#missed.keys()) response.end();
    this.#missed.clear();
  }

  #send(text: string, events: number): void {
    for (const [response, missed] of this.#missed) {
      if (response.writableNeedDrain) this.#missed.set(response, missed + events);
      else response.write(text);
    }
  }

  #catchUp(response: ServerResponse): void {
    const missed = this.#missed.get(response);
    if (missed === undefined || missed === 0) return;
    this.#missed.set(response, 0);
    response.write(`event: missed\ndata: {"missed":${missed}}\n\n`);
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
