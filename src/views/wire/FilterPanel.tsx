/** Every criterion of the filter, with how many exchanges of the log there are of each kind. */
import { useId, useState } from 'react';
import {
  hasWord,
  withDirection,
  withEnd,
  withFindings,
  withRange,
  withWord,
  type ListName,
  type RangeName,
} from '../../dashboard/wire/filters.ts';
import type { ExchangeFilter, WireLog, WireTally } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, shortId } from '../format.ts';

const GROUPS: readonly {
  readonly list: ListName & keyof ExchangeFilter;
  readonly counts: keyof WireTally;
  readonly legend: string;
}[] = [
  { list: 'methods', counts: 'methods', legend: 'Method' },
  { list: 'editions', counts: 'editions', legend: 'Edition' },
  { list: 'verdicts', counts: 'verdicts', legend: 'Outcome' },
  { list: 'troubles', counts: 'troubles', legend: 'Error' },
  { list: 'from', counts: 'from', legend: 'Sender' },
  { list: 'swarms', counts: 'swarms', legend: 'Swarm' },
];

const RANGES: readonly { readonly name: RangeName; readonly legend: string; readonly unit: string }[] = [
  { name: 'status', legend: 'HTTP status', unit: '' },
  { name: 'size', legend: 'Size', unit: 'B' },
  { name: 'took', legend: 'Latency', unit: 'ms' },
];

interface FilterProps {
  readonly filter: ExchangeFilter;
  readonly onFilter: (filter: ExchangeFilter) => void;
}

export function FilterPanel({ log }: { readonly log: WireLog }) {
  const { wire } = useDashboard();
  const { query, status } = log;
  const shared: FilterProps = {
    filter: query.filter,
    onFilter: (filter) => wire.ask({ ...query, filter }),
  };
  return (
    <section className="wire-panel" aria-label="Filter">
      {GROUPS.map(({ list, counts, legend }) => (
        <Words key={list} {...shared} list={list} legend={legend} counts={listed(status?.tally[counts])} />
      ))}
      {RANGES.map((range) => (
        <Ends key={range.name} {...shared} {...range} />
      ))}
      <Sides {...shared} />
      <Peer {...shared} />
    </section>
  );
}

const listed = (counts: WireTally[keyof WireTally] | undefined): readonly (readonly [string, number])[] =>
  typeof counts === 'object' ? counts : [];

interface WordsProps extends FilterProps {
  readonly list: ListName;
  readonly legend: string;
  readonly counts: readonly (readonly [string, number])[];
}

function Words({ filter, onFilter, list, legend, counts }: WordsProps) {
  if (counts.length === 0) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="wire-words">
        {counts.map(([word, count]) => {
          const on = hasWord(filter, list, word);
          return (
            <button
              key={word}
              type="button"
              className="wire-word"
              aria-pressed={on}
              title={word}
              onClick={() => onFilter(withWord(filter, list, word, !on))}
            >
              <span className="wire-cut">{word}</span>{' '}
              <span className="wire-count">{formatCount(count)}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

interface EndsProps extends FilterProps {
  readonly name: RangeName;
  readonly legend: string;
  readonly unit: string;
}

function Ends({ filter, onFilter, name, legend, unit }: EndsProps) {
  const range = filter[name];
  const set = (end: 'from' | 'to', typed: string): void =>
    onFilter(withRange(filter, name, withEnd(range, end, typed)));
  return (
    <fieldset>
      <legend>
        {legend}
        {unit !== '' && ` in ${unit}`}
      </legend>
      <div className="wire-ends">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            <span className="soft">{end}</span>
            <input
              name={`${name}-${end}`}
              type="text"
              inputMode="decimal"
              className="field-control"
              aria-label={`${legend} ${end}`}
              autoComplete="off"
              // Taken as typed when the filter is changed from elsewhere.
              key={range?.[end] === undefined ? 'none' : 'some'}
              defaultValue={range?.[end] ?? ''}
              onBlur={(event) => set(end, event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') set(end, event.currentTarget.value);
              }}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const FINDINGS = [
  { value: undefined, word: 'any' },
  { value: true, word: 'some' },
  { value: false, word: 'none' },
] as const;
const DIRECTIONS = [
  { value: undefined, word: 'either' },
  { value: 'request', word: 'request' },
  { value: 'response', word: 'answer' },
] as const;

function Sides({ filter, onFilter }: FilterProps) {
  return (
    <>
      <fieldset>
        <legend>Findings</legend>
        <div className="wire-words">
          {FINDINGS.map(({ value, word }) => (
            <button
              key={word}
              type="button"
              className="wire-word"
              aria-pressed={filter.findings === value}
              onClick={() => onFilter(withFindings(filter, value))}
            >
              {word}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>Size and findings of</legend>
        <div className="wire-words">
          {DIRECTIONS.map(({ value, word }) => (
            <button
              key={word}
              type="button"
              className="wire-word"
              aria-pressed={filter.direction === value}
              onClick={() => onFilter(withDirection(filter, value))}
            >
              {word}
            </button>
          ))}
        </div>
      </fieldset>
    </>
  );
}

function Peer({ filter, onFilter }: FilterProps) {
  const { stores } = useDashboard();
  const [typed, setTyped] = useState('');
  const id = useId();
  const selected = stores.selection.getState().detail?.peerId;
  const add = (peer: string): void => {
    if (peer.trim() === '') return;
    onFilter(withWord(filter, 'peers', peer.trim(), true));
    setTyped('');
  };
  return (
    <fieldset>
      <legend>
        <label htmlFor={id}>Peer ID</label>
      </legend>
      <div className="wire-ends">
        <input
          id={id}
          className="field-control"
          placeholder="whole ID, then Enter"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add(typed);
          }}
        />
        {selected !== undefined && (
          <button type="button" className="wire-word" title={selected} onClick={() => add(selected)}>
            selected: {shortId(selected)}
          </button>
        )}
      </div>
    </fieldset>
  );
}
