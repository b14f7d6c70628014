/** The present view as a picture to be taken along: sharper than the screen, and complete at once. */
import { Backdrop } from './backdrop.ts';
import { frameOf, isVisible, onScreen, type Frame, type Scene } from './frame.ts';
import type { ShownPeer } from './messages.ts';
import { EDITIONS, PHASES } from '../../dashboard/feed.ts';
import { Pixels } from './raster/pixels.ts';
import { RasterPainter } from './raster-painter.ts';
import { drawScene } from './scene.ts';
import { Sprites } from './sprites.ts';

/** Of a frame: the rest is the picture's own. */
type View = Pick<Frame, 'viewport' | 'camera' | 'palette' | 'now'>;

/** Slices of the backdrop's work, at most, and the milliseconds between two as it is told. */
const SLICES = 4000;
const PATIENCE = 1000;

/** `scale`: pixels for one of the page. */
export function stillOf(scene: Scene, view: View, scale: number): ImageBitmap {
  const { width, height } = view.viewport;
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const ctx = canvas.getContext('2d', { alpha: false });
  if (ctx === null) throw new Error('this browser gives no 2D drawing to a worker');
  const pixels = new Pixels();
  pixels.resize(canvas.width, canvas.height);
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  const own = { ctx, pixels, sprites: new Sprites(), dpr: scale, still: true };
  const frame = frameOf({ ...scene, hovered: undefined }, { ...view, ...own });
  const backdrop = new Backdrop();
  const isSelected = scene.selection.peer !== undefined;
  for (let slice = 0; slice < SLICES; slice++)
    if (!backdrop.advance({ ...frame, now: frame.now + slice * PATIENCE }, isSelected, 'none')) break;
  drawScene(frame, new RasterPainter(backdrop), 'none', true);
  return canvas.transferToImageBitmap();
}

/** Peers that are there and in sight. */
export function shownIn(frame: Frame): readonly ShownPeer[] {
  const { model } = frame;
  return model.nodes
    .filter((node) => node.end === undefined && isVisible(frame, onScreen(frame, node), frame.disc))
    .map((node) => ({
      handle: node.handle,
      id: node.peerId,
      swarm: model.swarms[node.swarm]?.id ?? '',
      mode: node.seed ? 'SEED' : 'LEECH',
      edition: EDITIONS[node.edition] ?? '',
      phase: PHASES[node.phase] ?? '',
      foreign: node.foreign,
      share: node.foreign ? undefined : node.share,
      upload: node.foreign ? undefined : node.upload,
      download: node.foreign ? undefined : node.download,
    }));
}
