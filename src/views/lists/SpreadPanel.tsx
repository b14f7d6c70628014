/** How often each peer was listed, against what uniform random lists would give. */
import { select } from 'd3';
import { useEffect, useRef, useState } from 'react';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { SpreadAnswer } from '../../dashboard/observed.ts';
import type { LegendEntry } from '../export/exportable.ts';
import { formatCount, plural } from '../format.ts';
import type { ShownTheme } from '../theme.ts';
import type { Size } from './edge-layout.ts';
import type { Names } from './names.ts';
import { Panel } from './Panel.tsx';
import { spreadSheet } from './sheet.ts';
import { spreadPlan, type SpreadPlan } from './spread-layout.ts';
import type { Lens } from './state.ts';
import { drawBars, drawGrid } from './svg-marks.ts';
import { useAnswers } from './useAnswers.ts';
import { useDrawing } from './useDrawing.ts';
import { spreadNotes, spreadWords, verdictOf } from './words.ts';

const LEGEND: readonly LegendEntry[] = [
  { label: 'peers listed so often', colour: 'var(--tracker)', mark: 'square' },
  { label: 'expected of uniform random lists', colour: 'var(--ink)', mark: 'line' },
];

interface SpreadPanelProps {
  readonly lens: Lens;
  readonly swarmNames: readonly string[];
  readonly theme: ShownTheme;
  readonly names: Names;
  readonly onPick: (peer: PeerHandle) => void;
}

export function SpreadPanel({ lens, swarmNames, theme, names, onPick }: SpreadPanelProps) {
  const svg = useRef<SVGSVGElement>(null);
  const reading = useRef<HTMLParagraphElement>(null);
  const notes = useRef<HTMLParagraphElement>(null);
  const tip = useRef<HTMLParagraphElement>(null);
  const shown = useRef<{ answer: SpreadAnswer; plan?: SpreadPlan }>(undefined);
  const [favoured, setFavoured] = useState<readonly (readonly [peer: PeerHandle, words: string])[]>([]);
  const { swarm, method, window } = lens;

  const draw = useDrawing(svg, theme, (of: SVGSVGElement, size: Size) => {
    if (shown.current === undefined) return;
    const plan = spreadPlan(shown.current.answer, size);
    shown.current.plan = plan;
    drawSpread(of, plan, size);
  });
  useAnswers<'spread'>({ about: 'spread', filter: { swarm, method, window } }, (answer) => {
    shown.current = { answer };
    const words = spreadWords(answer);
    const of = swarm === undefined ? `${swarmNames[answer.swarm] ?? `swarm ${answer.swarm + 1}`}: ` : '';
    if (reading.current) {
      reading.current.textContent = `${of}${words}`;
      reading.current.dataset['verdict'] = verdictOf(answer);
    }
    if (notes.current) notes.current.textContent = spreadNotes(answer);
    svg.current?.setAttribute(
      'aria-label',
      `How often peers were listed. ${of}${words} ${spreadNotes(answer)}`,
    );
    const found =
      verdictOf(answer) === 'favoured'
        ? answer.favoured.map(
            ({ peer, seen, expected }) =>
              [peer, `${formatCount(seen)}× where ${expected.toFixed(1)} are due`] as const,
          )
        : [];
    setFavoured((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    draw();
  });
  useEffect(() => {
    void names.learn(favoured.map(([peer]) => peer)).then(
      (news) => news && setFavoured([...favoured]),
      () => undefined,
    );
  }, [names, favoured]);

  return (
    <Panel
      title="How often each was listed"
      name="How often each was listed"
      reading={reading}
      className="lists-spread"
      names={names}
      sheet={() => (shown.current === undefined ? undefined : spreadSheet(shown.current.answer))}
      exportable={() => ({
        name: 'peer-lists-listings',
        title: 'How often each peer was listed',
        notes: [reading.current?.textContent ?? '', notes.current?.textContent ?? ''],
        legend: LEGEND,
        svg: () => (shown.current === undefined ? undefined : (svg.current ?? undefined)),
      })}
    >
      <div className="lists-picture">
        <svg
          ref={svg}
          className="lists-svg"
          role="img"
          aria-label="How often peers were listed"
          onPointerMove={({ nativeEvent }) => {
            const bar = shown.current?.plan?.bars.find(
              ({ x, width }) => nativeEvent.offsetX >= x && nativeEvent.offsetX <= x + width + 2,
            );
            if (tip.current === null) return;
            const range =
              bar === undefined
                ? ''
                : bar.to - bar.from === 1
                  ? `${bar.from}×`
                  : `${bar.from}× to ${bar.to - 1}×`;
            tip.current.textContent =
              bar === undefined
                ? ''
                : `Listed ${range}: ${plural(bar.peers, 'peer')}, ${bar.expected.toFixed(1)} expected.`;
          }}
          onPointerLeave={() => {
            if (tip.current) tip.current.textContent = '';
          }}
        />
        <p ref={tip} className="lists-tip" aria-hidden="true" />
      </div>
      <ul className="lists-legend">
        <li data-mark="often">peers listed so often</li>
        <li data-mark="curve">expected of uniform random lists</li>
      </ul>
      {favoured.length > 0 && (
        <ul className="lists-favoured" aria-label="Listed most against expectation">
          {favoured.map(([peer, words]) => (
            <li key={peer}>
              <button
                type="button"
                className="lists-peer mono"
                title={names.full(peer)}
                onClick={() => onPick(peer)}
              >
                {names.short(peer)}
              </button>{' '}
              {words}
            </li>
          ))}
        </ul>
      )}
      <p ref={notes} className="lists-notes soft" />
    </Panel>
  );
}

function drawSpread(svg: SVGSVGElement, plan: SpreadPlan, size: Size): void {
  const root = select(svg);
  const heights = plan.yTicks.map(({ at }) => at);
  drawGrid(root, plan.left, plan.right, heights);
  drawBars(root, plan.bars);
  root.selectAll('path.expected').data([plan.curve]).join('path').attr('class', 'expected').attr('d', String);
  root
    .selectAll('text.tick-y')
    .data(plan.yTicks)
    .join('text')
    .attr('class', 'tick tick-y')
    .attr('x', plan.left - 0.4 * size.rem)
    .attr('y', ({ at }) => at)
    .attr('text-anchor', 'end')
    .attr('dominant-baseline', 'middle')
    .text(({ label }) => label);
  root
    .selectAll('text.tick-x')
    .data(plan.xTicks)
    .join('text')
    .attr('class', 'tick tick-x')
    .attr('x', ({ at }) => at)
    .attr('y', plan.bottom + 1.05 * size.rem)
    .attr('text-anchor', 'middle')
    .text(({ label }) => label);
  root
    .selectAll('text.axis')
    .data(['times listed → number of peers'])
    .join('text')
    .attr('class', 'tick axis')
    .attr('x', (plan.left + plan.right) / 2)
    .attr('y', size.height - 0.45 * size.rem)
    .attr('text-anchor', 'middle')
    .text(String);
}
