/** The suite in the page: its cases by edition and section, what came of each, and the bytes behind it. */
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { countStandings, narrowed, ofStanding } from '../../dashboard/conformance/filter.ts';
import {
  NO_FILTER,
  standingOf,
  suiteShown,
  type ConformanceState,
} from '../../dashboard/conformance/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, hostOf, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { PlaceProps } from '../places.ts';
import { Bar, Meter } from './Bar.tsx';
import { CaseList } from './CaseList.tsx';
import { Detail } from './Detail.tsx';
import { Filters, type FilterControls } from './Filters.tsx';
import { Spoken } from './Spoken.tsx';
import './conformance.css';

const NONE: ReadonlySet<string> = new Set();

export function Conformance({ ref }: PlaceProps) {
  const { conformance } = useDashboard();
  const state = useStore(conformance.store);
  const { filter, open, run, listing } = state;
  const suite = suiteShown(state);
  const { cases, judged } = suite;
  const filters = useRef<FilterControls>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => conformance.enter(), [conformance]);

  const rest = useMemo(() => narrowed(cases, filter), [cases, filter]);
  const standings = useMemo(() => countStandings(rest, judged), [rest, judged]);
  const shown = useMemo(() => ofStanding(rest, judged, filter.standing), [rest, judged, filter.standing]);
  const failed = cases.flatMap(({ id }) =>
    ['fails', 'falls short', 'fault', 'open'].includes(standingOf(judged.get(id))) ? [id] : [],
  );
  const info = cases.find(({ id }) => id === open);

  // The same one each time, for rows that have not changed are not drawn anew.
  const openCase = useCallback((id: string) => conformance.open(id), [conformance]);
  const close = (): void => {
    conformance.open(undefined);
    if (open !== undefined)
      box.current?.querySelector<HTMLElement>(`[data-case="${CSS.escape(open)}"]`)?.focus();
  };
  useImperativeHandle(ref, () => ({ find: () => filters.current?.find(), clear: close }));

  return (
    <div ref={box} className="conf">
      <h2 className="only-spoken">Conformance</h2>
      <Bar
        state={state}
        shown={shown.length < cases.length ? shown.map(({ id }) => id) : undefined}
        failed={failed}
      />
      <Filters ref={filters} filter={filter} cases={cases} standings={standings} />
      <Meter state={state} />
      <Notes state={state} />
      <div className="conf-body">
        {typeof listing === 'object' ? (
          <div className="conf-nothing">
            <p>{listing.failure}</p>
            <button type="button" className="button" onClick={() => conformance.enter()}>
              Try again
            </button>
          </div>
        ) : listing !== 'there' ? (
          <p className="conf-nothing">Loading the cases…</p>
        ) : shown.length === 0 ? (
          <div className="conf-nothing">
            <p>No case matches.</p>
            <button type="button" className="button" onClick={() => conformance.filter(NO_FILTER)}>
              Show all {formatCount(cases.length)}
            </button>
          </div>
        ) : (
          <CaseList
            cases={shown}
            judged={judged}
            running={run?.running ?? NONE}
            open={open}
            onOpen={openCase}
          />
        )}
        {info !== undefined && <Detail state={state} info={info} onClose={close} />}
      </div>
      <Spoken state={state} />
    </div>
  );
}

/** A run that ended early, and results of another tracker than the one that a run would test now. */
function Notes({ state }: { readonly state: ConformanceState }) {
  const { conformance, stores } = useDashboard();
  const url = useStore(stores.tracker, (tracker) => tracker.url);
  const { early, suite, run } = state;
  const { subject } = suiteShown(state);
  return (
    <>
      {early?.suite === suite && (
        <p className={early.message === undefined ? 'note conf-note' : 'note note-bad conf-note'}>
          <Icon name="warning" /> {early.message ?? 'Cancelled.'} {plural(early.done, 'case')} done, which
          stay; {formatCount(early.left.length)} left.{' '}
          <button type="button" className="button button-small" onClick={() => conformance.run(early.left)}>
            Run the rest
          </button>
        </p>
      )}
      {suite === 'trackers' && subject !== undefined && subject !== url && run === undefined && (
        <p className="note conf-note">
          <Icon name="help" /> These results are of {hostOf(subject)}; a run now tests {hostOf(url)}, and
          begins anew.
        </p>
      )}
    </>
  );
}
