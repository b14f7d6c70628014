// oxlint-disable no-underscore-dangle -- its methods can only add peers one by one.
import P2PGraph from 'p2p-graph';
import { linksOf, spreadNodes } from './network.ts';
import { everyFrame, type Contender } from './picture.ts';

/**
 * p2p-graph, told of all peers at once: one by one, as its methods ask, each new one would rebuild the picture. Kept
 * warm as the others are.
 */
export const p2pGraph: Contender = (host, network) => {
  const graph = new P2PGraph(host);
  const nodes = spreadNodes(network);
  const place = new Map(nodes.map((node, i) => [node.id, i]));
  for (const { id, seed } of nodes) graph._model.nodes.push({ id: String(id), seeder: seed, name: '' });
  for (const { source, target } of linksOf(network))
    graph._model.links.push({ source: place.get(source) ?? 0, target: place.get(target) ?? 0 });
  graph._update();
  return everyFrame(() => graph._force.alpha(0.06));
};
