/** The peers behind a state or a way: picked together, listed as of that moment. */
import { useEffect, useState } from 'react';
import { EDITIONS, type StatesAnswer, type StatesAsk } from '../../dashboard/state-flows.ts';
import { CopyButton } from '../CopyButton.tsx';
import { useDashboard } from '../context.tsx';
import { formatCount, formatStamp, plural, shortId } from '../format.ts';
import { Icon } from '../icons.tsx';

interface WhoProps {
  readonly ask: StatesAsk;
  readonly what: string;
  readonly swarms: readonly string[];
  readonly onClose: () => void;
  readonly onGo: (place: string) => void;
}

/** Peers that are picked together, at most. */
const MOST = 20_000;

export function Who({ ask, what, swarms, onClose, onGo }: WhoProps) {
  const { observed, commands } = useDashboard();
  const [found, setFound] = useState<StatesAnswer>();
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(ask);

  useEffect(() => {
    let wanted = true;
    observed.once('states', { ...asked, most: MOST }).then(
      (answer) => {
        if (!wanted) return;
        setFailed(false);
        setFound(answer);
        commands.pick([...(answer.who?.handles ?? [])], what);
      },
      () => wanted && setFailed(true),
    );
    return () => {
      wanted = false;
    };
  }, [observed, commands, asked, what]);

  const who = found?.who;
  const show = (): void => {
    commands.pick([...(who?.handles ?? [])], what);
    onGo('swarm');
  };
  return (
    <aside className="states-who" aria-label={`Peers: ${what}`}>
      <header className="states-who-head">
        <h3>{what}</h3>
        <button type="button" className="button button-quiet" aria-label="Close the list" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {failed && (
        <p role="alert">The list could not be had: the worker that keeps it does not answer. Try again.</p>
      )}
      {who !== undefined && found !== undefined && (
        <>
          <p className="small" role="status">
            {'state' in (ask.who ?? {})
              ? plural(who.total, 'peer')
              : `${plural(who.total, 'time')}, the latest ${plural(who.handles.length, 'peer')}`}{' '}
            as of {formatStamp(found.at)}
            {who.first.length < who.handles.length &&
              `; the first ${formatCount(who.first.length)} are listed`}
          </p>
          <div className="states-who-tools">
            <button
              type="button"
              className="button button-small button-main"
              disabled={who.handles.length === 0}
              onClick={show}
            >
              <Icon name="swarm" />
              Show in the picture
            </button>
            <button type="button" className="button button-small" onClick={() => setAsked({ ...ask })}>
              Refresh
            </button>
            <CopyButton what="IDs" text={() => who.first.map(({ peerId }) => peerId).join('\n')} />
          </div>
          {who.first.length === 0 ? (
            <p className="soft">Nobody. States that are transient are empty most of the time.</p>
          ) : (
            <ul className="states-members">
              {who.first.map(({ peer, peerId, swarm, edition, since, gone }) => (
                <li key={peer}>
                  <button
                    type="button"
                    className="states-member"
                    title={`${peerId}: select it and go to the picture`}
                    onClick={() => {
                      commands.select(peer);
                      onGo('swarm');
                    }}
                  >
                    <code>{shortId(peerId, 6, 6)}</code>
                    <span className="soft small">
                      {swarms[swarm] ?? 'no swarm'} · {EDITIONS[edition]}
                      {gone ? ' · vanished' : ''}
                    </span>
                    <span className="states-since small">{formatStamp(since)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </aside>
  );
}
