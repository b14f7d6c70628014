/** Chosen peers, the tracker and each other, exchange by exchange, true to time. */
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { activeLog, LIVE } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import type { Exportable } from '../export/exportable.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { formatCount, plural } from '../format.ts';
import type { PlaceProps } from '../places.ts';
import { Detail } from '../wire/Detail.tsx';
import { Chooser, type ChooserControls } from './Chooser.tsx';
import { Diagram } from './Diagram.tsx';
import { diagramSvg, LEGEND } from './export.ts';
import { isFolded } from './folding.ts';
import { sequenceLayout, type Arrow } from './layout.ts';
import { Steps } from './Steps.tsx';
import { endOf } from './states.ts';
import { stepsTable } from './table.ts';
import './diagram.css';
import './sequence.css';
import '../wire/wire.css';

/** Peers at first. */
const AT_FIRST = 4;
/** Pixels per millisecond: at first, and the limits. */
const SPEED = 1.5;
const SLOWEST = 0.001;
const FASTEST = 400;
const NONE: ReadonlySet<number> = new Set();

export function Sequence({ ref }: PlaceProps) {
  const { wire, stores } = useDashboard();
  const { sequence } = wire;
  const log = useStore(wire.store, activeLog);
  const { peers, steps, omitted, links, linksOmitted, asking, chosen } = useStore(sequence.store);
  const [width, setWidth] = useState(0);
  const [speed, setSpeed] = useState(SPEED);
  const [breaks, setBreaks] = useState(true);
  const [opened, setOpened] = useState(NONE);
  const [following, setFollowing] = useState(true);
  const [listed, setListed] = useState(false);
  const [linked, setLinked] = useState(true);
  const chooser = useRef<ChooserControls>(null);
  const logId = log.id;
  const live = logId === LIVE;
  const clock = steps[0]?.clock ?? 'run';
  // Once a second is enough for a lifeline to grow.
  const elapsed = useStore(stores.run, (run) => Math.floor(run.elapsed / 1000) * 1000);
  const last = steps.reduce((latest, step) => Math.max(latest, endOf(step)), links.at(-1)?.time ?? 0);
  const [stillAt, setStillAt] = useState<number>();
  const now = live && clock === 'run' ? (stillAt ?? Math.max(elapsed, last)) : last;

  useImperativeHandle(ref, () => ({
    find: () => chooser.current?.find(),
    clear: () => wire.open(undefined),
  }));

  // The worker tells of the log that was asked about last.
  const total = log.status?.total;
  useEffect(() => {
    sequence.refresh();
    if (!chosen && (total ?? 0) > 0) void sequence.chooseNewest(AT_FIRST);
  }, [sequence, logId, chosen, total]);

  const shown = useMemo(
    () => (stillAt === undefined ? steps : steps.filter((step) => endOf(step) <= stillAt)),
    [steps, stillAt],
  );
  const said = useMemo(
    () => (linked ? links.filter(({ time }) => time <= (stillAt ?? Infinity)) : []),
    [links, linked, stillAt],
  );
  const layout = useMemo(
    () => sequenceLayout(shown, peers, { width, speed, breaks, opened, now, links: said }),
    [shown, peers, width, speed, breaks, opened, now, said],
  );

  const follow = (wanted: boolean): void => {
    if (wanted === following) return;
    setFollowing(wanted);
    setStillAt(wanted ? undefined : now);
  };
  const zoom = (factor: number): void =>
    setSpeed((before) => Math.min(FASTEST, Math.max(SLOWEST, before * factor)));
  const open = ({ item }: Arrow): void => {
    follow(false);
    if (item.kind === 'step') return wire.open(item.step);
    // A single message of a link has no bytes: there is nothing more to it than its arrow says.
    if (isFolded(item)) setOpened(new Set([...opened, item.key]));
  };
  const taken = (): Exportable => {
    const { url } = stores.tracker.getState();
    const between = said.length === 0 ? '' : ` and ${plural(said.length, 'message')} between them`;
    return {
      name: 'sequence',
      title: 'Sequence diagram: peers and tracker',
      notes: [
        ...(live ? [`Tracker ${url}`] : []),
        `${plural(shown.length, 'exchange')} of ${plural(peers.length, 'peer')}${between}, left to right: ${peers.join(' ')}`,
        ...LEGEND,
      ],
      legend: [],
      ...(!live && { from: { scenario: log.name } }),
      svg: () => {
        if (layout.arrows.length === 0) return undefined;
        const drawn = new DOMParser().parseFromString(diagramSvg(layout, clock), 'image/svg+xml');
        return document.adoptNode(drawn.documentElement) as Element as SVGSVGElement;
      },
      csv: () => (shown.length === 0 ? '' : stepsTable(shown)),
    };
  };

  return (
    <div className="sequence">
      <h2 className="only-spoken">Sequence</h2>
      <div className="sequence-bar">
        <div className="sequence-group" role="group" aria-label="Shown as">
          <Toggle name="Diagram" on={!listed} onClick={() => setListed(false)} />
          <Toggle name="Steps" on={listed} onClick={() => setListed(true)} />
        </div>
        <p className="soft small" data-steps={shown.length} data-links={said.length}>
          {plural(shown.length, 'exchange')}
          {said.length > 0 && `, ${plural(said.length, 'message')} between peers`},{' '}
          {plural(layout.arrows.length, 'arrow')}
          {omitted > 0 && `; ${formatCount(omitted)} earlier ones left out`}
          {linked && linksOmitted > 0 && `; ${plural(linksOmitted, 'message')} between peers left out`}
          {!live && ` · from ${log.name}`}
        </p>
        <div className="sequence-group sequence-tools" role="group" aria-label="View">
          <button
            type="button"
            className="button button-small"
            aria-label="Zoom out"
            onClick={() => zoom(1 / 1.5)}
          >
            −
          </button>
          <button
            type="button"
            className="button button-small"
            aria-label="Zoom in"
            onClick={() => zoom(1.5)}
          >
            +
          </button>
          <Toggle
            name="True scale"
            title="Waits in which nothing happens are drawn as long as they are"
            on={!breaks}
            onClick={() => setBreaks(!breaks)}
          />
          {live && (
            <Toggle
              name="Between peers"
              title="What these peers say to each other over their streaming links, since they were chosen"
              on={linked}
              onClick={() => setLinked(!linked)}
            />
          )}
          {opened.size > 0 && (
            <button type="button" className="button button-small" onClick={() => setOpened(NONE)}>
              Fold repeats
            </button>
          )}
          {live && <Toggle name="Follow" on={following} onClick={() => follow(!following)} />}
          <ExportMenu of={taken} what="the whole diagram" />
        </div>
      </div>
      <Chooser ref={chooser} />
      <div className="sequence-body">
        {listed ? (
          <Steps layout={layout} onOpen={open} />
        ) : (
          <Diagram
            layout={layout}
            clock={clock}
            following={following}
            onFollow={follow}
            onRoom={setWidth}
            onZoom={zoom}
            onOpen={open}
          />
        )}
        {peers.length === 0 && (
          <div className="sequence-nothing">
            <p>No peer is chosen.</p>
            <button type="button" className="button" onClick={() => void sequence.chooseNewest(AT_FIRST)}>
              Show the newest {AT_FIRST}
            </button>
          </div>
        )}
        {peers.length > 0 && !asking && layout.arrows.length === 0 && (
          <div className="sequence-nothing">
            <p>These peers have had no exchange yet.</p>
          </div>
        )}
        {log.open !== undefined && <Detail log={log} open={log.open} onClose={() => wire.open(undefined)} />}
      </div>
      <p className="sequence-key">
        <span>slope: time to the tracker and back</span>
        <span>dashed: retransmission</span>
        <span>✕ no answer</span>
        <span>full band SEED, open band LEECH, dotted not registered</span>
        <span>bar beside it: track timer</span>
        <span>thin line: report timer, dashed while backing off</span>
        <span>level, thin: between peers; thick: pieces</span>
        <span>wheel: time · Ctrl+wheel, + −: zoom</span>
      </p>
    </div>
  );
}

interface ToggleProps {
  readonly name: string;
  readonly title?: string;
  readonly on: boolean;
  readonly onClick: () => void;
}

function Toggle({ name, title, on, onClick }: ToggleProps) {
  return (
    <button type="button" className="button button-small" aria-pressed={on} title={title} onClick={onClick}>
      {name}
    </button>
  );
}
