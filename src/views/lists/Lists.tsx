/** What the tracker handed out: to whom, how often, how fresh, how much alike. */
import { useCallback, useEffect, useId, useImperativeHandle, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ShownRange } from '../../dashboard/deep-link.ts';
import type { PeerOrder } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';
import type { PlaceProps } from '../places.ts';
import { rangeInAddress } from '../range-address.ts';
import { EdgesPanel } from './EdgesPanel.tsx';
import { MatrixPanel } from './MatrixPanel.tsx';
import { Names } from './names.ts';
import { RecentPanel } from './RecentPanel.tsx';
import { SpreadPanel } from './SpreadPanel.tsx';
import { choicesOn, LISTING, ORDERS, rangeOf, WINDOWS, windowOf, type Choices, type Lens } from './state.ts';
import { StripPanel } from './StripPanel.tsx';
import './lists.css';

export function Lists({ ref, theme, onPick }: PlaceProps) {
  const { stores, commands, observed, feed, links } = useDashboard();
  const names = useState(() => new Names(observed))[0];
  const [choices, setChoices] = useState(() => choicesOn(largest(stores.population.getState().swarms)));
  const range = useStore(links.store, (link) => link.range);
  const lens: Lens = { ...choices, window: windowOf(range, choices.latest) };
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
  const untouched = useRef(choices.swarm === undefined);
  useEffect(
    () =>
      stores.population.subscribe(({ swarms }) => {
        const swarm = untouched.current ? largest(swarms) : undefined;
        if (swarm === undefined) return;
        untouched.current = false;
        setChoices((before) => ({ ...before, swarm }));
      }),
    [stores],
  );
  const change = (next: Choices): void => {
    untouched.current = false;
    setChoices(next);
  };
  useEffect(() => rangeInAddress(links), [links]);
  // A new run: other peers have the handles, and its time begins anew.
  useEffect(() => {
    let isFirst = true;
    return feed.subscribe(({ kind }) => {
      if (kind !== 'reset') return;
      if (!isFirst) {
        names.clear();
        untouched.current = true;
        setChoices((before) => ({ ...choicesOn(undefined), picture: before.picture, order: before.order }));
      }
      isFirst = false;
    });
  }, [feed, names]);
  const show = useCallback((to: ShownRange | undefined) => links.show(to), [links]);

  const tools = (
    <Choice
      name="Picture"
      choices={[
        { value: 'edges' as const, name: 'Edges' },
        { value: 'matrix' as const, name: 'Matrix' },
      ]}
      value={choices.picture}
      onChange={(picture) => setChoices({ ...choices, picture })}
    />
  );
  return (
    <div className="lists" ref={box}>
      <h2 className="only-spoken">Peer lists</h2>
      <Bar choices={choices} range={range} swarms={swarms} onChange={change} onRange={show} />
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
        <StripPanel lens={lens} theme={theme} names={names} onRange={show} />
        <SpreadPanel lens={lens} swarmNames={swarms} theme={theme} names={names} onPick={onPick} />
        <RecentPanel key={`${peer} ${lens.swarm}`} lens={lens} peer={peer} names={names} onPick={onPick} />
      </div>
    </div>
  );
}

/** The swarm with the most peers; undefined: all are empty. */
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
  readonly choices: Choices;
  readonly range: ShownRange | undefined;
  readonly swarms: readonly string[];
  readonly onChange: (choices: Choices) => void;
  readonly onRange: (range: ShownRange | undefined) => void;
}

function Bar({ choices, range, swarms, onChange, onRange }: BarProps) {
  const id = useId();
  const { stores } = useDashboard();
  const number = (text: string, otherwise: number): number => {
    const value = Number(text);
    return (text.trim() === '' || !Number.isFinite(value) ? otherwise : value) * 1000;
  };
  return (
    <div className="lists-bar" role="group" aria-label="Which lists">
      <label>
        Swarm
        <select
          className="field-control"
          name="swarm"
          value={choices.swarm ?? ''}
          onChange={({ target }) =>
            onChange({ ...choices, swarm: target.value === '' ? undefined : Number(target.value) })
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
          value={range === undefined ? choices.latest : 'range'}
          onChange={({ target }) => {
            const { elapsed } = stores.run.getState();
            if (target.value === 'range') return onRange(rangeOf(elapsed - choices.latest, elapsed));
            onChange({ ...choices, latest: Number(target.value) });
            return onRange(undefined);
          }}
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
            value={range.from}
            onChange={({ target }) => onRange(rangeOf(number(target.value, range.from), range.to * 1000))}
          />
          <label htmlFor={`${id}-to`}>to</label>
          <input
            id={`${id}-to`}
            name="to"
            type="number"
            className="field-control"
            min={1}
            value={range.to}
            onChange={({ target }) => onRange(rangeOf(range.from * 1000, number(target.value, range.to)))}
          />
          s
          <button type="button" className="button button-small" onClick={() => onRange(undefined)}>
            Live
          </button>
        </span>
      )}
      <label>
        In answer to
        <select
          className="field-control"
          name="method"
          value={choices.method ?? ''}
          onChange={({ target }) =>
            onChange({ ...choices, method: LISTING.find((method) => method === target.value) })
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
          value={choices.order}
          onChange={({ target }) => onChange({ ...choices, order: target.value as PeerOrder })}
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
