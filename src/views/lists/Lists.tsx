/** What the tracker handed out: to whom, how often, how fresh, how much alike. */
import { useCallback, useEffect, useId, useImperativeHandle, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ListWindow, PeerOrder } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';
import type { PlaceProps } from '../places.ts';
import { EdgesPanel } from './EdgesPanel.tsx';
import { MatrixPanel } from './MatrixPanel.tsx';
import { Names } from './names.ts';
import { RecentPanel } from './RecentPanel.tsx';
import { SpreadPanel } from './SpreadPanel.tsx';
import { lensOn, LISTING, ORDERS, WINDOWS, windowOf, type Lens } from './state.ts';
import { StripPanel } from './StripPanel.tsx';
import './lists.css';

export function Lists({ ref, theme, onPick }: PlaceProps) {
  const { stores, commands, observed, feed } = useDashboard();
  const names = useState(() => new Names(observed))[0];
  const [lens, setLens] = useState(() => lensOn(largest(stores.population.getState().swarms)));
  const box = useRef<HTMLDivElement>(null);
  const peer = useStore(stores.selection, (selection) => selection.peer);
  const ours = useStore(
    stores.run,
    useShallow((run) => run.scenario.swarms.map(({ id }) => id)),
  );
  const others = useStore(stores.foreign, (foreign) => foreign.swarms);
  const swarms = [...ours, ...others];
  useImperativeHandle(ref, () => ({
    find: () => box.current?.querySelector('select')?.focus(),
    clear: () => commands.select(undefined),
  }));
  // Before anybody was there no swarm was the largest; once one was chosen, that stands.
  const untouched = useRef(lens.swarm === undefined);
  useEffect(
    () =>
      stores.population.subscribe(({ swarms }) => {
        const swarm = untouched.current ? largest(swarms) : undefined;
        if (swarm === undefined) return;
        untouched.current = false;
        setLens((before) => ({ ...before, swarm }));
      }),
    [stores],
  );
  const change = (next: Lens): void => {
    untouched.current = false;
    setLens(next);
  };
  // A new run: other peers have the handles, and its time begins anew.
  useEffect(() => {
    let isFirst = true;
    return feed.subscribe(({ kind }) => {
      if (kind !== 'reset') return;
      if (!isFirst) {
        names.clear();
        untouched.current = true;
        setLens((before) => ({ ...lensOn(undefined), picture: before.picture, order: before.order }));
      }
      isFirst = false;
    });
  }, [feed, names]);
  const setWindow = useCallback((window: ListWindow) => setLens((before) => ({ ...before, window })), []);

  const tools = (
    <Choice
      name="Picture"
      choices={[
        { value: 'edges' as const, name: 'Edges' },
        { value: 'matrix' as const, name: 'Matrix' },
      ]}
      value={lens.picture}
      onChange={(picture) => setLens({ ...lens, picture })}
    />
  );
  return (
    <div className="lists" ref={box}>
      <h2 className="only-spoken">Peer lists</h2>
      <Bar lens={lens} swarms={swarms} onChange={change} />
      <div className="lists-body">
        {lens.picture === 'edges' ? (
          <EdgesPanel
            lens={lens}
            peer={peer}
            theme={theme}
            names={names}
            tools={tools}
            onPick={onPick}
            onEverybody={() => commands.select(undefined)}
          />
        ) : (
          <MatrixPanel lens={lens} peer={peer} theme={theme} names={names} tools={tools} onPick={onPick} />
        )}
        <StripPanel lens={lens} theme={theme} names={names} onWindow={setWindow} />
        <SpreadPanel lens={lens} swarmNames={swarms} theme={theme} names={names} onPick={onPick} />
        <RecentPanel key={`${peer} ${lens.swarm}`} lens={lens} peer={peer} names={names} onPick={onPick} />
      </div>
    </div>
  );
}

/** The swarm with the most peers; undefined: none has any. */
function largest(
  swarms: readonly { readonly seeds: number; readonly leeches: number }[],
): number | undefined {
  let best: number | undefined;
  let most = 0;
  swarms.forEach(({ seeds, leeches }, place) => {
    if (seeds + leeches <= most) return;
    most = seeds + leeches;
    best = place;
  });
  return best;
}

interface BarProps {
  readonly lens: Lens;
  readonly swarms: readonly string[];
  readonly onChange: (lens: Lens) => void;
}

function Bar({ lens, swarms, onChange }: BarProps) {
  const id = useId();
  const { window } = lens;
  const range = 'last' in window ? undefined : window;
  const number = (text: string, otherwise: number): number => {
    const value = Number(text);
    return text.trim() === '' || !Number.isFinite(value) ? otherwise : value * 1000;
  };
  return (
    <div className="lists-bar" role="group" aria-label="Which lists">
      <label>
        Swarm
        <select
          className="field-control"
          name="swarm"
          value={lens.swarm ?? ''}
          onChange={({ target }) =>
            onChange({ ...lens, swarm: target.value === '' ? undefined : Number(target.value) })
          }
        >
          <option value="">All swarms</option>
          {swarms.map((swarm, place) => (
            <option key={swarm} value={place}>
              {swarm}
            </option>
          ))}
        </select>
      </label>
      <label>
        Time
        <select
          className="field-control"
          name="window"
          value={'last' in window ? window.last : 'range'}
          onChange={({ target }) =>
            onChange({
              ...lens,
              window: target.value === 'range' ? windowOf(0, 60_000) : { last: Number(target.value) },
            })
          }
        >
          {WINDOWS.map(({ last, name }) => (
            <option key={last} value={last}>
              {name}
            </option>
          ))}
          <option value="range">A stretch of the run</option>
        </select>
      </label>
      {range !== undefined && (
        <span className="lists-range">
          <label htmlFor={`${id}-from`}>from</label>
          <input
            id={`${id}-from`}
            name="from"
            type="number"
            className="field-control"
            min={0}
            value={range.from / 1000}
            onChange={({ target }) =>
              onChange({ ...lens, window: windowOf(number(target.value, range.from), range.to) })
            }
          />
          <label htmlFor={`${id}-to`}>to</label>
          <input
            id={`${id}-to`}
            name="to"
            type="number"
            className="field-control"
            min={1}
            value={range.to / 1000}
            onChange={({ target }) =>
              onChange({ ...lens, window: windowOf(range.from, number(target.value, range.to)) })
            }
          />
          s
          <button
            type="button"
            className="button button-small"
            onClick={() => onChange({ ...lens, window: { last: 30_000 } })}
          >
            Live
          </button>
        </span>
      )}
      <label>
        In answer to
        <select
          className="field-control"
          name="method"
          value={lens.method ?? ''}
          onChange={({ target }) =>
            onChange({ ...lens, method: LISTING.find((method) => method === target.value) })
          }
        >
          <option value="">any method</option>
          {LISTING.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
      </label>
      <label>
        Order
        <select
          className="field-control"
          name="order"
          value={lens.order}
          onChange={({ target }) => onChange({ ...lens, order: target.value as PeerOrder })}
        >
          {ORDERS.map(({ order, name }) => (
            <option key={order} value={order}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly choices: readonly { readonly value: Value; readonly name: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ name, choices, value, onChange }: ChoiceProps<Value>): ReactNode {
  return (
    <span className="lists-choice" role="group" aria-label={name}>
      {choices.map((one) => (
        <button
          key={one.value}
          type="button"
          className="button button-small"
          aria-pressed={one.value === value}
          onClick={() => onChange(one.value)}
        >
          {one.name}
        </button>
      ))}
    </span>
  );
}
