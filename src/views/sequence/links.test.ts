import { describe, expect, test } from 'vitest';
import type { PeerStep, SequenceStep } from '../../dashboard/wire/sequence.ts';
import { drawSequence } from './drawing.ts';
import { diagramSvg } from './export.ts';
import { foldLinks } from './folding.ts';
import { sequenceLayout } from './layout.ts';
import { waitsOf } from './states.ts';
import { itemText, requestText } from './words.ts';

let ids = 0;
const said = (kind: PeerStep['kind'], from: string, to: string, time: number, facts = {}): PeerStep => ({
  id: --ids,
  kind,
  from,
  to,
  time,
  ...facts,
});

/** `count` pieces from bob to ann, each asked for before, one a second. */
const transfer = (count: number, from = 1000): PeerStep[] =>
  Array.from({ length: count }, (_, chunk) => [
    said('request', 'ann', 'bob', from + chunk * 1000, { chunk }),
    said('piece', 'bob', 'ann', from + chunk * 1000 + 400, { chunk, bytes: 16_384 }),
  ]).flat();

const OPTIONS = { width: 1000, speed: 1, breaks: true, opened: new Set<number>(), now: 0 };

describe('streams between peers', () => {
  test('pieces fold into one arrow of count and bytes, requests into another; a greeting stands alone', () => {
    const hello = said('hello', 'ann', 'bob', 0, { held: 40 });
    const items = foldLinks([hello, ...transfer(12)], new Set());
    expect(items.map(requestText)).toEqual(['hello, holds 40', '12 × request', '12 × piece, 197\u00a0kB']);
    expect(items.map(itemText)[2]).toMatch(/^0:01\.400 to 0:12\.400, bob → ann: /);
    const [, , pieces] = items;
    expect(foldLinks([hello, ...transfer(12)], new Set([pieces?.key ?? 0]))).toHaveLength(3);
    const steps = [hello, ...transfer(12)];
    const key = steps.find(({ kind }) => kind === 'piece')?.id ?? 0;
    expect(foldLinks(steps, new Set([key]))).toHaveLength(1 + 1 + 12);
  });

  test('silence, a good-bye of either side and a greeting anew end a stream; other pairs do not', () => {
    const kinds = (steps: readonly PeerStep[]): string[] =>
      foldLinks(steps, new Set())
        .filter(({ steps: [first] }) => first.kind === 'piece')
        .map(({ steps: { length } }) => String(length));
    expect(kinds([...transfer(4), ...transfer(4, 30_000)])).toEqual(['4', '4']);
    expect(kinds([...transfer(4), said('bye', 'ann', 'bob', 4900), ...transfer(4, 5000)])).toEqual([
      '4',
      '4',
    ]);
    expect(kinds([...transfer(4), said('bye', 'cy', 'bob', 4900), ...transfer(4, 5000)])).toEqual(['8']);
  });

  test('no message is lost or told twice, and two are no stream', () => {
    const steps = [...transfer(2), said('refuse', 'bob', 'ann', 3000)];
    const told = foldLinks(steps, new Set()).flatMap(({ steps: own }) => own);
    expect(new Set(told)).toEqual(new Set(steps));
    expect(told).toHaveLength(5);
    expect(foldLinks(steps, new Set()).every(({ steps: own }) => own.length === 1)).toBe(true);
  });

  test('arrows lie level from lifeline to lifeline, across the tracker too, at the height of their time', () => {
    const links = [said('hello', 'cy', 'ann', 0), ...transfer(5), said('refuse', 'bob', 'ann', 6000)];
    const layout = sequenceLayout([], ['ann', 'bob', 'cy'], { ...OPTIONS, breaks: false, links });
    const at = Object.fromEntries(layout.lifelines.map(({ peer, x }) => [peer ?? 'tracker', x]));
    const [hello, request, piece, refuse] = layout.arrows;
    expect(hello?.request).toEqual({ x1: at['cy'], y1: 0, x2: at['ann'], y2: 0 });
    expect(request?.request).toEqual({ x1: at['ann'], y1: 1000, x2: at['bob'], y2: 1000 });
    expect(piece).toMatchObject({ request: { x1: at['bob'], x2: at['ann'] }, bottom: 5400, bad: false });
    expect(refuse?.bad).toBe(true);
    expect(new Set(layout.arrows.map(({ id }) => id)).size).toBe(layout.arrows.length);
    expect(sequenceLayout([], ['ann'], { ...OPTIONS, links }).arrows).toEqual([]);
  });

  test('words stand on the side that their arrow goes to, and only one at a height', () => {
    const links = [said('bye', 'bob', 'ann', 0), said('bye', 'bob', 'cy', 0), said('bye', 'bob', 'cy', 1)];
    const { arrows } = sequenceLayout([], ['ann', 'bob', 'cy'], { ...OPTIONS, links });
    expect(arrows.map(({ id }) => id)).toEqual(links.map(({ id }) => id));
    expect(arrows.map(({ worded }) => worded.request)).toEqual([true, true, false]);
  });

  test('page and file draw them, with words where there is room', () => {
    const layout = sequenceLayout([], ['ann', 'bob'], { ...OPTIONS, links: transfer(12) });
    const drawn = drawSequence(layout, { top: 0, bottom: 9000, offset: 0, clock: 'run' });
    expect(drawn.filter(({ name }) => name.startsWith('arrow link'))).toHaveLength(2);
    const svg = diagramSvg(layout, 'run');
    expect(svg).toContain('12 × piece, 197\u00a0kB');
  });
});

describe('waits along a lifeline', () => {
  const NOTHING = { joins: [], leaves: [], ends: false, stays: false };
  const step = (facts: Partial<SequenceStep>): SequenceStep =>
    ({
      id: ++ids + 1e6,
      time: 0,
      took: 10,
      method: 'STAT_REPORT',
      transactionId: String(ids),
      attempt: 1,
      verdict: 'ok',
      effect: NOTHING,
      ...facts,
    }) as SequenceStep;
  const join = {
    method: 'CONNECT',
    effect: { ...NOTHING, joins: [{ swarm: 'film', mode: 'LEECH' }] },
  } as const;
  const leave = { method: 'CONNECT', effect: { ...NOTHING, leaves: ['film'] } } as const;
  const told = (steps: readonly SequenceStep[], now: number) =>
    waitsOf(steps, now).map(({ kind, from, to, endedBy }) => [kind, from, to, endedBy !== undefined]);

  test('the report timer runs from the registration, then from report to report; a FIND leaves it alone', () => {
    const steps = [
      step({ ...join }),
      step({ method: 'FIND', time: 5000 }),
      step({ time: 20_000 }),
      step({ time: 50_000 }),
    ];
    expect(told(steps, 60_000)).toEqual([
      ['report', 10, 20_000, true],
      ['report', 20_010, 50_000, true],
      ['report', 50_010, 60_000, false],
    ]);
    expect(told([...steps, step({ ...leave, time: 55_000 })], 60_000)).toHaveLength(2);
  });

  test('the back-off runs from the end of a failed try to the next try of that transaction', () => {
    const lost = { verdict: 'failed', took: 500, transactionId: 't' } as const;
    const steps = [
      step({ ...join, ...lost }),
      step({ ...join, ...lost, time: 1700, attempt: 2 }),
      step({ ...join, transactionId: 't', time: 4000, attempt: 3 }),
    ];
    expect(told(steps.slice(0, 2), 3000)).toEqual([
      ['back-off', 500, 1700, true],
      ['back-off', 2200, 3000, false],
    ]);
    expect(told(steps, 5000).map(([kind]) => kind)).toEqual(['back-off', 'back-off', 'report']);
  });

  test('within a folded run the reports are alike: their timers are not drawn one by one', () => {
    const steps = [step({ ...join }), ...[1, 2, 3, 4].map((at) => step({ time: at * 30_000 }))].map(
      (one) => ({
        ...one,
        peerId: 'ann',
        swarms: ['film'],
      }),
    );
    const folded = sequenceLayout(steps, ['ann'], { ...OPTIONS, now: 121_000 });
    expect(folded.waits.map(({ from }) => from)).toEqual([10, 120_010]);
    const opened = new Set([steps[1]?.id ?? 0]);
    expect(sequenceLayout(steps, ['ann'], { ...OPTIONS, opened, now: 121_000 }).waits).toHaveLength(5);
  });
});
