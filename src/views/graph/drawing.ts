/** The main thread's end of the drawing worker: canvases, the worker that owns them, and the feed into it. */
import { FOREIGN_WORKER } from '../../dashboard/feed.ts';
import type { Feed, FeedMessage, FeedSwarm, ForeignNews } from '../../dashboard/feed.ts';
import type { RendererWish } from '../../dashboard/renderer.ts';
import type { GraphCommand, GraphReport, GraphSize, GraphSnapshot, GraphTheme, Pulse } from './messages.ts';

type Snapshot = Extract<FeedMessage, { kind: 'snapshot' }>['snapshot'];

interface DrawingEvents {
  onReport(report: GraphReport): void;
  onSwarms(swarms: readonly FeedSwarm[]): void;
  /** The worker is gone; nothing will be drawn any more. */
  onDeath(why: string): void;
}

/** Where the canvases go: the picture, and its overview. */
interface Hosts {
  readonly stage: HTMLElement;
  readonly corner: HTMLElement;
}

interface Looks {
  readonly theme: GraphTheme;
  readonly reducedMotion: boolean;
  readonly renderer: RendererWish;
}

export class Drawing {
  readonly #canvases: readonly HTMLCanvasElement[];
  readonly #worker: Worker;
  readonly #leave: () => void;
  readonly #watcher: ResizeObserver;
  readonly #onVisibility: () => void;
  readonly #host: HTMLElement;
  #shown = true;
  /** Of the swarms, as last told. */
  #names = '';

  constructor(
    { stage: host, corner }: Hosts,
    feed: Feed,
    { theme, reducedMotion, renderer }: Looks,
    events: DrawingEvents,
  ) {
    this.#host = host;
    // Made here and not by React: a canvas can give its control away only once, a component may start twice.
    this.#canvases = [host, corner].map((place) => {
      const canvas = document.createElement('canvas');
      canvas.className = 'graph-canvas';
      place.prepend(canvas);
      return canvas;
    });
    this.#worker = new Worker(new URL('./graph.worker.ts', import.meta.url), {
      type: 'module',
      name: 'swarm graph',
    });
    this.#worker.onmessage = ({ data }: MessageEvent<GraphReport>) => events.onReport(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      events.onDeath(event.message === '' ? 'its program could not be loaded' : event.message);
    };
    this.#worker.onmessageerror = () => events.onDeath('a message to it was unreadable');

    const [canvas, minimap] = this.#canvases.map((one) => one.transferControlToOffscreen()) as [
      OffscreenCanvas,
      OffscreenCanvas,
    ];
    const init = {
      kind: 'init',
      canvas,
      minimap,
      size: sizeOf(host),
      theme,
      reducedMotion,
      renderer,
    } satisfies GraphCommand;
    this.#worker.postMessage(init, [canvas, minimap]);
    this.#watcher = new ResizeObserver(() => this.#fit());
    this.#watcher.observe(host);
    this.#onVisibility = () => this.send({ kind: 'visible', visible: this.#shown && !document.hidden });
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#onVisibility();
    this.#leave = feed.subscribe((message) => {
      switch (message.kind) {
        case 'reset':
          this.#names = '';
          this.#tellSwarms(message.swarms, events);
          this.send({ kind: 'reset', swarms: message.swarms, seed: message.seed });
          break;
        case 'handed out before':
          this.send({ kind: 'handed out before', pairs: message.pairs });
          break;
        case 'snapshot':
          this.send({ kind: 'snapshot', worker: message.worker, snapshot: forGraph(message.snapshot) });
          break;
        case 'foreign': {
          const { swarms, news } = message;
          this.#tellSwarms(swarms, events);
          this.send({ kind: 'foreign', swarms, worker: FOREIGN_WORKER, snapshot: ofForeign(news) });
          break;
        }
        default:
          message satisfies never;
      }
    });
  }

  send(command: GraphCommand): void {
    this.#worker.postMessage(command satisfies GraphCommand);
  }

  #tellSwarms(swarms: readonly FeedSwarm[], events: DrawingEvents): void {
    const names = JSON.stringify(swarms.map(({ id }) => id));
    if (names === this.#names) return;
    this.#names = names;
    events.onSwarms(swarms);
  }

  /** Whether it is in sight; out of sight it is not drawn and keeps its size. */
  show(shown: boolean): void {
    this.#shown = shown;
    this.#fit();
    this.#onVisibility();
  }

  #fit(): void {
    if (this.#shown) this.send({ kind: 'resize', size: sizeOf(this.#host) });
  }

  dispose(): void {
    this.#leave();
    this.#watcher.disconnect();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#worker.terminate();
    for (const canvas of this.#canvases) canvas.remove();
  }
}

function sizeOf(host: HTMLElement): GraphSize {
  return { width: host.clientWidth, height: host.clientHeight, dpr: Math.min(2, devicePixelRatio) };
}

/** Message texts stay here: copying them to the worker would cost more than all the rest. */
function forGraph(snapshot: Snapshot): GraphSnapshot {
  const pulses = snapshot.exchanges.map(({ peer, swarm, at, result }): Pulse => {
    const outcome = result.kind === 'failed' ? 'failed' : result.verdict === 'ok' ? 'ok' : 'error';
    return { peer, swarm, at, outcome };
  });
  return {
    at: snapshot.at,
    peers: snapshot.peers,
    links: snapshot.links,
    births: snapshot.births.map(({ handle, peerId, asn }) => ({ handle, peerId, asn })),
    handedOut: snapshot.handedOut,
    ends: snapshot.ends,
    pulses,
    omitted: snapshot.exchangesOmitted,
    tracker: snapshot.tracker.state,
  };
}

/** They tell nothing of how the tracker is, and of links only their peers know. */
const ofForeign = ({ at, peers, births, ends, pulses }: ForeignNews): GraphSnapshot => ({
  at,
  peers,
  links: new Uint32Array(),
  births: births.map(({ handle, peerId, asn }) => ({ handle, peerId, asn })),
  handedOut: new Uint32Array(),
  ends,
  pulses,
  omitted: 0,
  tracker: 'unknown',
});
