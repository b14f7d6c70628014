/** From the model to what a GPU is given: four numbers a thing, thing after thing. */
import { stampPeers } from '../draw-peers.ts';
import { transformOf, type LinkEnds } from '../draw-links.ts';
import type { Frame } from '../frame.ts';
import type { PeerNode } from '../model.ts';
import type { Sheet } from '../sprites.ts';

/** Grows as it needs to, and keeps its room. */
export class Instances {
  data = new Float32Array(256);
  /** Things; each has four numbers. */
  count = 0;

  clear(): void {
    this.count = 0;
  }

  add(a: number, b: number, c: number, d: number): void {
    const at = 4 * this.count++;
    if (at === this.data.length) {
      const grown = new Float32Array(2 * at);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[at] = a;
    this.data[at + 1] = b;
    this.data[at + 2] = c;
    this.data[at + 3] = d;
  }

  /** The numbers of all things. */
  get used(): Float32Array<ArrayBuffer> {
    return this.data.subarray(0, 4 * this.count);
  }
}

/** A pixel's middle; the rasteriser counts lines from there, a GPU from the pixel's corner. */
const MIDDLE = 0.5;

/** Both ends of each link: x, y, x, y in device pixels. */
export function packLinks(frame: Frame, { ends, count }: LinkEnds, into: Instances): void {
  const { k, dx, dy } = transformOf(frame, frame.dpr);
  const [x, y] = [dx + MIDDLE, dy + MIDDLE];
  into.clear();
  for (let i = 0; i < count; i++) {
    const source = frame.model.at(ends[2 * i] as number);
    const target = frame.model.at(ends[2 * i + 1] as number);
    into.add(source.x * k + x, source.y * k + y, target.x * k + x, target.y * k + y);
  }
}

/** A closed outline's sides, as links are packed. `corners`: x and y by turns. */
export function packSides(corners: Float64Array, into: Instances): void {
  into.clear();
  for (let i = 0; i < corners.length; i += 2) {
    const j = i + 2 < corners.length ? i + 2 : 0;
    const [x0, y0, x1, y1] = [corners[i], corners[i + 1], corners[j], corners[j + 1]] as [
      number,
      number,
      number,
      number,
    ];
    into.add(x0, y0, x1, y1);
  }
}

/**
 * The crowd's signs, sheet by sheet: left, top (whole device pixels), the sign's number in the sheet, its strength.
 * Within a sheet the order is that of the peers.
 */
export function packSigns(
  frame: Frame,
  meant: ReadonlySet<PeerNode>,
  into: Map<Sheet, Instances>,
): ReadonlyMap<Sheet, Instances> {
  for (const instances of into.values()) instances.clear();
  stampPeers(frame, frame.model.nodes, meant, (sheet, sign, left, top, strength) => {
    let instances = into.get(sheet);
    if (instances === undefined) into.set(sheet, (instances = new Instances()));
    instances.add(left, top, sign, strength);
  });
  for (const [sheet, { count }] of into) if (count === 0) into.delete(sheet);
  return into;
}

/** A corner in the middle of a hull, all around it, and the first one again: a fan of triangles. */
export function packFan(x: number, y: number, corners: Float64Array): Float32Array<ArrayBuffer> {
  const fan = new Float32Array(corners.length + 4);
  fan.set([x, y]);
  fan.set(corners, 2);
  fan.set(corners.subarray(0, 2), corners.length + 2);
  return fan;
}

/** Squares of `cell` pixels that lie side by side in rows of a picture, one after the other. */
export function layersOf(
  { data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>,
  cell: number,
): { readonly pixels: Uint8Array<ArrayBuffer>; readonly count: number } {
  const from = new Uint32Array(data.buffer);
  const across = Math.floor(width / cell);
  const count = across * Math.floor(height / cell);
  const to = new Uint32Array(count * cell * cell);
  for (let layer = 0; layer < count; layer++) {
    const corner = Math.floor(layer / across) * cell * width + (layer % across) * cell;
    for (let row = 0; row < cell; row++) {
      const begin = corner + row * width;
      to.set(from.subarray(begin, begin + cell), (layer * cell + row) * cell);
    }
  }
  return { pixels: new Uint8Array(to.buffer), count };
}
