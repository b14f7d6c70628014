import { MultiGraph } from 'graphology';
import { Sigma } from 'sigma';
import { d3Layout } from './d3-layout.ts';
import { COLOURS } from './network.ts';
import { everyFrame, type Contender } from './picture.ts';

/** sigma 3 draws with WebGL; d3-force on the main thread moves what it draws. */
export const sigma: Contender = (host, network) => {
  const { nodes, links, tick } = d3Layout(network);
  const graph = new MultiGraph();
  for (const { id, x, y, seed } of nodes)
    graph.addNode(id, { x, y: -y, size: 2, color: seed ? COLOURS.seed : COLOURS.leech });
  for (const { source, target } of links)
    graph.addEdge(source.id, target.id, { size: 0.3, color: `${COLOURS.link}26` });
  const renderer = new Sigma(graph, host, { renderLabels: false, hideEdgesOnMove: true });
  const places = new Map(nodes.map((node) => [String(node.id), node]));
  return everyFrame(() => {
    tick();
    graph.updateEachNodeAttributes(
      (id, attributes) => {
        const node = places.get(id);
        return node === undefined ? attributes : { ...attributes, x: node.x, y: -node.y };
      },
      { attributes: ['x', 'y'] },
    );
    renderer.refresh({ skipIndexation: true });
  });
};
