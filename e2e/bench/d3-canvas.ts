import { d3Layout } from './d3-layout.ts';
import { COLOURS, reachOf } from './network.ts';
import { everyFrame, type Contender } from './picture.ts';

/** d3-force and a 2D canvas, both on the main thread. */
export const d3Canvas: Contender = (host, network) => {
  const { nodes, links, tick } = d3Layout(network);
  const canvas = document.createElement('canvas');
  canvas.width = host.clientWidth * devicePixelRatio;
  canvas.height = host.clientHeight * devicePixelRatio;
  host.append(canvas);
  const ctx = canvas.getContext('2d');
  if (ctx === null) throw new Error('no 2D drawing');
  const k = Math.min(canvas.width, canvas.height) / (2.1 * reachOf(network));
  return everyFrame(() => {
    tick();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(k, 0, 0, k, canvas.width / 2, canvas.height / 2);
    ctx.globalAlpha = 0.15;
    ctx.strokeStyle = COLOURS.link;
    ctx.beginPath();
    for (const { source, target } of links) {
      ctx.moveTo(source.x, source.y);
      ctx.lineTo(target.x, target.y);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    for (const seed of [true, false]) {
      ctx.fillStyle = seed ? COLOURS.seed : COLOURS.leech;
      ctx.beginPath();
      for (const node of nodes) {
        if (node.seed !== seed) continue;
        ctx.moveTo(node.x + 7, node.y);
        ctx.arc(node.x, node.y, 7, 0, 2 * Math.PI);
      }
      ctx.fill();
    }
  });
};
