/** Every exchange with the tracker, live and from files: a table that scrolls through millions, and the message in hand. */
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { activeLog, type WireLog } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount } from '../format.ts';
import type { PlaceProps } from '../places.ts';
import { Bar, Chips, type BarControls, type Panel } from './Bar.tsx';
import { ColumnsPanel } from './ColumnsPanel.tsx';
import { Detail } from './Detail.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { Grid, type GridControls } from './Grid.tsx';
import { Hints, ImportNotes } from './Notes.tsx';
import { ImportMeter, Tabs } from './Tabs.tsx';
import { useMedia } from './useMedia.ts';
import './wire.css';

const NARROW = '(max-width: 820px)';

export function Wire({ ref }: PlaceProps) {
  const { wire } = useDashboard();
  const log = useStore(wire.store, activeLog);
  const narrow = useMedia(NARROW);
  const [panel, setPanel] = useState<Panel>();
  const bar = useRef<BarControls>(null);
  const grid = useRef<GridControls>(null);

  const showPanel = (next: Panel | undefined): void => {
    if (next === 'hints') wire.askHints();
    setPanel(next);
  };
  const close = (): void => {
    wire.open(undefined);
    grid.current?.focus();
  };
  useImperativeHandle(ref, () => ({
    find: () => bar.current?.find(),
    clear: () => (log.open === undefined ? setPanel(undefined) : close()),
  }));

  return (
    <div className="wire" data-detail={log.open === undefined ? undefined : ''}>
      <h2 className="only-spoken">Wire</h2>
      <Tabs />
      <Bar ref={bar} log={log} panel={panel} onPanel={showPanel} />
      {panel === 'filters' && <FilterPanel log={log} />}
      {panel === 'columns' && <ColumnsPanel />}
      {panel === 'hints' && <Hints hints={log.hints} />}
      <Chips log={log} />
      <ImportMeter log={log} />
      <ImportNotes log={log} onHints={() => showPanel('hints')} />
      <div className="wire-body">
        <Grid key={log.id} ref={grid} log={log} narrow={narrow} />
        {log.status?.shown === 0 && log.importing === undefined && <Nothing log={log} />}
        {log.open !== undefined && <Detail log={log} open={log.open} onClose={close} />}
      </div>
      <Spoken log={log} />
    </div>
  );
}

function Nothing({ log }: { readonly log: WireLog }) {
  const { wire } = useDashboard();
  const { query, status } = log;
  if (status === undefined || status.search !== undefined) return null;
  const narrowed = status.total > 0;
  return (
    <div className="wire-nothing">
      <p>{narrowed ? 'No exchange matches.' : 'No exchange yet.'}</p>
      {narrowed && (
        <button type="button" className="button" onClick={() => wire.ask({ ...query, filter: {}, text: '' })}>
          Show all {formatCount(status.total)}
        </button>
      )}
    </div>
  );
}

/** Milliseconds of quiet before a count is said, so that a growing log does not talk without end. */
const QUIET = 1200;

/** After the filter was changed, and only then. */
function Spoken({ log: { turn, status } }: { readonly log: WireLog }) {
  const [said, setSaid] = useState('');
  const ready = status?.turn === turn && status.search === undefined;
  const matching = useRef(0);
  useEffect(() => {
    matching.current = status?.matching ?? 0;
  }, [status]);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => setSaid(`${formatCount(matching.current)} exchanges match`), QUIET);
    return () => clearTimeout(timer);
  }, [ready, turn]);
  return (
    <p role="status" className="only-spoken">
      {said}
    </p>
  );
}
