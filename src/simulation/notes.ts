/** What befell a peer with the tracker, as its history tells it. */
import type { PeerEffect } from '../peer/state.ts';

type Told = Extract<PeerEffect, { kind: 'registered' | 'forgotten' | 'fell back' | 'queried' }>;

export function noteOf(effect: Told): string {
  switch (effect.kind) {
    case 'registered':
      return effect.mode === 'connected' ? 'registered, in no swarm yet' : `registered as ${effect.mode}`;
    case 'forgotten':
      return 'the tracker knows it no longer';
    case 'fell back':
      return `was not understood: speaks ${effect.to} from now on`;
    case 'queried':
      return `the tracker asks for ${effect.query.properties.join(', ')}`;
    default:
      return effect satisfies never;
  }
}
