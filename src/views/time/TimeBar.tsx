/** What is shown of the run, and which charts. */
import { useId, useState, type FormEvent, type Ref } from 'react';
import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import type { TimeScene } from './scene.ts';
import { PARTS, timeView, toggled } from './state.ts';
import { CHARTS } from './words.ts';

/** Spans that can be gone along with, in milliseconds. */
const SPANS = [
  { latest: 60_000, name: 'the last minute' },
  { latest: 300_000, name: 'the last 5 minutes' },
  { latest: 900_000, name: 'the last 15 minutes' },
  { latest: 3_600_000, name: 'the last hour' },
  { latest: Infinity, name: 'the whole run' },
] as const;

interface TimeBarProps {
  readonly scene: TimeScene;
  readonly first: Ref<HTMLInputElement>;
  readonly reading: Ref<HTMLSpanElement>;
  readonly shownRange: Ref<HTMLSpanElement>;
}

export function TimeBar({ scene, first, reading, shownRange }: TimeBarProps) {
  const { links } = useDashboard();
  const range = useStore(links.store, (link) => link.range);
  const { shown, latest } = useStore(timeView);
  return (
    <div className="time-bar">
      <div className="time-row">
        <button
          type="button"
          className={`button button-small ${range === undefined ? '' : 'button-main'}`}
          aria-pressed={range === undefined}
          onClick={() => scene.goLive()}
        >
          live
        </button>
        <select
          className="field-control time-choice"
          name="latest"
          aria-label="What is shown while it is live"
          value={String(latest)}
          onChange={({ target }) => scene.goLive(Number(target.value))}
        >
          {SPANS.some((span) => span.latest === latest) || (
            <option value={String(latest)}>the last {Math.round(latest / 1000)} s</option>
          )}
          {SPANS.map((span) => (
            <option key={span.name} value={String(span.latest)}>
              {span.name}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button button-small"
          aria-label="Zoom in"
          onClick={() => scene.zoom(1 / 2)}
        >
          +
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label="Zoom out"
          onClick={() => scene.zoom(2)}
        >
          −
        </button>
        <RangeForm key={`${range?.from} ${range?.to}`} scene={scene} first={first} />
        <span ref={shownRange} className="soft small" />
        <span ref={reading} className="time-reading" />
      </div>
      <div className="time-row" role="group" aria-label="Charts shown">
        {PARTS.map((part) => (
          <button
            key={part}
            type="button"
            className="button button-small time-chip"
            aria-pressed={shown.includes(part)}
            onClick={() => timeView.setState({ shown: toggled(shown, part) })}
          >
            {CHARTS[part].name}
          </button>
        ))}
      </div>
    </div>
  );
}

/** A range to the tenth of a second, in seconds into the run. */
function RangeForm({ scene, first }: { readonly scene: TimeScene; readonly first: Ref<HTMLInputElement> }) {
  const { links } = useDashboard();
  const range = useStore(links.store, (link) => link.range);
  const [bad, setBad] = useState(false);
  const says = useId();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [from, to] = [secondsIn(data.get('from'), 0), secondsIn(data.get('to'), scene.told / 1000)];
    setBad(!(to > from));
    if (to > from) scene.show({ from: from * 1000, to: to * 1000 });
  };
  const field = (name: 'from' | 'to', value: number | undefined, empty: string) => (
    <input
      ref={name === 'from' ? first : undefined}
      name={name}
      className="field-control time-moment"
      inputMode="decimal"
      autoComplete="off"
      aria-label={`Shown ${name}, in seconds into the run`}
      aria-invalid={bad}
      aria-describedby={bad ? says : undefined}
      placeholder={empty}
      defaultValue={value === undefined ? '' : Math.round(value * 10) / 10}
    />
  );
  return (
    <form className="time-range" onSubmit={submit}>
      {field('from', range?.from, '0')}
      <span aria-hidden="true">–</span>
      {field('to', range?.to, 'now')}
      <span aria-hidden="true">s</span>
      <button type="submit" className="button button-small">
        Show
      </button>
      {bad && (
        <span id={says} className="figure-error small" role="alert">
          Seconds into the run, the later moment last.
        </span>
      )}
    </form>
  );
}

function secondsIn(value: FormDataEntryValue | null, empty: number): number {
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  return text === '' ? empty : /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
