import { color } from 'd3';
import { describe, expect, it } from 'vitest';
import { EDITIONS, PHASES } from '../../dashboard/feed.ts';
import {
  classColours,
  CLASSES,
  classOf,
  COLOURINGS,
  isHint,
  largestAsns,
  type Classed,
  type ColourBy,
} from './colouring.ts';
import { HandOuts } from './hand-outs.ts';

const PEER: Classed = {
  seed: false,
  foreign: false,
  phase: 1,
  edition: 0,
  since: 0,
  upload: 0,
  handle: 7,
  asn: 0,
};
const NEVER = new HandOuts();

const classIn = (by: ColourBy, peer: Classed, runTime = 0, handOuts = NEVER): number =>
  classOf({ by, asns: [] }, peer, { runTime, handOuts });

describe('the colouring', () => {
  it('puts every peer into a class that the legend names', () => {
    for (const by of COLOURINGS.filter((one) => one !== 'asn'))
      for (const seed of [true, false])
        for (const phase of PHASES.keys())
          for (const edition of EDITIONS.keys())
            for (const upload of [0, 0.5, 31_999, 32_000, 1e9])
              for (const at of [0, 9_999, 10_000, 1e9])
                expect(CLASSES[by][classIn(by, { ...PEER, seed, phase, edition, upload }, at)]).toBeDefined();
  });

  it('counts age from when a peer was first seen', () => {
    const name = (at: number): string | undefined =>
      CLASSES.age[classIn('age', { ...PEER, since: 5000 }, at)];
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
      CLASSES.mode[classIn('mode', { ...PEER, ...peer })];
    expect(name({ seed: true })).toBe('seed');
    expect(name({})).toBe('leech');
    expect(name({ seed: true, phase: PHASES.indexOf('silent') })).toBe('silent');
    expect(name({ phase: PHASES.indexOf('joining') })).toBe('joining');
    expect(name({ foreign: true, phase: PHASES.indexOf('silent') })).toBe('foreign');
  });

  it('has a colour of its own for each class, and ordered ones grow lighter on dark and on light ground', () => {
    for (const ground of ['#0d1115', 'rgb(238, 241, 244)'])
      for (const by of COLOURINGS.filter((one) => one !== 'asn')) {
        const colours = classColours({ by, asns: [] }, ground);
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

  it('tells the five largest autonomous systems apart, by number, and nobody else', () => {
    const nodes = [9, 9, 9, 4, 4, 7, 7, 7, 7, 1, 1, 1, 3, 3, 2, 0, 0, 0, 0, 0].map((asn) => ({
      asn,
      end: undefined,
    }));
    const asns = largestAsns(nodes);
    expect(asns).toEqual([1, 3, 4, 7, 9]);
    const place = (asn: number): number =>
      classOf({ by: 'asn', asns }, { ...PEER, asn }, { runTime: 0, handOuts: NEVER });
    expect([1, 3, 4, 7, 9, 2, 0].map(place)).toEqual([0, 1, 2, 3, 4, 5, 5]);
    const gone = { how: 'left', at: 0 } as const;
    expect(
      largestAsns([
        { asn: 5, end: gone },
        { asn: 6, end: undefined },
      ]),
    ).toEqual([6]);
    // Who shares a class has its own colour, however few others there are.
    expect(new Set(classColours({ by: 'asn', asns }, '#000')).size).toBe(6);
    expect(classColours({ by: 'asn', asns: [1] }, '#000')[1]).toBe(
      classColours({ by: 'asn', asns }, '#000')[5],
    );
  });

  it('tells by powers of ten how many lists a peer was on, in all and of late', () => {
    const handOuts = new HandOuts();
    const names = (by: 'handouts' | 'lately'): string | undefined =>
      CLASSES[by][classIn(by, PEER, 0, handOuts)];
    expect(names('handouts')).toBe('on no list');
    handOuts.note(Uint32Array.of(7, 120, 8, 1), 0);
    expect([names('handouts'), names('lately')]).toEqual(['on 100 to 999', 'on 100 to 999']);
    handOuts.note(Uint32Array.of(7, 9), 70_000);
    expect([names('handouts'), names('lately')]).toEqual(['on 100 to 999', 'on 1 to 9']);
  });

  it('hints at what was not chosen, and at nothing while nothing was', () => {
    const painting = { by: 'mode', asns: [], palettes: [] } as const;
    expect(isHint({ ...painting, chosen: new Set() }, 1)).toBe(false);
    expect(isHint({ ...painting, chosen: new Set([0]) }, 1)).toBe(true);
    expect(isHint({ ...painting, chosen: new Set([0]) }, 0)).toBe(false);
  });
});
