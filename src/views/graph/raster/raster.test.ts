import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Density, FULL } from './density.ts';
import { blend, premultiplied, Pixels } from './pixels.ts';
import { Stamps } from './stamps.ts';

const byte = fc.integer({ min: 0, max: 255 });

/** A picture without a canvas. */
function pixels(width: number, height: number, colour: number): Pixels {
  return Object.assign(new Pixels(), { width, height, data: new Uint32Array(width * height).fill(colour) });
}

describe('blending', () => {
  it('is source-over, to within 1 of 255 in each channel', () => {
    fc.assert(
      fc.property(byte, byte, byte, byte, byte, (red, green, blue, alpha, ground) => {
        const under = (0xff000000 | (ground << 16) | (ground << 8) | ground) >>> 0;
        const mixed = blend(under, premultiplied(red, green, blue, alpha)) >>> 0;
        for (const [shift, channel] of [red, green, blue].entries()) {
          const exact = (channel * alpha + ground * (255 - alpha)) / 255;
          expect(Math.abs(((mixed >>> (8 * shift)) & 255) - exact)).toBeLessThanOrEqual(2);
        }
        expect(mixed >>> 24).toBe(255);
      }),
    );
  });
});

describe('lines', () => {
  const coordinate = fc.integer({ min: -4000, max: 8000 }).map((hundredths) => hundredths / 100);

  function drawn(width: number, height: number, line: readonly [number, number, number, number]): Density {
    const density = new Density();
    density.resize(width, height);
    density.line(...line);
    return density;
  }

  it('add as much as they are long, along their longer axis', () => {
    const inside = fc.integer({ min: 0, max: 3900 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(inside, inside, inside, inside, (x0, y0, x1, y1) => {
        const sum = drawn(40, 40, [x0, y0, x1, y1]).data.reduce((total, amount) => total + amount, 0);
        const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
        expect(Math.abs(sum / FULL - steps)).toBeLessThanOrEqual(1.001);
      }),
    );
  });

  it('are where they would be on a larger picture, however they are clipped', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x0, y0, x1, y1) => {
        const small = drawn(40, 40, [x0, y0, x1, y1]);
        const large = drawn(140, 140, [x0 + 50, y0 + 50, x1 + 50, y1 + 50]);
        // The outermost pixels may lack what a neighbour outside would have added.
        for (let y = 1; y < 39; y++)
          for (let x = 1; x < 39; x++)
            expect(Math.abs((small.data[y * 41 + x] as number) - (large.data[(y + 50) * 141 + x + 50] as number))).toBeLessThanOrEqual(1); // prettier-ignore
      }),
    );
  });
});

describe('stamps', () => {
  const image = {
    width: 6,
    height: 3,
    data: Uint8ClampedArray.from({ length: 72 }, (_, i) =>
      i % 4 === 3 ? ([255, 0, 128][(i >> 2) % 3] ?? 0) : i,
    ),
  } as Pick<ImageData, 'data' | 'width' | 'height'>;

  it('may hang over any edge, and touch nothing else', () => {
    const stamps = new Stamps(image, 3);
    fc.assert(
      fc.property(fc.integer({ min: -4, max: 9 }), fc.integer({ min: -4, max: 9 }), (left, top) => {
        const [small, large] = [pixels(8, 8, 0xff101010), pixels(24, 24, 0xff101010)];
        stamps.put(small, 1, left, top, 1);
        stamps.put(large, 1, left + 8, top + 8, 1);
        for (let y = 0; y < 8; y++)
          for (let x = 0; x < 8; x++) expect(small.data[y * 8 + x]).toBe(large.data[(y + 8) * 24 + x + 8]);
      }),
    );
  });

  it('leave the ground as it is at no strength, and hide it at full where they are opaque', () => {
    const stamps = new Stamps(image, 3);
    const on = pixels(3, 3, 0xff336699);
    stamps.put(on, 0, 0, 0, 0);
    expect([...on.data]).toEqual(new Array(9).fill(0xff336699));
    stamps.put(on, 0, 0, 0, 1);
    expect(on.data[0]).toBe((0xff000000 | (2 << 16) | (1 << 8) | 0) >>> 0);
    expect(on.data[1]).toBe(0xff336699);
  });
});
