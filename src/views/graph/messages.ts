/** The only place where what crosses to the drawing worker and back is declared. Types only. */
import type { ColourBy } from './colouring.ts';
import type { RendererWish } from '../../dashboard/renderer.ts';
import type { EditionId } from '../../protocol/message.ts';
import type { PeerBirth, PeerColumns, PeerEnd, PeerHandle, PeerPhase } from '../../dashboard/feed.ts';

/** CSS colours as the browser resolved them; the worker cannot read style sheets. */
export interface GraphTheme {
  readonly ground: string;
  readonly panel: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly seed: string;
  readonly leech: string;
  readonly tracker: string;
  readonly error: string;
  readonly selected: string;
  readonly font: string;
  readonly mono: string;
  /** 1, or more for a projector: text and strokes grow with it. */
  readonly scale: number;
}

export interface GraphSwarm {
  readonly id: string;
  readonly kind: 'vod' | 'live';
}

/** `failed`: no answer came. */
export type Outcome = 'ok' | 'error' | 'failed';

/** One request and how it ended. */
export interface Pulse {
  readonly peer: PeerHandle;
  readonly swarm: number;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly outcome: Outcome;
}

export type TrackerHealth = 'unknown' | 'ok' | 'trouble';

/** What the graph needs of a worker's snapshot: no message texts. */
export interface GraphSnapshot {
  readonly at: number;
  readonly peers: PeerColumns;
  /** Streaming links, a pair of handles each. */
  readonly links: Uint32Array<ArrayBuffer>;
  readonly births: readonly Pick<PeerBirth, 'handle' | 'peerId' | 'asn'>[];
  /** Whom answers listed, and how often: pairs. */
  readonly handedOut: Uint32Array<ArrayBuffer>;
  readonly ends: readonly PeerEnd[];
  readonly pulses: readonly Pulse[];
  /** Requests that happened but are not among `pulses`. */
  readonly omitted: number;
  readonly tracker: TrackerHealth;
}

export interface GraphSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
}

/** Screen positions and distances are CSS pixels from the canvas's top left corner. */
export type GraphCommand =
  | {
      readonly kind: 'init';
      readonly canvas: OffscreenCanvas;
      /** For the overview in the corner. */
      readonly minimap: OffscreenCanvas;
      readonly size: GraphSize;
      readonly theme: GraphTheme;
      readonly reducedMotion: boolean;
      readonly renderer: RendererWish;
    }
  /** A new run: nothing of the one before stays. */
  | { readonly kind: 'reset'; readonly swarms: readonly GraphSwarm[]; readonly seed: number }
  /** In this run, before the picture was there: whom answers listed, and how often. */
  | { readonly kind: 'handed out before'; readonly pairs: Uint32Array<ArrayBuffer> }
  | { readonly kind: 'snapshot'; readonly worker: number; readonly snapshot: GraphSnapshot }
  /** Peers of others. `swarms`: those of the reset, and places of their own after these, which come and go. */
  | {
      readonly kind: 'foreign';
      readonly swarms: readonly GraphSwarm[];
      readonly worker: number;
      readonly snapshot: GraphSnapshot;
    }
  | {
      readonly kind: 'select';
      readonly peer: PeerHandle | undefined;
      readonly listed: readonly PeerHandle[];
    }
  | { readonly kind: 'pointer'; readonly at: { readonly x: number; readonly y: number } | undefined }
  | { readonly kind: 'click'; readonly x: number; readonly y: number }
  | { readonly kind: 'double-click'; readonly x: number; readonly y: number }
  /** The hand comes down, to move what is under it or to draw a line around peers. */
  | {
      readonly kind: 'press';
      readonly how: 'grab' | 'lasso';
      readonly x: number;
      readonly y: number;
    }
  /** It is there now, `dx`, `dy` from where it was: what it holds moves along, or else the map. */
  | {
      readonly kind: 'drag';
      readonly x: number;
      readonly y: number;
      readonly dx: number;
      readonly dy: number;
    }
  /** `dropped`: whatever it was about, it is not to be. */
  | { readonly kind: 'release'; readonly dropped: boolean }
  /** Pins the peer, by default the selected one, where it is, or lets it go. */
  | { readonly kind: 'pin'; readonly peer: PeerHandle | undefined }
  /** Lets go of the peer there, if it is pinned. */
  | { readonly kind: 'unpin'; readonly x: number; readonly y: number }
  /** The selected peer moves and stays there. */
  | { readonly kind: 'nudge'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'unpin-all' }
  /** All of a swarm, or of a class of what the discs' colours mean, is to be told as `gathered`, under this name. */
  | {
      readonly kind: 'gather';
      readonly from: 'swarm' | 'class';
      readonly index: number;
      readonly what: string;
    }
  /** These stand out; `alone`: the others step back. */
  | { readonly kind: 'picked'; readonly peers: readonly PeerHandle[]; readonly alone: boolean }
  | { readonly kind: 'fit-picked' }
  /** The view goes to a point of the overview, CSS pixels from its upper left corner. */
  | { readonly kind: 'look'; readonly x: number; readonly y: number }
  | { readonly kind: 'fit' }
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number }
  /** About a screen point, or the middle. `smooth`: a single step (a key), not one of a stream of them. */
  | {
      readonly kind: 'zoom';
      readonly factor: number;
      readonly about: { readonly x: number; readonly y: number } | undefined;
      readonly smooth: boolean;
    }
  | { readonly kind: 'follow'; readonly peer: PeerHandle | undefined }
  /** `chosen`: indices of the classes that stand out; none: all do. */
  | { readonly kind: 'paint'; readonly by: ColourBy; readonly chosen: readonly number[] }
  | { readonly kind: 'theme'; readonly theme: GraphTheme }
  | { readonly kind: 'motion'; readonly reduced: boolean }
  | { readonly kind: 'resize'; readonly size: GraphSize }
  | { readonly kind: 'visible'; readonly visible: boolean }
  /** The present view: as a picture at this scale, or (without one) the peers in it. Answered by `taken`. */
  | { readonly kind: 'take'; readonly ask: number; readonly scale: number | undefined };

/** A peer in the present view; what is not known of it is left out. */
export interface ShownPeer {
  readonly handle: PeerHandle;
  readonly id: string;
  readonly swarm: string;
  readonly mode: 'SEED' | 'LEECH';
  readonly edition: string;
  readonly phase: string;
  readonly foreign: boolean;
  readonly share: number | undefined;
  /** Bytes/s. */
  readonly upload: number | undefined;
  readonly download: number | undefined;
}

/** What lies under the pointer. */
export type GraphTarget =
  | {
      readonly kind: 'peer';
      readonly handle: PeerHandle;
      readonly peerId: string;
      readonly swarm: number;
      readonly seed: boolean;
      /** Not one of ours: what it holds and carries is not known. */
      readonly foreign: boolean;
      /** Spoken now. */
      readonly edition: EditionId;
      readonly phase: PeerPhase;
      readonly share: number;
      readonly upload: number;
      readonly download: number;
      readonly links: number;
      /** Autonomous system; 0: not known. */
      readonly asn: number;
      /** In answers to this page's peers: all it was on, and those of the last minute. */
      readonly handedOut: number;
      readonly handedOutLately: number;
    }
  | {
      readonly kind: 'swarm';
      readonly swarm: number;
      readonly peers: number;
      readonly seeds: number;
      readonly foreign: number;
    }
  | { readonly kind: 'tracker'; readonly health: TrackerHealth; readonly rate: number };

export interface GraphHover {
  readonly target: GraphTarget;
  /** Screen position of the thing itself and how far it reaches, so that a card can stand beside it. */
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  /** Size of the canvas, for the card to stay within it. */
  readonly width: number;
  readonly height: number;
}

/** What draws the links and the discs. */
export type Renderer = Exclude<RendererWish, 'measured'>;

/** What happened during about the last second. */
export interface GraphStats {
  readonly renderer: Renderer;
  readonly nodes: number;
  /** Of the nodes, those that are not ours. */
  readonly foreign: number;
  readonly links: number;
  /** Frames per second while there was something to draw. */
  readonly fps: number;
  /** Means over the frames, milliseconds. */
  readonly tickMs: number;
  readonly drawMs: number;
  /** Milliseconds from one frame to the next: half of them came within, and all but a twentieth. */
  readonly p50: number;
  readonly p95: number;
  /** All of these times, in order. */
  readonly intervals: readonly number[];
}

export type GraphReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'hover'; readonly hover: GraphHover | undefined }
  /** A peer, or nobody. */
  | { readonly kind: 'clicked'; readonly peer: PeerHandle | undefined }
  /** A set of peers was asked for or drawn around. */
  | { readonly kind: 'gathered'; readonly peers: readonly PeerHandle[]; readonly what: string }
  /** Those that stay where they were put. */
  | { readonly kind: 'pins'; readonly peers: readonly PeerHandle[] }
  /** There is more than is seen: the overview has something to say. */
  | { readonly kind: 'overview'; readonly shown: boolean }
  | { readonly kind: 'following'; readonly peer: PeerHandle | undefined; readonly peerId: string }
  /** Of the classes of what the discs' colours mean now; empty where these are the signs' own. */
  | {
      readonly kind: 'classes';
      readonly colours: readonly string[];
      /** The classes' names where the page does not know them. */
      readonly names: readonly string[];
    }
  | { readonly kind: 'stats'; readonly stats: GraphStats }
  | {
      readonly kind: 'taken';
      readonly ask: number;
      readonly picture?: ImageBitmap;
      readonly peers?: readonly ShownPeer[];
    };
