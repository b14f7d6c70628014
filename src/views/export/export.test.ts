import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LegendEntry } from './exportable.ts';
import { frameAround, textWidth, type FrameWords } from './frame.ts';
import { escaped, framedSvg } from './markup.ts';
import { fileName, stampWords, type Stamp } from './stamp.ts';

const STAMP: Stamp = {
  scenario: 'Three tempers',
  seed: 42,
  edition: 'rfc7846',
  clock: 'virtual',
  elapsed: 80_400,
  version: '0.1.0',
  date: '2026-11-22',
};

describe('stamp', () => {
  test('names scenario, seed, edition, clock, moment, program and day', () => {
    expect(stampWords(STAMP)).toEqual([
      'Three tempers',
      'seed 42',
      'rfc7846',
      'virtual clock',
      'at 1:20.4 of the run',
      'swarmscope 0.1.0',
      '2026-11-22',
    ]);
  });

  test('what does not apply is left out', () => {
    expect(stampWords({ scenario: 'x.har', version: '1', date: '2026-01-01' })).toEqual([
      'x.har',
      'swarmscope 1',
      '2026-01-01',
    ]);
  });

  test('the file name carries all of it', () => {
    expect(fileName('timeline-film', STAMP, 'csv')).toBe(
      'timeline-film_three-tempers_seed-42_rfc7846_virtual-clock_at-1-20.4_swarmscope-0.1.0_2026-11-22.csv',
    );
  });

  test('a scenario with a long name gives a file name that still has room', () => {
    const scenario = 'a very long name '.repeat(40);
    expect(fileName('states', { ...STAMP, scenario }, 'png').length).toBeLessThan(200);
  });

  test('file names are harmless, whatever the scenario is called', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (name, scenario) => {
        const file = fileName(name, { ...STAMP, scenario }, 'png');
        expect(file).toMatch(/^[a-z0-9][a-z0-9._-]*\.png$/);
        expect(file).not.toContain('..');
        expect(file.length).toBeLessThan(240);
      }),
    );
  });
});

const MARKS = ['disc', 'ring', 'line', 'dashed', 'square', 'hatched'] as const;
const someWords = (): fc.Arbitrary<FrameWords> =>
  fc.record({
    title: fc.string({ maxLength: 120 }),
    notes: fc.array(fc.lorem({ maxCount: 40 }), { maxLength: 4 }),
    legend: fc.array(
      fc.record({
        label: fc.string({ maxLength: 40 }),
        colour: fc.constant('#123'),
        mark: fc.constantFrom(...MARKS),
      }),
      { maxLength: 12 },
    ),
    stamp: fc.record({ scenario: fc.string({ maxLength: 200 }) }).map((of) => ({ ...STAMP, ...of })),
  });

describe('frame', () => {
  test('all words stand within it, none on the picture, none on another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 2000 }),
        fc.integer({ min: 40, max: 1200 }),
        someWords(),
        (width, height, words) => {
          const frame = frameAround({ width, height }, words);
          const boxes = frame.texts.map(({ x, y, size, weight, text }) => ({
            left: x,
            right: x + textWidth(text, size, weight),
            top: y - size,
            bottom: y + size * 0.25,
          }));
          for (const [i, box] of boxes.entries()) {
            expect(box.right).toBeLessThanOrEqual(frame.width + 1);
            expect(box.bottom).toBeLessThanOrEqual(frame.height);
            expect(box.bottom <= frame.top || box.top >= frame.top + height).toBe(true);
            for (const other of boxes.slice(i + 1))
              expect(
                box.right <= other.left ||
                  other.right <= box.left ||
                  box.bottom <= other.top ||
                  other.bottom <= box.top,
              ).toBe(true);
          }
          expect(frame.left + width).toBeLessThanOrEqual(frame.width);
        },
      ),
    );
  });

  test('as SVG it has title, every sign of the legend and the stamp, and reflects nothing unescaped', () => {
    const legend: LegendEntry[] = MARKS.map((mark) => ({ label: `a ${mark}`, colour: 'var(--seed)', mark }));
    const frame = frameAround(
      { width: 600, height: 200 },
      { title: '<script>"&\u0000', notes: ['seen'], legend, stamp: STAMP },
    );
    const svg = framedSvg(
      frame,
      { ground: '#000', ink: '#fff', inkSoft: '#aaa', resolve: () => 'rgb(1, 2, 3)' },
      '<path d="M0 0"/>',
    );
    expect(svg).not.toMatch(/<script|var\(/);
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&lt;script&gt;&quot;&amp;\ufffd');
    for (const { label } of legend) expect(svg).toContain(`>${label}<`);
    expect(svg.match(/rgb\(1, 2, 3\)/g)).toHaveLength(MARKS.length);
    expect(svg).toContain('seed 42 · rfc7846');
    expect(svg).toContain(`<g transform="translate(${frame.left} ${frame.top})"><path d="M0 0"/></g>`);
  });

  test('text of any kind is XML', () => {
    expect(escaped('a\u0007b\ud800c\ufffe')).toBe('a\ufffdb\ufffdc\ufffd');
  });
});
