/** Everybody who asked by everybody who was listed. */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { MatrixAnswer, Share } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';
import type { LegendEntry } from '../export/exportable.ts';
import { plural } from '../format.ts';
import type { ShownTheme } from '../theme.ts';
import { matrixColours } from './colours.ts';
import { drawMatrix } from './draw-matrix.ts';
import type { Size } from './edge-layout.ts';
import {
  cellAt,
  matrixPlan,
  peersOfCell,
  roomFor,
  shareOf,
  type MatrixPlace,
  type MatrixPlan,
} from './matrix-layout.ts';
import type { Names } from './names.ts';
import { Panel } from './Panel.tsx';
import { matrixSheet } from './sheet.ts';
import type { Lens } from './state.ts';
import { useAnswers } from './useAnswers.ts';
import { useDrawing } from './useDrawing.ts';
import { ago, matrixWords } from './words.ts';

const LEGEND: readonly LegendEntry[] = [
  { label: 'listed; stronger: more often', colour: 'var(--tracker)', mark: 'square' },
  { label: 'mostly gone when listed', colour: 'var(--error)', mark: 'square' },
  { label: 'SEED, at the edges', colour: 'var(--seed)', mark: 'square' },
  { label: 'LEECH, at the edges', colour: 'var(--leech)', mark: 'square' },
];

const WHOLE: Zoom = { askers: { from: 0, to: 1 }, listed: { from: 0, to: 1 } };
/** Pixels that a pointer may wander in a click. */
const STILL = 5;

interface Zoom {
  readonly askers: Share;
  readonly listed: Share;
}

interface Shown {
  answer: MatrixAnswer | undefined;
  plan: MatrixPlan;
  size: Size;
  over: MatrixPlace | undefined;
  brush: readonly [MatrixPlace, MatrixPlace] | undefined;
}

interface MatrixPanelProps {
  readonly lens: Lens;
  readonly peer: PeerHandle | undefined;
  readonly theme: ShownTheme;
  readonly names: Names;
  readonly tools: ReactNode;
  readonly onPick: (peer: PeerHandle) => void;
}

export function MatrixPanel({ lens, peer, theme, names, tools, onPick }: MatrixPanelProps) {
  const { commands } = useDashboard();
  const canvas = useRef<HTMLCanvasElement>(null);
  const reading = useRef<HTMLParagraphElement>(null);
  const tip = useRef<HTMLParagraphElement>(null);
  /** What the keys came to; the pointer's way would be too much to say. */
  const spoken = useRef<HTMLParagraphElement>(null);
  const [cells, setCells] = useState(200);
  const [zoom, setZoom] = useState(WHOLE);
  const shown = useRef<Shown>({
    answer: undefined,
    plan: matrixPlan({ width: 300, height: 300, rem: 14 }),
    size: { width: 300, height: 300, rem: 14 },
    over: undefined,
    brush: undefined,
  });
  const { swarm, method, window, order } = lens;

  const paint = (pen: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): void => {
    const { answer, plan, size, over, brush } = shown.current;
    if (answer === undefined) return;
    const selected = peer === undefined ? -1 : answer.peers.indexOf(peer);
    drawMatrix(pen, { answer, plan, size, colours: matrixColours(), over, brush, selected });
  };
  const draw = useDrawing(canvas, theme, (of: HTMLCanvasElement, size: Size) => {
    const plan = matrixPlan(size);
    Object.assign(shown.current, { plan, size });
    setCells(roomFor(plan));
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)];
    if (of.width !== width || of.height !== height) Object.assign(of, { width, height });
    const pen = of.getContext('2d');
    if (pen === null) return;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    paint(pen);
  });
  useEffect(draw, [draw, peer]);

  const say = (): void => {
    const { answer, over } = shown.current;
    if (tip.current === null) return;
    tip.current.textContent =
      answer === undefined || over === undefined ? '' : tipOf(answer, over, names, say);
  };

  useAnswers<'matrix'>(
    { about: 'matrix', filter: { swarm, method, window }, order, cells, ...zoom },
    (answer) => {
      shown.current.answer = answer;
      const words = matrixWords(answer);
      if (reading.current) reading.current.textContent = words;
      canvas.current?.setAttribute('aria-label', `Askers by listed peers. ${words}`);
      say();
      draw();
    },
  );

  const at = (event: { readonly clientX: number; readonly clientY: number }): MatrixPlace | undefined => {
    const { answer, plan } = shown.current;
    const box = canvas.current?.getBoundingClientRect();
    if (answer === undefined || box === undefined) return undefined;
    return cellAt(plan, answer, event.clientX - box.left, event.clientY - box.top);
  };
  const turnTo = (over: MatrixPlace | undefined): void => {
    shown.current.over = over;
    say();
    draw();
  };
  const narrow = (a: MatrixPlace, b: MatrixPlace): void => {
    const { answer } = shown.current;
    if (answer === undefined) return;
    const count = answer.peers.length;
    setZoom({
      askers: shareOf(answer.rows, a.row, b.row, count),
      listed: shareOf(answer.columns, a.column, b.column, count),
    });
  };
  const pick = (place: MatrixPlace, asker: boolean): void => {
    const { answer } = shown.current;
    if (answer === undefined) return;
    const side = asker ? answer.rows : answer.columns;
    const peers = answer.peers.subarray(...peersOfCell(side, asker ? place.row : place.column));
    const [first] = peers;
    if (first === undefined) return;
    if (peers.length === 1) onPick(first);
    else commands.pick([...peers], `${asker ? 'askers' : 'listed peers'} of one cell of the matrix`);
  };
  const press = useRef<{ readonly x: number; readonly y: number; readonly from: MatrixPlace }>(undefined);
  const release = (event: {
    readonly clientX: number;
    readonly clientY: number;
    readonly shiftKey: boolean;
  }): void => {
    const began = press.current;
    press.current = undefined;
    shown.current.brush = undefined;
    if (began === undefined) return;
    const still = Math.hypot(event.clientX - began.x, event.clientY - began.y) < STILL;
    if (still) pick(began.from, event.shiftKey);
    else narrow(began.from, at(event) ?? shown.current.over ?? began.from);
    draw();
  };
  const key = (event: KeyboardEvent): void => {
    const { answer, over = { row: 0, column: 0 } } = shown.current;
    if (answer === undefined) return;
    const { rows, columns } = answer;
    const steps: Record<string, readonly [row: number, column: number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
    if (step !== undefined)
      turnTo({
        row: within(over.row + step[0], rows.cells),
        column: within(over.column + step[1], columns.cells),
      });
    else if (event.key === 'Enter') pick(over, event.shiftKey);
    else if (event.key === '+') {
      const [high, wide] = [Math.floor(rows.cells / 6), Math.floor(columns.cells / 6)];
      narrow(
        { row: within(over.row - high, rows.cells), column: within(over.column - wide, columns.cells) },
        { row: within(over.row + high, rows.cells), column: within(over.column + wide, columns.cells) },
      );
    } else if (event.key === '0') setZoom(WHOLE);
    else return;
    if (spoken.current) spoken.current.textContent = tip.current?.textContent ?? '';
    event.preventDefault();
  };

  return (
    <Panel
      title="Askers by listed peers"
      name="Askers by listed peers"
      reading={reading}
      className="lists-matrix"
      tools={
        <>
          {tools}
          {zoom !== WHOLE && (
            <button type="button" className="button button-small" onClick={() => setZoom(WHOLE)}>
              Whole matrix
            </button>
          )}
        </>
      }
      names={names}
      sheet={() => (shown.current.answer === undefined ? undefined : matrixSheet(shown.current.answer))}
      exportable={() => ({
        name: 'peer-lists-matrix',
        title: 'Askers by listed peers',
        notes: [reading.current?.textContent ?? ''],
        legend: LEGEND,
        pixels: async (scale) => {
          const { answer, size } = shown.current;
          const paper = new OffscreenCanvas(Math.ceil(size.width * scale), Math.ceil(size.height * scale));
          const pen = paper.getContext('2d');
          if (answer === undefined || pen === null) return undefined;
          pen.scale(scale, scale);
          paint(pen);
          return createImageBitmap(paper);
        },
      })}
    >
      <div className="lists-picture">
        <canvas
          ref={canvas}
          className="lists-canvas"
          role="img"
          aria-label="Askers by listed peers"
          // Arrows go from cell to cell.
          tabIndex={0}
          onKeyDown={key}
          onPointerDown={(event) => {
            const from = at(event);
            if (from === undefined || event.button !== 0) return;
            press.current = { x: event.clientX, y: event.clientY, from };
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            const place = at(event);
            if (press.current !== undefined && place !== undefined)
              shown.current.brush = [press.current.from, place];
            turnTo(place);
          }}
          onPointerUp={release}
          onPointerCancel={() => {
            press.current = undefined;
            shown.current.brush = undefined;
            draw();
          }}
          onPointerLeave={() => turnTo(undefined)}
          onDoubleClick={() => setZoom(WHOLE)}
        />
        <p ref={tip} className="lists-tip" aria-hidden="true" />
        <p ref={spoken} className="only-spoken" role="status" />
      </div>
      <ul className="lists-legend">
        <li data-mark="often">stronger: more often</li>
        <li data-mark="gone">mostly gone when listed</li>
        <li data-mark="seed-edge">SEED</li>
        <li data-mark="leech-edge">LEECH</li>
        <li>drag: closer; click: select the listed, with Shift the asker</li>
      </ul>
    </Panel>
  );
}

function tipOf(answer: MatrixAnswer, { row, column }: MatrixPlace, names: Names, then: () => void): string {
  const { rows, columns, peers, looked } = answer;
  const index = answer.cell.indexOf(row * columns.cells + column);
  const side = (of: typeof rows, cell: number, many: string): string => {
    const [from, to] = peersOfCell(of, cell);
    const first = peers[from];
    if (first === undefined) return '';
    names.peek(first, then);
    return to - from === 1 ? names.short(first) : `${plural(to - from, many)} from ${names.short(first)} on`;
  };
  const who = `${side(rows, row, 'asker')} → ${side(columns, column, 'peer')}`;
  if (index < 0) return `${who}: never`;
  const stale = answer.stale[index] ?? 0;
  const gone = stale > 0 ? `, ${stale} of them gone by then` : '';
  return `${who}: ${plural(answer.times[index] ?? 0, 'time')}${gone}, last ${ago(looked.to - (answer.last[index] ?? 0))}. Row ${answer.rowSums[row] ?? 0}, column ${answer.columnSums[column] ?? 0}.`;
}
