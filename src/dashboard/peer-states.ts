/** The per-peer state machine of the standard (RFC 7846 figure 5), as the tracker has it, for drawing. */
import type { EditionId } from '../protocol/message.ts';
import type { PeerState } from '../protocol/rules.ts';
import { PEER_TRANSITIONS } from '../workers/client.ts';
import type { PeerTransition } from '../workers/messages.ts';

export interface StateEdge {
  readonly from: PeerState;
  readonly to: PeerState;
  /** What leads along it, one of each. */
  readonly events: readonly string[];
}

/** The ways from state to state that an edition has. */
export function stateEdges(edition: EditionId): readonly StateEdge[] {
  const edges = new Map<string, { from: PeerState; to: PeerState; events: string[] }>();
  for (const { from, to, event, sections } of PEER_TRANSITIONS) {
    if (sections[edition] === undefined) continue;
    const key = `${from}/${to}`;
    const edge = edges.get(key) ?? { from, to, events: [] };
    edge.events.push(event);
    edges.set(key, edge);
  }
  return [...edges.values()];
}

/**
 * Whether the peer's latest transition went along the edge. What a peer sees as one step may be two of the tracker's:
 * PEER REGISTERED is transient where CONNECT joins, and a peer that is to come anew was in TERMINATE before.
 */
export function wentAlong({ from, to }: StateEdge, latest: PeerTransition | undefined): boolean {
  if (latest === undefined) return false;
  if (latest.from === 'START' && latest.to === 'TRACKING')
    return (
      (from === 'START' && to === 'PEER REGISTERED') || (from === 'PEER REGISTERED' && to === 'TRACKING')
    );
  return from === latest.from && to === (latest.to === 'START' ? 'TERMINATE' : latest.to);
}
