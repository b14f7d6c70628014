import type { Measures } from './measures.ts';
import type { OpenLinks } from './open-links.ts';
import { overlayOf, tellOverlay, type OverlayNode } from './overlay.ts';
import { LEECH, type Peers } from './peers.ts';
import type { Curve } from './sample.ts';

/**
 * The overlays as they are now, swarm by swarm: tells their measures, and gives their curves by name. A swarm without
 * links (or a log that leaves them out) has no overlay to speak of. `ids`: of the swarms, by index; `random`: uniform
 * in [0, 1).
 */
export function measureOverlays(
  measures: Measures,
  ids: readonly string[],
  peers: Peers,
  links: OpenLinks,
  random: () => number,
): Readonly<Record<string, Curve>> {
  const nodes: [number, OverlayNode][][] = ids.map(() => []);
  for (let peer = 0; peer < peers.count; peer++)
    if (peers.isPresent(peer))
      nodes[peers.swarmOf(peer)]?.push([
        peer,
        { asn: peers.asnOf(peer), mode: peers.modeOf(peer) === LEECH ? 'LEECH' : 'SEED' },
      ]);
  const graphs = nodes.map((own) => overlayOf(own));
  links.forEach((peer, to) => {
    const swarm = peers.swarmOf(peer);
    if (swarm === peers.swarmOf(to) && peer !== to) graphs[swarm]?.mergeEdge(peer, to);
  });
  const curves: Record<string, Curve> = {};
  graphs.forEach((graph, swarm) => {
    if (graph.size === 0) return;
    const id = ids[swarm] ?? '';
    for (const [name, curve] of Object.entries(tellOverlay(measures, id, graph, random)))
      curves[`overlay.${id}.${name}`] = curve;
  });
  return curves;
}
