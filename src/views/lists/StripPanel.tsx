/** Lists over the run: how many, how stale, how much alike. A stretch drawn out here is what the other pictures show. */
import { select } from 'd3';
import { useEffect, useRef } from 'react';
import type { ShownRange } from '../../dashboard/deep-link.ts';
import type { ListWindow, SeriesAnswer } from '../../dashboard/observed.ts';
import type { LegendEntry } from '../export/exportable.ts';
import { formatClock } from '../format.ts';
import type { ShownTheme } from '../theme.ts';
import type { Size } from './edge-layout.ts';
import type { Names } from './names.ts';
import { Panel } from './Panel.tsx';
import { seriesSheet } from './sheet.ts';
import { rangeOf, type Lens } from './state.ts';
import { hatchPath, stripPlan, timeOf, type StripPlan } from './strip-layout.ts';
import { drawBars, drawGrid } from './svg-marks.ts';
import { useAnswers } from './useAnswers.ts';
import { useDrawing } from './useDrawing.ts';
import { figuresWords, NO_LISTS, seriesFigures } from './words.ts';

const LEGEND: readonly LegendEntry[] = [
  { label: 'lists given', colour: 'var(--tracker)', mark: 'square' },
  { label: 'gone when listed', colour: 'var(--error)', mark: 'square' },
  { label: 'unknown', colour: 'var(--ink-soft)', mark: 'square' },
  { label: 'one peer’s successive lists', colour: 'var(--selected)', mark: 'line' },
  { label: 'two peers’ lists', colour: 'var(--tracker)', mark: 'line' },
  { label: 'random lists would be', colour: 'var(--ink-soft)', mark: 'dashed' },
  { label: 'no data', colour: 'var(--ink-soft)', mark: 'hatched' },
];
const STILL = 4;

interface StripPanelProps {
  readonly lens: Lens;
  readonly theme: ShownTheme;
  readonly names: Names;
  readonly onRange: (range: ShownRange) => void;
}

export function StripPanel({ lens, theme, names, onRange }: StripPanelProps) {
  const svg = useRef<SVGSVGElement>(null);
  const reading = useRef<HTMLParagraphElement>(null);
  const shown = useRef<{ answer: SeriesAnswer; plan?: StripPlan }>(undefined);
  const brush = useRef<{ readonly from: number; readonly to: number }>(undefined);
  const over = useRef<number>(undefined);
  const { swarm, window } = lens;

  const read = (): void => {
    if (shown.current === undefined || reading.current === null) return;
    const { answer } = shown.current;
    const bins = answer.lists.length;
    const seen: ListWindow =
      brush.current ??
      ('last' in window ? { from: bins * answer.width - window.last, to: bins * answer.width } : window);
    // A column under the pointer is as wide as it is drawn.
    const column = shown.current.plan?.binWidth ?? answer.width;
    const start = over.current === undefined ? undefined : Math.floor(over.current / column) * column;
    const span = start === undefined ? seen : { from: start, to: start + column };
    const from = Math.max(0, Math.floor(span.from / answer.width));
    const to = Math.min(bins, Math.ceil(span.to / answer.width));
    const words = figuresWords(seriesFigures(answer, from, to));
    const when = `${formatClock(from * answer.width)} to ${formatClock(to * answer.width)}`;
    const all = answer.lists.reduce((sum, lists) => sum + lists, 0);
    const missing = answer.gaps.some((gap) => gap.to > from * answer.width && gap.from < to * answer.width)
      ? ' Hatched: no data, or not from all, because a worker was gone.'
      : '';
    const omitted =
      answer.omitted > 0 ? ` ${answer.omitted} lists of the run left out before they came here.` : '';
    reading.current.textContent = all === 0 ? NO_LISTS : `${when}: ${words}${missing}${omitted}`;
    if (over.current === undefined)
      svg.current?.setAttribute('aria-label', `Lists over the run. ${reading.current.textContent}`);
  };
  const draw = useDrawing(svg, theme, (of: SVGSVGElement, size: Size) => {
    if (shown.current === undefined) return;
    const plan = stripPlan(shown.current.answer, brush.current ?? window, size);
    shown.current.plan = plan;
    drawStrip(of, plan, size);
    read();
  });
  useEffect(draw, [draw, window]);
  useAnswers<'series'>({ about: 'series', swarm }, (answer) => {
    shown.current = { answer };
    draw();
  });

  useEffect(() => {
    const of = svg.current;
    if (of === null) return undefined;
    let began: number | undefined;
    const time = (event: PointerEvent): number | undefined => {
      const plan = shown.current?.plan;
      return plan === undefined ? undefined : timeOf(plan, event.offsetX);
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      began = event.offsetX;
      of.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      over.current = time(event);
      const plan = shown.current?.plan;
      if (began !== undefined && plan !== undefined && Math.abs(event.offsetX - began) >= STILL) {
        const [a, b] = [timeOf(plan, began), timeOf(plan, event.offsetX)];
        brush.current = { from: Math.min(a, b), to: Math.max(a, b) };
        over.current = undefined;
      }
      draw();
    };
    const up = (): void => {
      const drawn = brush.current;
      began = undefined;
      brush.current = undefined;
      if (drawn !== undefined) onRange(rangeOf(drawn.from, drawn.to));
      draw();
    };
    const away = (): void => {
      over.current = undefined;
      draw();
    };
    of.addEventListener('pointerdown', down);
    of.addEventListener('pointermove', move);
    of.addEventListener('pointerup', up);
    of.addEventListener('pointercancel', up);
    of.addEventListener('pointerleave', away);
    return () => {
      of.removeEventListener('pointerdown', down);
      of.removeEventListener('pointermove', move);
      of.removeEventListener('pointerup', up);
      of.removeEventListener('pointercancel', up);
      of.removeEventListener('pointerleave', away);
    };
  }, [draw, onRange]);

  return (
    <Panel
      title="Fresh and alike, over the run"
      name="Lists over the run"
      reading={reading}
      className="lists-strip"
      names={names}
      sheet={() => (shown.current === undefined ? undefined : seriesSheet(shown.current.answer))}
      exportable={() => ({
        name: 'peer-lists-over-time',
        title: 'Peer lists over the run: how many, how stale, how much alike',
        notes: [reading.current?.textContent ?? ''],
        legend: LEGEND,
        svg: () => (shown.current === undefined ? undefined : (svg.current ?? undefined)),
      })}
    >
      <div className="lists-picture">
        <svg ref={svg} className="lists-svg lists-brushed" role="img" aria-label="Lists over the run" />
      </div>
      <ul className="lists-legend">
        <li data-mark="gone">gone</li>
        <li data-mark="unknown">unknown</li>
        <li data-mark="own">a peer’s successive lists</li>
        <li data-mark="others">two peers’ lists</li>
        <li data-mark="random">random</li>
        <li>drag: a stretch for all pictures</li>
      </ul>
    </Panel>
  );
}

function drawStrip(svg: SVGSVGElement, plan: StripPlan, { height, rem }: Size): void {
  const root = select(svg);
  const [first, last] = [plan.lanes[0], plan.lanes.at(-1)];
  root
    .selectAll('rect.window')
    .data([plan.window])
    .join('rect')
    .attr('class', 'window')
    .attr('x', ({ x }) => x)
    .attr('width', ({ width }) => width)
    .attr('y', first?.top ?? 0)
    .attr('height', (last?.bottom ?? 0) - (first?.top ?? 0));
  const [top, bottom] = [first?.top ?? 0, last?.bottom ?? 0];
  const gaps = root
    .selectAll<SVGGElement, StripPlan['gaps'][number]>('g.gap')
    .data(plan.gaps)
    .join((entered) => {
      const gap = entered.append('g').attr('class', 'gap');
      gap.append('path').attr('class', 'gap-hatch');
      gap.append('text').attr('class', 'tick gap-name').attr('text-anchor', 'middle');
      return gap;
    });
  gaps.select('.gap-hatch').attr('d', (gap) => hatchPath(gap, top, bottom));
  gaps
    .select('text')
    .attr('x', ({ x, width }) => x + width / 2)
    .attr('y', (top + bottom) / 2)
    .text(({ width }) => (width >= 4 * rem ? 'no data' : ''));
  const heights = plan.lanes.map(({ bottom }) => bottom);
  drawGrid(root, plan.left, plan.right, heights);
  drawBars(root, plan.bars);
  root
    .selectAll<SVGPathElement, unknown>(':scope > path')
    .data([
      ['area-gone', plan.gone],
      ['area-unknown', plan.unknown],
      ['line-expected line-own-expected', plan.ownExpected],
      ['line-expected line-others-expected', plan.othersExpected],
      ['line-others', plan.others],
      ['line-own', plan.own],
    ] as const)
    .join('path')
    .attr('class', ([name]) => name)
    .attr('d', ([, d]) => d);
  root
    .selectAll('text.lane')
    .data(
      plan.lanes.flatMap(({ name, most, top, bottom }) => [
        { text: most, y: top + 0.75 * rem },
        { text: name, y: bottom - 0.15 * rem },
      ]),
    )
    .join('text')
    .attr('class', 'tick lane')
    .attr('x', plan.left - 0.35 * rem)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', 'end')
    .text(({ text }) => text);
  root
    .selectAll('text.tick-x')
    .data(plan.ticks)
    .join('text')
    .attr('class', 'tick tick-x')
    .attr('x', ({ at }) => at)
    .attr('y', height - 0.35 * rem)
    .attr('text-anchor', ({ at }) => (at > plan.right - rem ? 'end' : 'middle'))
    .text(({ label }) => label);
}
