import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opaque, Pixels } from './pixels.ts';
import { fillPolygon, SHADES, strokePolygon } from './shapes.ts';
import { shifted } from './shift.ts';

const GROUND = opaque(1, 2, 3);
const INK = { red: 200, green: 100, blue: 50 };

function pixels(width: number, height: number): Pixels {
  return Object.assign(new Pixels(), {
    width,
    height,
    data: new Uint32Array(width * height).fill(GROUND),
  });
}

const round = (x: number, y: number, radius: number): Float64Array =>
  Float64Array.from({ length: 128 }, (_, i) => {
    const angle = (2 * Math.PI * (i >> 1)) / 64;
    return i % 2 === 0 ? x + radius * Math.cos(angle) : y + radius * Math.sin(angle);
  });

describe('polygons', () => {
  it('are filled inside and nowhere else, wherever they hang over the edge', () => {
    const place = fc.integer({ min: -20, max: 60 });
    fc.assert(
      fc.property(place, place, fc.integer({ min: 2, max: 50 }), (x, y, radius) => {
        const on = pixels(40, 40);
        const colours = new Uint32Array(SHADES).fill(opaque(9, 9, 9));
        fillPolygon(on, round(x, y, radius), { x, y, radius, colours });
        const wrong = [...on.data].filter((colour, at) => {
          const distance = Math.hypot((at % 40) + 0.5 - x, Math.floor(at / 40) + 0.5 - y);
          return colour === GROUND ? distance < radius * 0.997 - 0.01 : distance > radius + 0.01;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('are shaded from the middle outwards', () => {
    const on = pixels(41, 41);
    const colours = Uint32Array.from({ length: SHADES }, (_, i) => opaque(i, 0, 0));
    fillPolygon(on, round(20.5, 20.5, 19), { x: 20.5, y: 20.5, radius: 20, colours });
    const red = Array.from({ length: 19 }, (_, i) => (on.data[20 * 41 + 20 + i] ?? 0) & 255);
    expect(red).toEqual(red.map((_, i) => Math.floor((i * i * (SHADES - 1)) / 400)));
  });

  it('have an edge as much ink as it is long and thick, all of it near the edge', () => {
    const on = pixels(100, 100);
    strokePolygon(on, round(50, 50, 40), 1.5, INK);
    let ink = 0;
    for (const [at, colour] of on.data.entries()) {
      if (colour === GROUND) continue;
      ink += ((colour & 255) - 1) / (INK.red - 1);
      const distance = Math.hypot((at % 100) + 0.5 - 50, Math.floor(at / 100) + 0.5 - 50);
      expect(Math.abs(distance - 40)).toBeLessThan(2.2);
    }
    expect(ink / (2 * Math.PI * 40 * 1.5)).toBeCloseTo(1, 1);
  });

  it('touch nothing when they lie outside', () => {
    const on = pixels(20, 20);
    strokePolygon(on, round(-60, 90, 30), 3, INK);
    fillPolygon(on, round(60, -90, 30), { x: 0, y: 0, radius: 1, colours: new Uint32Array(SHADES) });
    expect(on.data.every((colour) => colour === GROUND)).toBe(true);
  });
});

describe('a shifted picture', () => {
  it('has each pixel from where it was, and ground where nothing was', () => {
    const shift = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(shift, shift, fc.constantFrom(0.5, 0.8, 1, 1.7), (x, y, scale) => {
        const [from, to] = [pixels(24, 16), pixels(24, 16)];
        for (const at of from.data.keys()) from.data[at] = opaque(at % 24, Math.floor(at / 24), 77);
        to.data.fill(opaque(250, 250, 250));
        shifted(from, to, { x, y, scale }, GROUND);
        const expected = [...to.data.keys()].map((at) => {
          const u = Math.floor(x + ((at % 24) + 0.5) * scale);
          const v = Math.floor(y + (Math.floor(at / 24) + 0.5) * scale);
          return u < 0 || v < 0 || u >= 24 || v >= 16 ? GROUND : opaque(u, v, 77);
        });
        expect([...to.data]).toEqual(expected);
      }),
    );
  });
});
