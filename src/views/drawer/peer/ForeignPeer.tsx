/** A peer that is not ours: what its exchanges with the tracker tell of it, and where they depart from the text. */
import { useState } from 'react';
import type { RecordedExchange } from '../../../dashboard/inspector.ts';
import type { ForeignDetail, ForeignStay } from '../../../dashboard/state.ts';
import { CopyButton } from '../../CopyButton.tsx';
import { Dialog } from '../../dialog/Dialog.tsx';
import { editionName } from '../../editions.ts';
import { formatClock, formatCount, formatStamp, plural, shortId } from '../../format.ts';
import { Icon } from '../../icons.tsx';
import { Inspector } from '../../inspector/Inspector.tsx';
import { PeerMark } from '../../marks.tsx';
import { Deviations } from './Deviations.tsx';
import { Fact } from './Fact.tsx';
import { ListedPeers } from './ListedPeers.tsx';
import type { PictureActions } from '../state.ts';
import { SelectionActions } from './SelectionActions.tsx';
import './foreign-peer.css';

interface ForeignPeerProps {
  readonly detail: ForeignDetail;
  readonly picture: PictureActions;
}

const STANDING: Partial<Record<ForeignDetail['phase'], string>> = {
  joining: 'not registered: the tracker has not let it in so far',
  tracking: 'registered',
  silent: 'silent, or without a usable answer',
};

export function ForeignPeer({ detail, picture }: ForeignPeerProps) {
  const [inspected, setInspected] = useState<RecordedExchange>();
  const { peerId, stay, exchanges, list } = detail;
  const mode = stay.mode ?? 'LEECH';
  return (
    <>
      <header className="peer-head">
        <div className="peer-name">
          <h2 className="mono" title={peerId}>
            {shortId(peerId)}
          </h2>
          <CopyButton text={peerId} what="peer ID" />
          <span className="badge" data-mode={stay.mode}>
            <PeerMark mode={mode} share={0} foreign />
            {stay.mode ?? 'mode not told'}
          </span>
        </div>
        <p className="soft">
          <b>foreign</b>: not one of this page&rsquo;s peers · {placeOf(stay)}
        </p>
      </header>
      <Ended stay={stay} />
      <Facts detail={detail} />
      <div className="peer-actions">
        <SelectionActions peer={stay.handle} ended={stay.ended !== undefined} picture={picture} />
      </div>
      <Deviations exchanges={exchanges} total={detail.findings} />
      <Exchanges exchanges={exchanges} total={detail.requests} onOpen={setInspected} />
      <ListedPeers list={list} />
      {inspected !== undefined && (
        <Dialog title="Inspector" page onClose={() => setInspected(undefined)}>
          <Inspector exchange={inspected} />
        </Dialog>
      )}
    </>
  );
}

const placeOf = ({ swarm }: ForeignStay): string =>
  swarm === undefined ? 'in no swarm yet' : `swarm ${swarm}`;

function Ended({ stay }: { readonly stay: ForeignStay }) {
  switch (stay.ended) {
    case undefined:
      return null;
    case 'left':
      return (
        <p className="note" role="status">
          This peer has <b>left</b>: it said so to the tracker. Below is how it stood last.
        </p>
      );
    case 'silent':
      return (
        <p className="note" role="status">
          This peer has been <b>silent</b> for a track timer (90 s): a tracker forgets it then.
        </p>
      );
    case 'refused':
      return (
        <p className="note" role="status">
          The tracker has <b>ended its registration</b> with an error, as its edition asks for.
        </p>
      );
    default:
      return stay.ended satisfies never;
  }
}

function Facts({ detail }: { readonly detail: ForeignDetail }) {
  const { stay, stays, edition, addresses, remote } = detail;
  const others = stays.filter(({ handle }) => handle !== stay.handle);
  return (
    <dl className="facts">
      <Fact name="standing">
        {stay.ended === undefined ? (STANDING[detail.phase] ?? detail.phase) : 'gone'}
      </Fact>
      <Fact name="edition">
        {edition === undefined ? (
          'none'
        ) : (
          <span title={editionName(edition).about}>{editionName(edition).name}</span>
        )}
      </Fact>
      <Fact name="asks from">
        <span className="mono fact-line">{remote ?? 'not told'}</span>
      </Fact>
      <Fact name="declares">
        {addresses.length === 0
          ? 'no address'
          : addresses.map((address) => (
              <span key={address} className="mono fact-line">
                {address}
              </span>
            ))}
      </Fact>
      {others.length > 0 && <Fact name="also in">{others.map(placeOf).join(', ')}</Fact>}
      <Fact name="requests">
        {formatCount(detail.requests)}{' '}
        <span className="soft">
          · {plural(detail.errors, 'error')}, {plural(detail.findings, 'deviation')}
        </span>
      </Fact>
      <Fact name="heard">
        {formatClock(detail.at)} <span className="soft">first {formatClock(detail.since)}</span>
      </Fact>
    </dl>
  );
}

interface ExchangesProps {
  readonly exchanges: readonly RecordedExchange[];
  readonly total: number;
  readonly onOpen: (exchange: RecordedExchange) => void;
}

function Exchanges({ exchanges, total, onOpen }: ExchangesProps) {
  return (
    <section className="peer-section">
      <h3>
        Exchanges{' '}
        <span className="soft">{total > exchanges.length && `the latest of ${formatCount(total)}`}</span>
      </h3>
      <ul className="foreign-exchanges" aria-label="Exchanges">
        {exchanges.map((exchange) => (
          <li key={exchange.id}>
            <button
              type="button"
              className="foreign-exchange"
              title="Open in the inspector"
              onClick={() => onOpen(exchange)}
            >
              <time className="soft">{formatStamp(exchange.time)}</time>
              <b>{exchange.method ?? 'unreadable'}</b>
              <Outcome exchange={exchange} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ exchange }: { readonly exchange: RecordedExchange }) {
  const { verdict, error, result, findings } = exchange;
  const count = findings.request + findings.response;
  const code = result.kind === 'failed' ? result.failure : String(result.status);
  return (
    <span className={verdict === 'ok' ? 'verdict' : 'verdict verdict-bad'}>
      {verdict !== 'ok' && <Icon name="warning" />}
      {code} {error ?? (verdict === 'ok' ? '' : verdict)}
      {count > 0 && <span className="soft"> · {plural(count, 'deviation')}</span>}
    </span>
  );
}
