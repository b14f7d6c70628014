/** What is tested, and what can be done: run all, what is shown, what failed; cancel; take the results along. */
import { useId } from 'react';
import { useStore } from 'zustand';
import { REPORT_FORMS } from '../../dashboard/conformance/report.ts';
import type { ConformanceState } from '../../dashboard/conformance/state.ts';
import { suiteShown } from '../../dashboard/conformance/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, formatSpan, hostOf, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { save } from '../wire/save.ts';

interface BarProps {
  readonly state: ConformanceState;
  /** Ids of the cases that the filter lets through, when it holds back any. */
  readonly shown: readonly string[] | undefined;
  readonly failed: readonly string[];
}

const MAX_TRACK_TIMER = 86_400;

export function Bar({ state, shown, failed }: BarProps) {
  const { conformance, stores } = useDashboard();
  const url = useStore(stores.tracker, (tracker) => tracker.url);
  const { suite, run } = state;
  const { cases, judged } = suiteShown(state);
  const idle = run === undefined;
  return (
    <div className="conf-bar">
      <ul className="conf-suites" aria-label="Suites">
        {(['trackers', 'peers'] as const).map((one) => (
          <li key={one}>
            <button
              type="button"
              className="button button-small"
              aria-pressed={suite === one}
              onClick={() => conformance.show(one)}
            >
              {one === 'trackers' ? 'Tracker' : 'Peers (ours)'}{' '}
              {state.listing === 'there' && (
                <span className="soft">{formatCount(state.suites[one].cases.length)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <p className="conf-subject soft" title={suite === 'trackers' ? url : undefined}>
        {suite === 'trackers' ? (
          <>
            against <b className="mono">{hostOf(url)}</b>
          </>
        ) : (
          'our own peers, in memory'
        )}
      </p>
      <div className="conf-tools" role="group" aria-label="Run">
        {idle ? (
          <>
            <button
              type="button"
              className="button button-small button-main"
              disabled={cases.length === 0}
              onClick={() => conformance.run(cases.map(({ id }) => id))}
            >
              <Icon name="start" />
              Run all {formatCount(cases.length)}
            </button>
            {shown !== undefined && shown.length > 0 && (
              <button type="button" className="button button-small" onClick={() => conformance.run(shown)}>
                Run shown {formatCount(shown.length)}
              </button>
            )}
            {failed.length > 0 && (
              <button type="button" className="button button-small" onClick={() => conformance.run(failed)}>
                <Icon name="restart" />
                Run failed again {formatCount(failed.length)}
              </button>
            )}
          </>
        ) : (
          <button
            type="button"
            className="button button-small button-main"
            disabled={run.cancelling}
            onClick={() => conformance.cancel()}
          >
            <Icon name="stop" />
            Cancel
          </button>
        )}
      </div>
      {suite === 'trackers' && <TrackTimer value={state.trackTimer} disabled={!idle} />}
      {judged.size > 0 && idle && (
        <div className="conf-exports" role="group" aria-label="Take the results along">
          {REPORT_FORMS.map((form) => (
            <button
              key={form}
              type="button"
              className="button button-small"
              aria-label={`Export ${form}`}
              onClick={() => {
                const { name, type, text } = conformance.report(form);
                save(new Blob([text], { type }), name);
              }}
            >
              <Icon name="download" />
              {form}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function TrackTimer({ value, disabled }: { readonly value: number | undefined; readonly disabled: boolean }) {
  const { conformance } = useDashboard();
  const id = useId();
  return (
    <label
      className="conf-timer"
      htmlFor={id}
      title="Seconds until the tracker forgets a silent peer. Without it, the cases that outwait it are skipped; with a short one they are quick."
    >
      <span className="soft">Track timer</span>
      <input
        id={id}
        type="number"
        className="field-control"
        min={1}
        max={MAX_TRACK_TIMER}
        placeholder="unknown"
        disabled={disabled}
        value={value ?? ''}
        onChange={({ target }) => {
          const seconds = target.valueAsNumber;
          conformance.setTrackTimer(seconds >= 1 && seconds <= MAX_TRACK_TIMER ? seconds : undefined);
        }}
      />
      <span className="soft">s</span>
    </label>
  );
}

export function Meter({ state: { run } }: { readonly state: ConformanceState }) {
  const id = useId();
  if (run === undefined) return null;
  const { cases, done, remaining, cancelling } = run;
  const togo = remaining === undefined ? '' : `, about ${formatSpan(remaining)} to go`;
  return (
    <div className="conf-meter">
      <label htmlFor={id}>
        {cancelling
          ? 'Cancelling…'
          : `${formatCount(done.size)} of ${plural(cases.length, 'case')} done${togo}`}
      </label>
      <progress id={id} value={done.size} max={cases.length} />
    </div>
  );
}
