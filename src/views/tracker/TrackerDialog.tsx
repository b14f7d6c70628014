/** All that the page knows of the tracker. */
import { useStore } from 'zustand';
import type { TrackerStats } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import { Dialog } from '../dialog/Dialog.tsx';
import { formatCount, formatSpan, formatTook } from '../format.ts';
import { Icon } from '../icons.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { HEALTH } from './health.ts';
import { Snippets } from './Snippets.tsx';
import './tracker.css';

interface TrackerDialogProps {
  readonly onClose: () => void;
  readonly onSettings: () => void;
}

export function TrackerDialog({ onClose, onSettings }: TrackerDialogProps) {
  const { stores, commands } = useDashboard();
  const { url, own, via, authentication, health, latency, problem, stats } = useStore(stores.tracker);
  return (
    <Dialog title="Tracker" onClose={onClose}>
      <p className="tracker-url">
        <span className="mono">{url}</span>
        <CopyButton text={url} what="tracker URL" />
      </p>
      <p className="soft">
        {own ? 'Served by the server this page came from.' : 'A tracker elsewhere.'}{' '}
        {via === 'relay' &&
          'Requests go through the relay of the server this page came from (/relay), which sends them on.'}
      </p>
      <dl className="facts">
        {authentication !== 'none' && (
          <Row
            name="authentication"
            value={authentication === 'bearer' ? 'Bearer, token given' : 'Digest, user and password given'}
          />
        )}
        <div className="fact">
          <dt>health</dt>
          <dd className={`health-${health}`}>
            <Icon name={HEALTH[health].icon} /> {HEALTH[health].word}
          </dd>
        </div>
        <div className="fact">
          <dt>typical answer time</dt>
          <dd>{latency === undefined ? 'not known yet' : formatTook(latency)}</dd>
        </div>
      </dl>
      {problem !== undefined && (
        <div className="note note-bad">
          <b>{problem.title}</b>
          <p>{problem.explanation}</p>
          <ul className="tracker-remedies">
            {problem.remedies.map((remedy) => (
              <li key={remedy}>{remedy}</li>
            ))}
          </ul>
          <Snippets of={problem.snippets} />
        </div>
      )}
      {stats === undefined ? (
        <p className="note">
          This tracker publishes no figures (GET /stats). The page shows its own count of its own peers.
        </p>
      ) : (
        <Statistics stats={stats} />
      )}
      <p className="tracker-buttons">
        {problem?.relay === 'offered' && (
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              onClose();
              commands.restart({ ...stores.run.getState().settings, via: 'relay' });
            }}
          >
            Go through this server&rsquo;s relay
          </button>
        )}{' '}
        <button type="button" className="button" onClick={onSettings}>
          Use another tracker…
        </button>
      </p>
    </Dialog>
  );
}

function Statistics({ stats }: { readonly stats: TrackerStats }) {
  const { requests } = stats;
  return (
    <>
      <h3 className="tracker-title">As the tracker counts</h3>
      <dl className="facts">
        <Row name="up for" value={formatSpan(stats.uptime * 1000)} />
        <Row name="registered peers" value={formatCount(stats.peers)} />
        <Row name="requests" value={formatCount(requests.total)} />
      </dl>
      <div className="tracker-columns">
        <Breakdown title="by method" counts={requests.byMethod} />
        <Breakdown title="by edition" counts={requests.byEdition} />
        <Breakdown title="errors answered" counts={requests.byError} />
      </div>
      <table className="tracker-swarms">
        <caption className="only-spoken">Swarms at the tracker</caption>
        <thead>
          <tr>
            <th scope="col">swarm</th>
            <th scope="col">SEED</th>
            <th scope="col">LEECH</th>
          </tr>
        </thead>
        <tbody>
          {stats.swarms.slice(0, MOST_SWARMS).map(({ id, seeds, leeches }) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td className="figure-seed">{formatCount(seeds)}</td>
              <td className="figure-leech">{formatCount(leeches)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {stats.swarms.length > MOST_SWARMS && (
        <p className="soft small">and {formatCount(stats.swarms.length - MOST_SWARMS)} more</p>
      )}
    </>
  );
}

/** A public tracker may have thousands; the dialog is for a look. */
const MOST_SWARMS = 20;

function Breakdown({
  title,
  counts,
}: {
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
}) {
  const entries = Object.entries(counts);
  return (
    <div>
      <h4>{title}</h4>
      {entries.length === 0 ? (
        <p className="soft">none</p>
      ) : (
        <dl className="facts">
          {entries.map(([name, count]) => (
            <Row key={name} name={name} value={formatCount(count)} />
          ))}
        </dl>
      )}
    </div>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
