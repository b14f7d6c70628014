/** Nodes on a wound clock with exact events: what the tests of streaming share. */
import type { LinkMessage } from './link-message.ts';
import { StreamingNode } from './node.ts';
import type { NodeOptions } from './options.ts';

interface Due {
  readonly at: number;
  /** Who was first planned is first, of two at one time. */
  readonly turn: number;
  readonly name: string;
  /** Undefined: it wakes. */
  readonly message: LinkMessage | undefined;
}

/** Messages take `delay`; each node is stepped when it asks to be, at the next multiple of `step`. Times in milliseconds, on whole microseconds. */
export class WoundSwarm {
  readonly nodes = new Map<string, StreamingNode>();
  now = 0;
  /** Events met. */
  met = 0;
  readonly #delay: number;
  readonly #step: number;
  readonly #loss: number;
  readonly #defaults: Partial<NodeOptions>;
  readonly #wakes = new Map<string, number>();
  readonly #steppedAt = new Map<string, number>();
  #heap: Due[] = [];
  #turns = 0;
  #dice: number;

  constructor(defaults: Partial<NodeOptions> = {}, { delay = 20, step = 0.001, loss = 0, seed = 1 } = {}) {
    this.#defaults = defaults;
    this.#delay = delay;
    this.#step = step;
    this.#loss = loss;
    // Neighbouring seeds begin far apart.
    this.#dice = (seed * 1_299_721) % 2_147_483_647;
  }

  /** Park and Miller's generator: the test is the same every time. */
  readonly random = (): number => (this.#dice = (this.#dice * 48_271) % 2_147_483_647) / 2_147_483_647;

  add(name: string, options: Partial<NodeOptions> = {}): StreamingNode {
    const node = new StreamingNode({
      endpoint: name,
      peerId: `id of ${name}`,
      handle: this.nodes.size,
      swarm: 0,
      chunks: 64,
      chunkBytes: 10_000,
      chunkSeconds: undefined,
      source: false,
      upload: 50_000,
      download: 400_000,
      maxLinks: 8,
      random: this.random,
      post: (message) => {
        if (this.#loss > 0 && this.random() < this.#loss) return;
        this.#push({ at: this.now + this.#delay, turn: this.#turns++, name: message.to, message });
      },
      ...this.#defaults,
      ...options,
    });
    this.nodes.set(name, node);
    this.#steppedAt.set(name, this.now);
    this.#plan(name, node, this.now);
    return node;
  }

  introduce(to: StreamingNode, ...names: string[]): void {
    to.learn(names.map((endpoint) => ({ endpoint, peerId: `id of ${endpoint}` })));
    this.#plan(to.options.endpoint, to, this.now);
  }

  /** Gone without a word; `leave` it before for a good-bye. */
  remove(name: string): void {
    this.nodes.delete(name);
    this.#wakes.delete(name);
  }

  run(seconds: number): void {
    const until = this.now + seconds * 1000;
    for (let due = this.#heap[0]; due !== undefined && due.at <= until; due = this.#heap[0]) {
      this.#pop();
      const node = this.nodes.get(due.name);
      if (node === undefined) {
        if (due.message?.kind === 'hello') this.#refuse(due.message);
        continue;
      }
      if (due.message === undefined && this.#wakes.get(due.name) !== due.at) continue;
      this.now = due.at;
      this.met++;
      if (due.message === undefined) {
        this.#wakes.delete(due.name);
        node.step(this.now, (this.now - (this.#steppedAt.get(due.name) ?? 0)) / 1000);
        this.#steppedAt.set(due.name, this.now);
      } else node.receive(due.message, this.now);
      this.#plan(due.name, node, this.now + 0.001);
    }
    this.now = until;
  }

  #refuse({ from, to }: LinkMessage): void {
    const message: LinkMessage = { kind: 'refuse', from: to, to: from };
    this.#push({ at: this.now + this.#delay, turn: this.#turns++, name: from, message });
  }

  #plan(name: string, { wakeAt }: StreamingNode, earliest: number): void {
    if (wakeAt === undefined) return;
    // The next whole step.
    const due = Math.max(wakeAt, earliest);
    const at = Math.round(Math.ceil(due / this.#step - 1e-6) * this.#step * 1000) / 1000;
    if (at >= (this.#wakes.get(name) ?? Infinity)) return;
    this.#wakes.set(name, at);
    this.#push({ at, turn: this.#turns++, name, message: undefined });
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.length;
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = heap[(at - 1) >> 1];
      if (parent === undefined || before(parent, due)) break;
      heap[at] = parent;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let next = 2 * at + 1;
      const [left, right] = [heap[next], heap[next + 1]];
      if (left === undefined) break;
      if (right !== undefined && before(right, left)) next++;
      const least = heap[next];
      if (least === undefined || before(last, least)) break;
      heap[at] = least;
      at = next;
    }
    heap[at] = last;
  }
}

const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn);
