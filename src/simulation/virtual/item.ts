/** What can happen to an entity: plain data, for some of it travels between workers. */
import type { LinkMessage } from '../../streaming/link-message.ts';
import type { Micros, Phase, SwarmIndex } from './events.ts';
import type { Entity } from './queue.ts';

export interface TrackerRequest {
  readonly kind: 'request';
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Where it is seen to come from. */
  readonly remote: { readonly address: string; readonly port: number };
}

export type Item =
  /** A time of its own has come; which, it knows itself. */
  | { readonly kind: 'wake' }
  /** A peer's request reaches the tracker. */
  | TrackerRequest
  /** The tracker's answer reaches the peer. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly reason: string;
      readonly contentType: string | undefined;
      readonly retryAfter?: number;
      readonly body: Uint8Array<ArrayBuffer>;
    }
  /** What another peer says over a streaming link; `nobody`: what is said in the place of one who is not there. */
  | { readonly kind: 'link'; readonly message: LinkMessage; readonly nobody?: true }
  /** The measured window begins or ends: to the tracker's place in every part, then to each peer. */
  | { readonly kind: 'edge'; readonly edge: 'begin' | 'end' }
  | { readonly kind: 'phase'; readonly phase: Phase }
  /** A fault of the scenario begins or ends. */
  | { readonly kind: 'fault'; readonly fault: number; readonly on: boolean }
  /** The tracker has time for a request that waited. */
  | { readonly kind: 'serve'; readonly asked: Asked; readonly request: TrackerRequest }
  /** A fault strikes the peer. */
  | { readonly kind: 'struck'; readonly how: 'leaves' | 'crashes' }
  /** A viewer begins another life under this number. */
  | { readonly kind: 'life'; readonly life: Life };

/** Who asked, and the how manieth event of its making that was. */
export interface Asked {
  readonly from: Entity;
  readonly count: number;
}

/** A life that follows on another of the same viewer. */
export interface Life {
  readonly swarm: SwarmIndex;
  /** What it brings: everything, some chunks, or nothing. */
  readonly held: 'all' | Held | undefined;
  /** When its patience ends, where that goes on from the life before. */
  readonly departAt: Micros | undefined;
}

export interface Held {
  readonly base: number;
  /** One byte per slot: 1 = held. */
  readonly slots: Uint8Array<ArrayBuffer>;
}

/** An event on its way to another part. */
export interface Mail {
  readonly at: Micros;
  readonly to: Entity;
  readonly from: Entity;
  readonly count: number;
  readonly item: Item;
}

export const WAKE: Item = { kind: 'wake' };
/** The tracker's number among the entities. */
export const TRACKER: Entity = 0;
