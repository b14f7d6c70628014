/** Above the table: what is looked for, quick filters with their counts, and what can be done with what is shown. */
import { useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useStore } from 'zustand';
import { chipsOf, hasWord, withFindings, withWord } from '../../dashboard/wire/filters.ts';
import type { ExchangeFilter, WireLog, WireQuery } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, formatPercent, plural } from '../format.ts';
import { Icon, type IconName } from '../icons.tsx';
import { save } from './save.ts';

export interface BarControls {
  /** The cursor into the field that filters. */
  find(): void;
}

export type Panel = 'filters' | 'columns' | 'hints';

interface BarProps {
  readonly log: WireLog;
  readonly panel: Panel | undefined;
  readonly onPanel: (panel: Panel | undefined) => void;
  readonly ref?: Ref<BarControls>;
}

export function Bar({ log, panel, onPanel, ref }: BarProps) {
  const { wire } = useDashboard();
  const { query, held } = log;
  const toggle = (one: Panel): void => onPanel(panel === one ? undefined : one);
  return (
    <div className="wire-bar">
      <Search key={log.id} query={query} {...(ref === undefined ? {} : { ref })} />
      <Quick log={log} />
      <div className="wire-tools" role="group" aria-label="View">
        <Tool name="Filter" icon="filter" open={panel === 'filters'} onClick={() => toggle('filters')} />
        <Tool name="Columns" icon="columns" open={panel === 'columns'} onClick={() => toggle('columns')} />
        <Tool name="Lacks" icon="help" open={panel === 'hints'} onClick={() => toggle('hints')} />
        <button
          type="button"
          className="button button-small"
          aria-pressed={held}
          title="The view stands still; what comes in meanwhile is kept and counted"
          onClick={() => wire.hold(!held)}
        >
          <Icon name={held ? 'start' : 'pause'} />
          {held ? 'Release' : 'Hold'}
        </button>
        <ExportTools />
      </div>
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly icon: IconName;
  readonly open: boolean;
  readonly onClick: () => void;
}

function Tool({ name, icon, open, onClick }: ToolProps) {
  return (
    <button type="button" className="button button-small" aria-expanded={open} onClick={onClick}>
      <Icon name={icon} />
      {name}
    </button>
  );
}

/** Milliseconds without typing after which the search begins. */
const TYPED = 180;

function Search({ query, ref }: { readonly query: WireQuery; readonly ref?: Ref<BarControls> }) {
  const { wire } = useDashboard();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query.text);
  const id = useId();
  useImperativeHandle(ref, () => ({
    find() {
      field.current?.focus();
      field.current?.select();
    },
  }));
  const ask = (wanted: string): void => {
    if (wanted !== query.text) wire.ask({ ...query, text: wanted });
  };
  const rested = useEffectEvent(ask);
  useEffect(() => {
    const timer = setTimeout(() => rested(text), TYPED);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="wire-search" role="search" aria-label="Exchanges">
      <label className="only-spoken" htmlFor={id}>
        Find in exchanges
      </label>
      <input
        ref={field}
        id={id}
        type="search"
        className="field-control"
        placeholder={query.scope === 'ids' ? 'Find in IDs ( / )' : 'Find in messages ( / )'}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') ask(text);
          if (event.key !== 'Escape') return;
          if (text === '') event.currentTarget.blur();
          setText('');
        }}
      />
      <select
        name="scope"
        className="field-control"
        aria-label="Where to find it"
        title="IDs of peers, swarms and transactions are found at once; whole messages take longer in a large log"
        value={query.scope}
        onChange={(event) =>
          wire.ask({ ...query, scope: event.target.value === 'ids' ? 'ids' : 'everything' })
        }
      >
        <option value="everything">everywhere</option>
        <option value="ids">in IDs</option>
      </select>
    </div>
  );
}

const BAD = ['error', 'unreadable', 'failed'] as const;

/** What people look for first, one press away. */
function Quick({ log: { query, status } }: { readonly log: WireLog }) {
  const { wire } = useDashboard();
  const { filter } = query;
  const tally = status?.tally;
  const countOf = (
    words: readonly (readonly [string, number])[] | undefined,
    wanted: readonly string[],
  ): number => (words ?? []).reduce((sum, [word, count]) => (wanted.includes(word) ? sum + count : sum), 0);
  const errors = BAD.every((verdict) => hasWord(filter, 'verdicts', verdict));
  const ask = (next: ExchangeFilter): void => wire.ask({ ...query, filter: next });
  return (
    <div className="wire-quick" role="group" aria-label="Quick filters">
      <QuickFilter
        name="errors"
        count={countOf(tally?.verdicts, BAD)}
        on={errors}
        onClick={() => ask(BAD.reduce((next, one) => withWord(next, 'verdicts', one, !errors), filter))}
      />
      <QuickFilter
        name="findings"
        count={tally?.findings ?? 0}
        on={filter.findings === true}
        onClick={() => ask(withFindings(filter, filter.findings === true ? undefined : true))}
      />
      <QuickFilter
        name="foreign"
        count={countOf(tally?.from, ['foreign'])}
        on={hasWord(filter, 'from', 'foreign')}
        onClick={() => ask(withWord(filter, 'from', 'foreign', !hasWord(filter, 'from', 'foreign')))}
      />
    </div>
  );
}

interface QuickFilterProps {
  readonly name: string;
  readonly count: number;
  readonly on: boolean;
  readonly onClick: () => void;
}

function QuickFilter({ name, count, on, onClick }: QuickFilterProps) {
  return (
    <button type="button" className="button button-small" aria-pressed={on} onClick={onClick}>
      {name} <span className="wire-count">{formatCount(count)}</span>
    </button>
  );
}

function ExportTools() {
  const { wire } = useDashboard();
  const exporting = useStore(wire.store, (state) => state.exporting);
  if (exporting !== undefined)
    return (
      <button type="button" className="button button-small" onClick={() => wire.cancelExport()}>
        <Icon name="close" />
        Exporting {formatPercent(exporting.of === 0 ? 0 : exporting.done / exporting.of)}
      </button>
    );
  return (
    <>
      {(['ndjson', 'har'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button button-small"
          aria-label={`Export what is shown as ${format.toUpperCase()}`}
          title={`Download the exchanges that match as ${format.toUpperCase()}`}
          onClick={() => wire.export(format, save)}
        >
          <Icon name="download" />
          {format.toUpperCase()}
        </button>
      ))}
    </>
  );
}

/** How many there are, and what the filter asks, part by part. */
export function Chips({ log }: { readonly log: WireLog }) {
  const { wire } = useDashboard();
  const { query, status } = log;
  const exported = useStore(wire.store, (state) => state.exported);
  const chips = chipsOf(query.filter);
  const narrowed = chips.length > 0 || query.text !== '';
  return (
    <div className="wire-chips">
      <p className="wire-counts" data-total={status?.total} data-matching={status?.matching}>
        {status === undefined ? (
          'Asking…'
        ) : narrowed ? (
          <>
            <b>{formatCount(status.matching)}</b> of {plural(status.total, 'exchange')}
          </>
        ) : (
          <>
            <b>{formatCount(status.total)}</b> {status.total === 1 ? 'exchange' : 'exchanges'}
          </>
        )}
        {status !== undefined && status.dropped > 0 && (
          <span className="soft"> · {formatCount(status.dropped)} older ones let go for want of room</span>
        )}
        {exported !== undefined && (
          <span className="soft">
            {' '}
            · {formatCount(exported.exchanges)} exported
            {exported.missing > 0 && `, ${formatCount(exported.missing)} of them could not be read`}
          </span>
        )}
      </p>
      {status?.search !== undefined && (
        <label className="wire-searching">
          <span>searched {formatPercent(status.search.done / status.search.of)}</span>
          <progress value={status.search.done} max={status.search.of} />
        </label>
      )}
      {chips.length > 0 && (
        <ul aria-label="Filter">
          {chips.map(({ id, label, value, without }) => (
            <li key={id}>
              <button
                type="button"
                className="wire-chip"
                aria-label={`Remove the filter ${label} ${value}`}
                onClick={() => wire.ask({ ...query, filter: without })}
              >
                <span className="soft">{label}</span> <span className="wire-cut">{value}</span>
                <Icon name="close" />
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => wire.ask({ ...query, filter: {} })}
            >
              Clear
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
