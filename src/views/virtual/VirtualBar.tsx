/** The controls of a run on the virtual clock, under the page's bar: speed, steps, how far it is, what it is known by. */
import { useId } from 'react';
import { useStore } from 'zustand';
import { remainingSeconds, SPEEDS, type VirtualState } from '../../dashboard/virtual.ts';
import { CopyButton } from '../CopyButton.tsx';
import { useDashboard } from '../context.tsx';
import { formatBytes, formatClock, formatCount, formatSpan } from '../format.ts';
import { Icon } from '../icons.tsx';
import { save } from '../wire/save.ts';
import { speedName } from './words.ts';
import './virtual.css';

export function VirtualBar() {
  const { stores } = useDashboard();
  const virtual = useStore(stores.run, ({ settings }) => settings.clock === 'virtual');
  return virtual ? <Bar /> : null;
}

function Bar() {
  const { virtual } = useDashboard();
  const state = useStore(virtual.store);
  return (
    <section className="virtual-bar" aria-label="Virtual clock">
      <Speed speed={state.speed} ended={state.end !== undefined} />
      <Steps />
      <Progress state={state} />
      <Result state={state} />
    </section>
  );
}

function Speed({ speed, ended }: { readonly speed: number; readonly ended: boolean }) {
  const { virtual } = useDashboard();
  const id = useId();
  const speeds = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b);
  return (
    <div className="virtual-group" role="group" aria-label="Speed">
      <button
        type="button"
        className="button button-small"
        aria-label="Slower"
        title="Slower ([)"
        disabled={ended || speed <= (SPEEDS[0] ?? 0)}
        onClick={() => virtual.faster(-1)}
      >
        −
      </button>
      <label className="only-spoken" htmlFor={id}>
        Speed
      </label>
      <select
        id={id}
        className="field-control virtual-speed"
        title="Virtual seconds in a second"
        disabled={ended}
        value={String(speed)}
        onChange={({ target }) => virtual.setSpeed(Number(target.value))}
      >
        {speeds.map((one) => (
          <option key={one} value={String(one)}>
            {speedName(one)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button button-small"
        aria-label="Faster"
        title="Faster (])"
        disabled={ended || speed === Infinity}
        onClick={() => virtual.faster(1)}
      >
        +
      </button>
    </div>
  );
}

function Steps() {
  const { stores, commands } = useDashboard();
  const can = useStore(stores.run, ({ status }) => status === 'running' || status === 'paused');
  return (
    <div className="virtual-group" role="group" aria-label="Step">
      <button
        type="button"
        className="button button-small"
        title="One event, then the run is paused (.)"
        disabled={!can}
        onClick={() => commands.step('event')}
      >
        Event
      </button>
      <button
        type="button"
        className="button button-small"
        title="One second of virtual time, then the run is paused (>)"
        disabled={!can}
        onClick={() => commands.step('second')}
      >
        Second
      </button>
    </div>
  );
}

function Progress({ state }: { readonly state: VirtualState }) {
  const id = useId();
  const { progress, end } = state;
  if (progress === undefined) return <p className="virtual-progress soft">Waiting for the worker…</p>;
  const { time, duration, events, unrecorded } = progress;
  const remaining = remainingSeconds(state);
  return (
    <div className="virtual-progress">
      <label htmlFor={id}>
        <span data-virtual-time={time} className="mono">
          {time.toFixed(6)} s
        </span>{' '}
        of {formatClock(duration * 1000)} · <span data-events={events}>{formatCount(events)} events</span>
        {remaining !== undefined && <> · {formatSpan(remaining * 1000)} left</>}
        {unrecorded > 0 && (
          <span title="At most 4,000 exchanges a second are recorded; run slower to have all of them in the wire view.">
            {' '}
            · {formatCount(unrecorded)} not in the wire view
          </span>
        )}
      </label>
      <progress id={id} max={duration} value={time} data-ended={end === undefined ? undefined : ''} />
    </div>
  );
}

function Result({ state: { progress, end, saving } }: { readonly state: VirtualState }) {
  const { virtual } = useDashboard();
  if (end === undefined || progress === undefined) return null;
  const { log } = progress;
  return (
    <div className="virtual-result">
      <p>
        {end.complete ? 'Events' : 'Ended early; events so far:'} SHA-256{' '}
        <code className="virtual-hash" data-events-sha256={end.eventsSha256} title={end.eventsSha256}>
          {end.eventsSha256}
        </code>
        <CopyButton what="SHA-256 of the events" text={end.eventsSha256} />
      </p>
      {log.kept ? (
        <button
          type="button"
          className="button button-small"
          title="events.ndjson, series.csv, summary.json"
          disabled={saving}
          onClick={() =>
            virtual.save((files) => {
              for (const { name, blob } of files) save(blob, name);
            })
          }
        >
          <Icon name="download" />
          {saving ? 'Computing measures…' : `Save results (${formatBytes(log.bytes)})`}
        </button>
      ) : (
        <p className="soft">
          The log was too long to be kept in a page ({formatBytes(log.bytes)}); <code>swarmscope run</code>{' '}
          writes it to a file with the same SHA-256.
        </p>
      )}
    </div>
  );
}
