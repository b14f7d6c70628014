/** The run over time: charts one under the other on one axis. */
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import type { PlaceProps } from '../places.ts';
import { plural } from '../format.ts';
import { ChartPanel } from './ChartPanel.tsx';
import { listen } from './gestures.ts';
import { TimeScene } from './scene.ts';
import { timeView } from './state.ts';
import { TimeBar } from './TimeBar.tsx';
import './time.css';

export function Time({ theme, ref }: PlaceProps) {
  const dashboard = useDashboard();
  const [scene] = useState(() => new TimeScene(dashboard));
  const shown = useStore(timeView, (view) => view.shown);
  const place = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const charts = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const cross = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const brush = useRef<HTMLDivElement>(null);
  const reading = useRef<HTMLSpanElement>(null);
  const shownRange = useRef<HTMLSpanElement>(null);
  const first = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const parts = {
      axis: axis.current,
      slider: slider.current,
      cross: cross.current,
      mark: mark.current,
      brush: brush.current,
      reading: reading.current,
      shown: shownRange.current,
    };
    const [all, host, around] = [place.current, charts.current, scroller.current];
    if (!areThere(parts) || all === null || host === null || around === null) return undefined;
    const ends = [scene.begin(parts), listen(host, around, scene)];
    const pressed = (event: KeyboardEvent): void => press(event, scene);
    all.addEventListener('keydown', pressed);
    return () => {
      all.removeEventListener('keydown', pressed);
      for (const end of ends) end();
    };
  }, [scene]);
  useEffect(() => scene.relook(), [scene, theme]);

  useImperativeHandle(ref, () => ({
    find: () => first.current?.focus(),
    clear() {
      if (scene.at !== undefined) scene.point(undefined);
      else scene.goLive();
    },
  }));

  return (
    <section ref={place} className="time-place" aria-labelledby="time-title">
      <h2 id="time-title" className="only-spoken">
        The run over time
      </h2>
      <TimeBar scene={scene} first={first} reading={reading} shownRange={shownRange} />
      <Notes scene={scene} />
      <div ref={scroller} className="time-scroll">
        <div ref={charts} className="time-charts">
          <div
            ref={slider}
            className="time-axis"
            data-plot="axis"
            role="slider"
            tabIndex={0}
            aria-label="Moment that is read"
            aria-valuenow={0}
            title="Drag to travel, turn the wheel to zoom; on the charts, drag to choose a part, press to set the mark"
          >
            <canvas ref={axis} aria-hidden="true" />
          </div>
          {shown.map((part, i) => (
            <ChartPanel key={part} part={part} scene={scene} first={i === 0} last={i === shown.length - 1} />
          ))}
          {shown.length === 0 && <p className="time-none soft">No chart is chosen: press one above.</p>}
          <div ref={brush} className="time-brush" hidden />
          <div ref={mark} className="time-line time-mark" hidden />
          <div ref={cross} className="time-line" hidden />
        </div>
      </div>
    </section>
  );
}

type Found<Parts> = { [Key in keyof Parts]: NonNullable<Parts[Key]> };

const areThere = <Parts extends Readonly<Record<string, HTMLElement | null>>>(
  parts: Parts,
): parts is Parts & Found<Parts> => Object.values(parts).every((part) => part !== null);

function Notes({ scene }: { readonly scene: TimeScene }) {
  const { any, ahead, gaps } = useStore(scene.news);
  const lines = [
    ...(any ? [] : ['Nothing yet: the charts begin with the first second of the run.']),
    ...(any && ahead
      ? ['The run has not come to what is shown: it appears when it does, or press live.']
      : []),
    ...(gaps === 0
      ? []
      : [
          `Hatched: ${plural(gaps, 'stretch', 'stretches')} of time without data, or without that of some peers, because a worker was gone.`,
        ]),
  ];
  return (
    <div role="status">
      {lines.map((line) => (
        <p key={line} className="time-note small">
          {line}
        </p>
      ))}
    </div>
  );
}

/** Columns that an arrow goes with Shift. */
const FAR = 10;

/** The keys of the place; those that fields and menus need are theirs. */
function press(event: KeyboardEvent, scene: TimeScene): void {
  const { target, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
  if (!(target instanceof Element) || target.closest('input, select, [role=menu]') !== null) return;
  const { from, to } = scene.range;
  const here = scene.at ?? Math.min(to, scene.told);
  const step = scene.step * (event.shiftKey ? FAR : 1);
  const actions: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowLeft: () => walk(scene, here - step),
    ArrowRight: () => walk(scene, here + step),
    PageUp: () => scene.travel(-(to - from) / 2),
    PageDown: () => scene.travel((to - from) / 2),
    Home: () => walk(scene, 0),
    End: () => {
      scene.point(undefined);
      scene.goLive();
    },
    Enter: target.closest('[role=slider]') === null ? undefined : () => scene.setMark(here, step / 2),
    '+': () => scene.zoom(1 / 2),
    '=': () => scene.zoom(1 / 2),
    '-': () => scene.zoom(2),
    '−': () => scene.zoom(2),
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}

/** What is shown comes along with the moment that is read. */
function walk(scene: TimeScene, to: number): void {
  const { from, to: end } = scene.range;
  const at = Math.min(Math.max(0, to), scene.told);
  if (at < from) scene.travel(at - from);
  if (at > end) scene.travel(at - end);
  scene.point(at);
}
