import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNPAINTED } from '../colouring.ts';
import type { Frame } from '../frame.ts';
import { GraphModel, type PeerNode } from '../model.ts';
import { signOf, type Sheet } from '../sprites.ts';
import { snapshot, SWARMS } from '../testing.ts';
import { Instances, layersOf, packFan, packLinks, packSides, packSigns } from './packing.ts';

const SHEET = { cell: 20, phases: 2, signs: 60 } as Sheet;

/** Two peers, a SEED at (0, 0) and a LEECH at (10, 20), seen from (0, 0) at twice their size. */
function frame(over: Partial<Frame> = {}): Frame {
  const model = new GraphModel(SWARMS);
  const rows = [
    { handle: 7, seed: true },
    { handle: 8, share: 0.5 },
  ];
  model.apply(0, snapshot(rows, { links: Uint32Array.of(7, 8) }), 0);
  Object.assign(model.nodes[1] as PeerNode, { x: 10, y: 20 });
  return {
    model,
    painting: UNPAINTED,
    viewport: { width: 200, height: 100 },
    camera: { x: 0, y: 0, k: 2 },
    dpr: 1,
    disc: 6,
    bubble: 0,
    now: 1e6,
    still: false,
    alone: false,
    palette: {},
    sprites: { sheet: () => SHEET },
    ...over,
  } as unknown as Frame;
}

describe('instances', () => {
  it('are what was added, in order, however many there are; and none once they are cleared', () => {
    const instances = new Instances();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { maxLength: 300, size: 'max' }),
        (all) => {
          instances.clear();
          expect(instances.used).toHaveLength(0);
          for (const one of all) instances.add(...one);
          expect(instances.count).toBe(all.length);
          expect([...instances.used]).toEqual(all.flat().map(Math.fround));
        },
      ),
    );
  });
});

describe('links', () => {
  it('run from one middle of a pixel to the other, in device pixels', () => {
    const into = new Instances();
    const { model } = frame();
    packLinks(frame({ dpr: 1.5 }), model.links, into);
    expect([...into.used]).toEqual([150.5, 75.5, 180.5, 135.5]);
  });
});

describe('signs', () => {
  it('lie in whole pixels, with the row of the sheet that makes up for the rest', () => {
    const signs = packSigns(frame(), new Set(), new Map());
    // Both are at whole pixels: the first row.
    expect([...(signs.get(SHEET) as Instances).used]).toEqual([
      ...[90, 40, signOf('seed', 1), 1],
      ...[110, 80, signOf('leech', 0.5), 1],
    ]);
    const shifted = packSigns(frame({ camera: { x: -0.25, y: 0, k: 2 } }), new Set(), new Map());
    expect([...(shifted.get(SHEET) as Instances).used.subarray(0, 3)]).toEqual([90, 40, 60]);
  });

  it('of those that are meant are left out, and the others step back', () => {
    const one = frame();
    const [seed] = one.model.nodes as [PeerNode];
    const signs = packSigns(one, new Set([seed]), new Map());
    const { used, count } = signs.get(SHEET) as Instances;
    expect([count, used[2]]).toEqual([1, signOf('leech', 0.5)]);
    expect(used[3]).toBeLessThan(0.5);
  });

  it('of the frame before are forgotten, with sheets that nobody uses any more', () => {
    const into = new Map([[{ ...SHEET }, new Instances()]]);
    packSigns(frame(), new Set(), into);
    expect([...packSigns(frame(), new Set(), into).values()].map(({ count }) => count)).toEqual([2]);
    expect(packSigns(frame({ bubble: 1 }), new Set(), into).size).toBe(0);
  });
});

describe('hulls', () => {
  const corners = Float64Array.of(0, 0, 8, 0, 8, 6);

  it('have a side from each corner to the next, and back to the first', () => {
    const into = new Instances();
    packSides(corners, into);
    expect([...into.used]).toEqual([0, 0, 8, 0, 8, 0, 8, 6, 8, 6, 0, 0]);
  });

  it('are fans about their middle that close', () => {
    expect([...packFan(5, 2, corners)]).toEqual([5, 2, 0, 0, 8, 0, 8, 6, 0, 0]);
  });
});

describe('the layers of a sheet', () => {
  it('are its squares, row after row', () => {
    const size = fc.record({ cell: fc.integer({ min: 1, max: 6 }), across: fc.integer({ min: 1, max: 7 }) });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 4 }), ({ cell, across }, down) => {
        const [width, height] = [cell * across, cell * down];
        const image = Uint32Array.from({ length: width * height }, (_, i) => i);
        const data = new Uint8ClampedArray(image.buffer);
        const { pixels, count } = layersOf({ data, width, height }, cell);
        const layers = new Uint32Array(pixels.buffer);
        expect([count, layers.length]).toEqual([across * down, image.length]);
        for (const [at, pixel] of layers.entries()) {
          const layer = Math.floor(at / cell ** 2);
          const x = (layer % across) * cell + (at % cell);
          const y = Math.floor(layer / across) * cell + (Math.floor(at / cell) % cell);
          expect(pixel).toBe(y * width + x);
        }
      }),
    );
  });
});
