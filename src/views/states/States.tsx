/** The tracker's machine and the one that each peer has in it, live: who is in which state, and what moves. */
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import {
  asideOf,
  EDITIONS,
  flowsOf,
  STATES,
  type StatesAnswer,
  type StatesAsk,
} from '../../dashboard/state-flows.ts';
import type { EditionId } from '../../protocol/message.ts';
import { useDashboard } from '../context.tsx';
import { editionName } from '../editions.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { formatClock, formatCount, formatSpan } from '../format.ts';
import type { PlaceProps } from '../places.ts';
import { askFor, choiceWords, type Choice } from './choice.ts';
import { Diagram, type Seen } from './Diagram.tsx';
import { exportable } from './exportable.ts';
import { Table } from './Table.tsx';
import { Who } from './Who.tsx';
import { trackerSummary } from './words.ts';
import './states.css';

/** Milliseconds between two readings of what is written in words beside the drawing. */
const READ_EVERY = 1000;

export function States({ ref, onGo }: PlaceProps) {
  const { stores, observed } = useDashboard();
  const spoken = useStore(stores.run, ({ settings }) => settings.edition);
  const swarms = useSwarms();
  const timers = useStore(
    stores.run,
    useShallow(({ scenario: { tracker } }) => [tracker.trackTimer, tracker.initTimer]),
  );
  const [edition, setEdition] = useState<EditionId | undefined>(() =>
    spoken === 'mixed' ? undefined : spoken,
  );
  const [swarm, setSwarm] = useState<number>();
  const [shown, setShown] = useState<'diagram' | 'table'>('diagram');
  const [choice, setChoice] = useState<Choice>();
  const [answer, setAnswer] = useState<StatesAnswer>();
  const [seen] = useState(() => createStore<Seen>(() => ({ answer: undefined })));
  const svg = useRef<SVGSVGElement>(null);
  const root = useRef<HTMLDivElement>(null);

  const ask = useMemo((): StatesAsk => {
    const [trackTimer = 90, initTimer = 10] = timers;
    return {
      trackTimer: trackTimer * 1000,
      initTimer: initTimer * 1000,
      ...(swarm !== undefined && { swarm }),
      ...(edition !== undefined && { edition: EDITIONS.indexOf(edition) }),
    };
  }, [timers, swarm, edition]);

  useEffect(() => {
    let readAt = -Infinity;
    return observed.watch('states', ask, (next) => {
      seen.setState({ answer: next });
      // The drawing goes by itself; words and table are read, and may stand for a second.
      if (performance.now() - readAt < READ_EVERY) return;
      readAt = performance.now();
      setAnswer(next);
    });
  }, [observed, ask, seen]);

  useImperativeHandle(ref, () => ({
    find: () => root.current?.querySelector<HTMLElement>('[data-pick][tabindex="0"]')?.focus(),
    clear: () => setChoice(undefined),
  }));

  const flows = useMemo(() => flowsOf(answer, edition), [answer, edition]);
  const empty =
    answer !== undefined &&
    answer.present.every((count) => count === 0) &&
    flows.every(({ total }) => total === 0);
  return (
    <div className="states-place" ref={root}>
      <h2 className="only-spoken">States</h2>
      <div className="states-bar">
        <div className="states-group" role="group" aria-label="Shown as">
          {(['diagram', 'table'] as const).map((form) => (
            <button
              key={form}
              type="button"
              className="button button-small"
              aria-pressed={shown === form}
              onClick={() => setShown(form)}
            >
              {form === 'diagram' ? 'Diagram' : 'Table'}
            </button>
          ))}
        </div>
        <label>
          Swarm{' '}
          <select
            name="swarm"
            className="field-control"
            value={swarm ?? ''}
            onChange={({ target }) => setSwarm(target.value === '' ? undefined : Number(target.value))}
          >
            <option value="">all</option>
            {swarms.map((name, place) => (
              <option key={name} value={place}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Edition{' '}
          <select
            name="edition"
            className="field-control"
            value={edition ?? ''}
            onChange={({ target }) => {
              setChoice(undefined);
              setEdition(EDITIONS.find((id) => id === target.value));
            }}
          >
            <option value="">all, together</option>
            {EDITIONS.map((id) => (
              <option key={id} value={id}>
                {editionName(id).name}
              </option>
            ))}
          </select>
        </label>
        <Signs answer={answer} />
        <ExportMenu
          what="the state machines"
          of={() =>
            exportable({
              svg: svg.current,
              answer: seen.getState().answer,
              edition,
              swarm: swarm === undefined ? undefined : swarms[swarm],
            })
          }
        />
      </div>
      <div className="states-body">
        <div className="states-scene">
          {empty && (
            <p className="states-nothing">
              Nobody has come yet: start the run, or choose another swarm or edition. Peers of this run speak{' '}
              {spoken === 'mixed' ? 'all four editions' : spoken}.
            </p>
          )}
          {shown === 'diagram' ? (
            <Diagram ref={svg} edition={edition} seen={seen} choice={choice} onChoose={setChoice} />
          ) : (
            <Table answer={answer} flows={flows} choice={choice} onChoose={setChoice} />
          )}
          <Notes answer={answer} timer={timers[0] ?? 90} />
        </div>
        {choice !== undefined && (
          <Who
            key={JSON.stringify([choice, ask])}
            ask={askFor(choice, flows, ask)}
            what={choiceWords(choice, flows)}
            swarms={swarms}
            onClose={() => setChoice(undefined)}
            onGo={onGo}
          />
        )}
      </div>
    </div>
  );
}

/** Names of the scenario's swarms, and after them those that only peers of others are in. */
function useSwarms(): readonly string[] {
  const { stores } = useDashboard();
  const own = useStore(
    stores.run,
    useShallow(({ scenario }) => scenario.swarms.map(({ id }) => id)),
  );
  const others = useStore(stores.foreign, ({ swarms }) => swarms);
  return useMemo(() => [...own, ...others], [own, others]);
}

/** The tracker's machine in words, with what else is known of it. */
function Signs({ answer }: { readonly answer: StatesAnswer | undefined }) {
  const { stores } = useDashboard();
  const troubleSince = useStore(stores.tracker, ({ health, problem }) =>
    health === 'trouble' ? (problem?.since ?? undefined) : undefined,
  );
  const faults = useStore(stores.run, ({ scenario }) => scenario.faults);
  if (answer === undefined) return <p className="states-signs soft">Waiting for the first figures…</p>;
  const now = answer.at / 1000;
  const fault = faults.find((one) => one.at <= now && now < one.at + ('for' in one ? one.for : 0));
  const signs = {
    troubleSince,
    fault: fault && { kind: fault.kind, until: fault.at + ('for' in fault ? fault.for : 0) },
  };
  return <p className="states-signs small">{trackerSummary(answer, signs)}</p>;
}

function Notes({ answer, timer }: { readonly answer: StatesAnswer | undefined; readonly timer: number }) {
  return (
    <div className="states-notes soft small">
      <p>
        As the peers themselves tell it; figures are each second over the last ten, and in all. “12 + 3?”:
        three more times it was this or another way, and a peer cannot know which: an error may mean that the
        request was invalid, or that the registration had run out before. Who vanished without a word is held
        until the track timer of {formatSpan(timer * 1000)} has run out.
      </p>
      {answer !== undefined && (
        <p>
          As of {formatClock(answer.at)}. No machine moved:{' '}
          {asideOf(answer)
            .map(([what, total]) => `${what} ${formatCount(total)}`)
            .join(', ')}
          .
        </p>
      )}
      <p>
        {STATES.join(', ')}: RFC 7846 §2.3, figures 4 and 5; click a state, an arrow or a line, or press Enter
        on it, for the peers.
      </p>
    </div>
  );
}
