/** The Lab: a scenario by form and by text, one run of it with all its measures, sweeps with intervals. */
import { useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LabState } from '../../dashboard/lab/desk.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, formatSpan } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { PlaceProps } from '../places.ts';
import { RunResults } from './RunResults.tsx';
import { ScenarioEditor } from './ScenarioEditor.tsx';
import { Sweep } from './Sweep.tsx';
import './lab.css';

const TABS = ['Scenario', 'Run', 'Sweep'] as const;
type Tab = (typeof TABS)[number];

export function Lab({ ref }: PlaceProps) {
  const { lab, scenarios, stores } = useDashboard();
  const state = useStore(lab.store);
  const [tab, setTab] = useState<Tab>('Scenario');
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useImperativeHandle(ref, () => ({
    find: () =>
      box.current?.querySelector<HTMLElement>('[role=tabpanel] :is(input, select, textarea)')?.focus(),
    clear: () => undefined,
  }));
  // Begins with what the page runs, as its file has it.
  const begin = useEffectEvent(() => {
    if (lab.store.getState().text !== '') return;
    const { base } = stores.run.getState();
    const own = (): void => lab.write(`${JSON.stringify(base.scenario, undefined, 2)}\n`);
    if (base.preset === undefined) own();
    else scenarios.textOf(base.preset).then((text) => lab.write(text), own);
  });
  useEffect(() => begin(), []);
  const runOnce = (): void => {
    setTab('Run');
    void lab.runOnce();
  };
  return (
    <div className="lab" ref={box}>
      <h2 className="only-spoken">Lab</h2>
      <div className="lab-bar">
        <div role="tablist" aria-label="Lab" className="lab-tabs">
          {TABS.map((one, place) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`${id}-${one}`}
              className="lab-tab"
              aria-selected={one === tab}
              aria-controls={`${id}-panel`}
              tabIndex={one === tab ? 0 : -1}
              onClick={() => setTab(one)}
              onKeyDown={({ key }) => {
                const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
                const next = TABS[(place + step + TABS.length) % TABS.length];
                if (step === 0 || next === undefined) return;
                setTab(next);
                document.getElementById(`${id}-${next}`)?.focus();
              }}
            >
              {one}
            </button>
          ))}
        </div>
        <Go state={state} onRun={runOnce} onSweep={() => setTab('Sweep')} />
      </div>
      <Meter state={state} />
      {state.fault !== undefined && (
        <p className="note note-bad" role="alert">
          A fault of ours ended the run: {state.fault}
        </p>
      )}
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
        className="lab-panel"
        tabIndex={0}
      >
        {tab === 'Scenario' && <ScenarioEditor state={state} />}
        {tab === 'Run' && <RunResults state={state} />}
        {tab === 'Sweep' && <Sweep state={state} />}
      </div>
    </div>
  );
}

interface GoProps {
  readonly state: LabState;
  readonly onRun: () => void;
  readonly onSweep: () => void;
}

function Go({ state: { run, read }, onRun, onSweep }: GoProps) {
  const { lab } = useDashboard();
  if (run !== undefined)
    return (
      <button type="button" className="button button-small button-main" onClick={() => lab.cancel()}>
        <Icon name="stop" />
        Cancel
      </button>
    );
  const can = read?.ok === true;
  return (
    <div className="lab-go">
      <button type="button" className="button button-small button-main" disabled={!can} onClick={onRun}>
        <Icon name="start" />
        Run once
      </button>
      <button
        type="button"
        className="button button-small"
        disabled={!can}
        onClick={() => {
          onSweep();
          void lab.runSweep();
        }}
      >
        <Icon name="start" />
        Run sweep
      </button>
    </div>
  );
}

function Meter({ state: { run, remaining, read } }: { readonly state: LabState }) {
  const id = useId();
  if (run !== undefined)
    return (
      <div className="lab-meter">
        <label htmlFor={id}>
          {run.kind === 'run' ? 'Running' : `${formatCount(run.done)} of ${formatCount(run.all)} runs done`}
          {remaining !== undefined && `, ${formatSpan(remaining * 1000)} left`}
        </label>
        <progress id={id} value={run.share} max={1} />
      </div>
    );
  return (
    <p className="lab-meter" role="status">
      {read === undefined
        ? ''
        : read.ok
          ? `${read.scenario.name}: can be run, seed ${read.scenario.seed}, ${formatSpan(read.scenario.duration * 1000)} of virtual time.`
          : 'The scenario cannot be run yet: see what is said of it.'}
    </p>
  );
}
