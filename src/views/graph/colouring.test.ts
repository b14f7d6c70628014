import { color } from 'd3';
import { describe, expect, it } from 'vitest';
import { EDITIONS, PHASES } from '../../dashboard/feed.ts';
import { classColours, CLASSES, classOf, COLOURINGS, isHint, type Classed } from './colouring.ts';

const PEER: Classed = { seed: false, foreign: false, phase: 1, edition: 0, since: 0, upload: 0 };

describe('the colouring', () => {
  it('puts every peer into a class that the legend names', () => {
    for (const by of COLOURINGS)
      for (const seed of [true, false])
        for (const phase of PHASES.keys())
          for (const edition of EDITIONS.keys())
            for (const upload of [0, 0.5, 31_999, 32_000, 1e9])
              for (const at of [0, 9_999, 10_000, 1e9])
                expect(CLASSES[by][classOf(by, { ...PEER, seed, phase, edition, upload }, at)]).toBeDefined();
  });

  it('counts age from when a peer was first seen', () => {
    const name = (at: number): string | undefined =>
      CLASSES.age[classOf('age', { ...PEER, since: 5000 }, at)];
    expect([5000, 14_999, 15_000, 64_999, 305_000].map(name)).toEqual([
      'below 10 s',
      'below 10 s',
      'below 1 min',
      'below 1 min',
      'older',
    ]);
  });

  it('tells a silent peer from one of its mode, and a foreign one from all of ours', () => {
    const name = (peer: Partial<Classed>): string | undefined =>
      CLASSES.mode[classOf('mode', { ...PEER, ...peer }, 0)];
    expect(name({ seed: true })).toBe('seed');
    expect(name({})).toBe('leech');
    expect(name({ seed: true, phase: PHASES.indexOf('silent') })).toBe('silent');
    expect(name({ phase: PHASES.indexOf('joining') })).toBe('joining');
    expect(name({ foreign: true, phase: PHASES.indexOf('silent') })).toBe('foreign');
  });

  it('has a colour of its own for each class, and ordered ones grow lighter on dark and on light ground', () => {
    for (const ground of ['#0d1115', 'rgb(238, 241, 244)'])
      for (const by of COLOURINGS) {
        const colours = classColours(by, ground);
        if (by === 'mode') {
          expect(colours).toEqual([]);
          continue;
        }
        expect(new Set(colours).size).toBe(CLASSES[by].length);
        if (by === 'edition') continue;
        const light = colours.map((css) => {
          const { r, g, b } = color(css)?.rgb() ?? { r: 0, g: 0, b: 0 };
          return 0.3 * r + 0.59 * g + 0.11 * b;
        });
        for (const [i, value] of light.entries())
          if (i > 0) expect(value).toBeGreaterThan((light[i - 1] ?? 0) + 20);
      }
  });

  it('hints at what was not chosen, and at nothing while nothing was', () => {
    const painting = { by: 'mode', palettes: [] } as const;
    expect(isHint({ ...painting, chosen: new Set() }, 1)).toBe(false);
    expect(isHint({ ...painting, chosen: new Set([0]) }, 1)).toBe(true);
    expect(isHint({ ...painting, chosen: new Set([0]) }, 0)).toBe(false);
  });
});
