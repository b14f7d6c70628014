/**
 * One exchange in full: both messages byte for byte, field by field and in words, each linked to the others; compared
 * with another exchange; in forms to take elsewhere. Fills the box that it is given.
 */
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { SIDES, type Side } from '../../dashboard/explanations.ts';
import type { RecordedExchange } from '../../dashboard/inspector.ts';
import { formatStamp, formatTook, shortId } from '../format.ts';
import { Icon } from '../icons.tsx';
import { Comparison, type Comparand } from './Comparison.tsx';
import { CompareWith } from './CompareWith.tsx';
import { CopyAs } from './CopyAs.tsx';
import { EditInComposer } from './EditInComposer.tsx';
import type { PaneName } from './marks.ts';
import { MessagePane, type Jump, type PaneSetting } from './MessagePane.tsx';
import { RetryNote } from './RetryNote.tsx';
import './inspector.css';

export type { Comparand } from './Comparison.tsx';

interface InspectorProps {
  readonly exchange: RecordedExchange;
  /** What it may be compared with, the likeliest first. */
  readonly others?: readonly Comparand[];
  /** Looks for more to compare it with, by a part of an ID; never rejects. */
  readonly onFind?: (text: string) => Promise<readonly Comparand[]>;
  /** Where its peer can be gone to: called with the peer's ID. */
  readonly onPeer?: (peerId: string) => void;
  /** Its request was taken to the composer. */
  readonly onEdit?: () => void;
  /** Buttons of whoever shows it: pin, close. */
  readonly children?: ReactNode;
}

const PANES: readonly PaneName[] = ['text', 'hex', 'tree', 'meaning'];
const NO_OTHERS: readonly Comparand[] = [];
/** Pixels from which both messages have room beside each other. */
const ROOM_FOR_BOTH = 1500;

export function Inspector({
  exchange,
  others = NO_OTHERS,
  onFind,
  onPeer,
  onEdit,
  children,
}: InspectorProps) {
  const box = useRef<HTMLElement>(null);
  const roomy = useRoom(box);
  const [chosen, setChosen] = useState<Side | 'both'>();
  const [setting, setSetting] = useState<PaneSetting>({ shown: new Set(PANES), text: 'laid out' });
  const [jump, setJump] = useState<Jump>();
  const [other, setOther] = useState<Comparand>();
  const view = chosen ?? (roomy ? 'both' : exchange.verdict === 'ok' ? 'request' : 'response');
  const sides = SIDES.filter((side) => view === 'both' || view === side);

  const togglePane = (pane: PaneName): void => {
    const shown = new Set(setting.shown);
    if (!shown.delete(pane)) shown.add(pane);
    if (shown.size > 0) setSetting({ ...setting, shown });
  };
  const jumpTo = (side: Side, path: string): void => {
    if (!sides.includes(side)) setChosen(side);
    setJump({ side, path, turn: (jump?.turn ?? 0) + 1 });
  };
  return (
    <article ref={box} className="inspector" aria-label="Message inspector">
      <header className="inspector-head">
        <div className="inspector-title">
          <h2>
            {exchange.method ?? 'Unreadable request'}{' '}
            <span className="exchange-purpose">{exchange.purpose}</span>
          </h2>
          <Outcome exchange={exchange} />
          {children !== undefined && <div className="inspector-own">{children}</div>}
        </div>
        <Facts exchange={exchange} {...(onPeer && { onPeer })} />
        <RetryNote key={exchange.id} exchange={exchange} others={others} />
        <div className="inspector-tools">
          <div className="switch" role="group" aria-label="Messages shown">
            {([...SIDES, 'both'] as const).map((one) => (
              <button
                key={one}
                type="button"
                className="button button-small"
                aria-pressed={view === one}
                onClick={() => setChosen(one)}
              >
                {one}
              </button>
            ))}
          </div>
          <div className="switch" role="group" aria-label="Panes shown">
            {PANES.map((pane) => (
              <button
                key={pane}
                type="button"
                className="button button-small"
                aria-pressed={setting.shown.has(pane)}
                onClick={() => togglePane(pane)}
              >
                {pane === 'tree' ? 'fields' : pane}
              </button>
            ))}
          </div>
          <CompareWith others={others} chosen={other} onChoose={setOther} {...(onFind && { onFind })} />
          <CopyAs exchange={exchange} />
          <EditInComposer exchange={exchange} {...(onEdit && { onEdit })} />
        </div>
      </header>
      {other !== undefined && (
        <Comparison
          key={`${exchange.id} ${other.id}`}
          exchange={exchange}
          other={other}
          side={view === 'response' ? 'response' : 'request'}
          onField={jumpTo}
          onClose={() => setOther(undefined)}
        />
      )}
      <div className="inspector-sides" data-sides={sides.length}>
        {sides.map((side) => (
          <MessagePane
            key={side}
            onText={(text) => setSetting({ ...setting, text })}
            {...{ exchange, side, setting, jump }}
          />
        ))}
      </div>
    </article>
  );
}

function useRoom(box: RefObject<HTMLElement | null>): boolean {
  const [roomy, setRoomy] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setRoomy(element.clientWidth >= ROOM_FOR_BOTH));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return roomy;
}

function Outcome({ exchange }: { readonly exchange: RecordedExchange }) {
  const { verdict, error, result } = exchange;
  const code = result.kind === 'failed' ? result.failure : String(result.status);
  const fine = verdict === 'ok';
  return (
    <span className={fine ? 'status-ok' : verdict === 'unknown' ? 'soft' : 'status-bad'}>
      <Icon name={fine ? 'check' : verdict === 'unknown' ? 'help' : 'warning'} /> <b>{code}</b>{' '}
      {error ?? (verdict === 'ok' || verdict === 'failed' ? '' : verdict)}
    </span>
  );
}

function Facts({ exchange, onPeer }: Pick<InspectorProps, 'exchange' | 'onPeer'>) {
  const { peerId, swarms, edition, time, clock, took, attempt, transactionId, remote, from, origin } =
    exchange;
  return (
    <dl className="inspector-facts">
      <Fact name="peer">
        {peerId === undefined ? (
          'not told'
        ) : onPeer === undefined ? (
          <span className="mono" title={peerId}>
            {shortId(peerId, 6, 6)}
          </span>
        ) : (
          <button
            type="button"
            className="text-button mono"
            title={`Select ${peerId}`}
            onClick={() => onPeer(peerId)}
          >
            {shortId(peerId, 6, 6)}
          </button>
        )}
        {remote !== undefined && ` at ${remote}`}
        {SENDERS[from]}
      </Fact>
      {swarms.length > 0 && (
        <Fact name={swarms.length === 1 ? 'swarm' : 'swarms'}>
          {swarms.slice(0, 4).join(', ')}
          {swarms.length > 4 && ' …'}
        </Fact>
      )}
      <Fact name="edition">{edition ?? 'none'}</Fact>
      <Fact name="at">
        {clock === 'run' ? formatStamp(time) : new Date(time).toISOString().replace('T', ' ')}
      </Fact>
      <Fact name="took">{took === undefined ? 'not recorded' : formatTook(took)}</Fact>
      <Fact name="attempt">{attempt}</Fact>
      {transactionId !== undefined && transactionId !== '' && (
        <Fact name="transaction">
          <span className="mono">{shortId(transactionId, 12, 8)}</span>
        </Fact>
      )}
      {origin !== undefined && (
        <Fact name="from">
          {origin.file}, {origin.line}
        </Fact>
      )}
    </dl>
  );
}

const SENDERS: Readonly<Record<RecordedExchange['from'], string>> = {
  simulated: ', simulated',
  foreign: ', not one of ours',
  composer: ', sent by hand',
};

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
