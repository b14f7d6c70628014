/** One exchange, request and response, as sent or laid out for reading. */
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PeerHandle } from '../../../dashboard/feed.ts';
import type { Exchange } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { formatStamp, formatTook, shortId } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import { InspectorDialog } from '../../inspector/InspectorDialog.tsx';
import { Verdict } from '../peer/LatestExchange.tsx';
import type { BodyView } from '../state.ts';
import { MessageBody } from './MessageBody.tsx';
import { failureAbout, outcomeOf } from './outcome.ts';

interface ExchangeViewProps {
  readonly exchange: Exchange;
  readonly view: BodyView;
  readonly onView: (view: BodyView) => void;
  readonly onPeer: (peer: PeerHandle) => void;
  readonly onBack: () => void;
}

export function ExchangeView({ exchange, view, onView, onPeer, onBack }: ExchangeViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [inspecting, setInspecting] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  return (
    <article className="exchange-view">
      <div className="messages-bar">
        <button type="button" className="button button-small" title="Back to the list (Esc)" onClick={onBack}>
          <Icon name="back" />
          All messages
        </button>
        <ViewSwitch view={view} onChange={onView} />
      </div>
      <div className="exchange-title">
        <h2 ref={heading} tabIndex={-1}>
          {exchange.method} <span className="exchange-purpose">{exchange.purpose}</span>
        </h2>
        <Verdict exchange={exchange} />
      </div>
      <button type="button" className="button button-small" onClick={() => setInspecting(true)}>
        <Icon name="find" />
        Open in the inspector
      </button>
      {inspecting && <InspectorDialog exchange={exchange} onClose={() => setInspecting(false)} />}
      <ExchangeFacts exchange={exchange} onPeer={onPeer} />
      <section className="message">
        <h3>Request</h3>
        <p className="mono http-line">
          <b>POST</b> {exchange.url}
        </p>
        <p className="mono http-line soft">Content-Type: {exchange.requestType}</p>
        <MessageBody
          exchange={exchange}
          text={exchange.requestText}
          bytes={exchange.requestBytes}
          view={view}
          what="request"
        />
      </section>
      <ResponseSection exchange={exchange} view={view} />
    </article>
  );
}

const VIEW_TITLES: Readonly<Record<BodyView, string>> = {
  pretty: 'Laid out and coloured for reading',
  raw: 'Exactly as it was on the wire',
  explained: 'Field by field: what it means, and whether it is as the text asks',
};

function ViewSwitch({
  view,
  onChange,
}: {
  readonly view: BodyView;
  readonly onChange: (view: BodyView) => void;
}) {
  return (
    <div className="switch" role="group" aria-label="Show bodies">
      {(['pretty', 'raw', 'explained'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className="button button-small"
          aria-pressed={view === one}
          title={VIEW_TITLES[one]}
          onClick={() => onChange(one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

function ExchangeFacts({ exchange, onPeer }: Pick<ExchangeViewProps, 'exchange' | 'onPeer'>) {
  const { stores, commands } = useDashboard();
  const swarm = useStore(stores.run, (run) => run.scenario.swarms[exchange.swarm]?.id ?? '');
  const peer = commands.peerOf(exchange.peerId);
  return (
    <p className="soft exchange-facts">
      {peer === undefined ? (
        <span className="mono" title={exchange.peerId}>
          {shortId(exchange.peerId)}
        </span>
      ) : (
        <button
          type="button"
          className="text-button mono"
          title={`Select ${exchange.peerId}`}
          onClick={() => onPeer(peer)}
        >
          {shortId(exchange.peerId)}
        </button>
      )}{' '}
      in {swarm} · {exchange.edition} · at {formatStamp(exchange.at)} · took {formatTook(exchange.took)} ·
      attempt {exchange.attempt} · transaction <span className="mono">{exchange.transactionId}</span>
    </p>
  );
}

interface ResponseSectionProps {
  readonly exchange: Exchange;
  readonly view: BodyView;
}

function ResponseSection({ exchange, view }: ResponseSectionProps) {
  const { result } = exchange;
  const outcome = outcomeOf(result);
  if (result.kind === 'failed')
    return (
      <section className="message">
        <h3>Response</h3>
        <p className="note note-bad">
          <b>
            <Icon name="warning" /> {outcome.code}
          </b>{' '}
          {failureAbout(result.failure)} {result.detail}
        </p>
      </section>
    );
  return (
    <section className="message">
      <h3>Response</h3>
      <p className="mono http-line">
        <b className={outcome.ok ? 'status-ok' : 'status-bad'}>
          {result.status} {result.reason}
        </b>
      </p>
      {result.contentType !== '' && <p className="mono http-line soft">Content-Type: {result.contentType}</p>}
      {!outcome.ok && (
        <p className="note note-bad">
          <Icon name="warning" /> {result.verdict === 'error' ? 'Answered with an error: ' : 'Not readable: '}
          {result.detail}
        </p>
      )}
      <MessageBody
        exchange={exchange}
        text={result.responseText}
        bytes={result.responseBytes}
        view={view}
        what="response"
      />
      {view !== 'explained' && (
        <Findings findings={result.findings} readable={result.verdict !== 'unreadable'} />
      )}
    </section>
  );
}

function Findings({
  findings,
  readable,
}: {
  readonly findings: readonly string[];
  readonly readable: boolean;
}) {
  if (findings.length === 0)
    return readable ? (
      <p className="findings-none">
        <Icon name="check" /> no departure from the grammar
      </p>
    ) : null;
  return (
    <>
      <h3 className="findings-title">Departures from the grammar</h3>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={finding}>
            <Icon name="warning" />
            {finding}
          </li>
        ))}
      </ul>
    </>
  );
}
