/** What must be told above the picture: a tracker in trouble, parts of the address not used, faults of ours. */
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import { formatClock } from '../format.ts';
import { Icon } from '../icons.tsx';
import { hasUnknownPlace, PLACES } from '../places.ts';
import { Snippets } from '../tracker/Snippets.tsx';
import './bands.css';

export function Bands({ onSettings }: { readonly onSettings: () => void }) {
  return (
    <section className="bands" aria-label="Notices">
      <ProblemBanner onSettings={onSettings} />
      <Sources onSettings={onSettings} />
      <Notices />
      <Faults />
    </section>
  );
}

function ProblemBanner({ onSettings }: { readonly onSettings: () => void }) {
  const { stores, commands, ownTracker } = useDashboard();
  const problem = useStore(stores.tracker, (tracker) =>
    tracker.health === 'trouble' ? tracker.problem : undefined,
  );
  const own = useStore(stores.tracker, (tracker) => tracker.own);
  // Nobody tries any more: what the tracker's loss means for the peers is past.
  const stopped = useStore(stores.run, (run) => run.status === 'stopped');
  return (
    // Always there, so that what appears in it is announced.
    <div role="alert">
      {problem !== undefined && (
        <div className="band band-problem">
          <Icon name="warning" />
          <div className="band-text">
            <h2>{problem.title}</h2>
            {stopped && (problem.kind === 'unreachable' || problem.kind === 'timeout') ? (
              <p>Start it again, then press Start.</p>
            ) : (
              <>
                <p>
                  {problem.explanation} <span className="soft">Since {formatClock(problem.since)}.</span>
                </p>
                <ul className="band-remedies">
                  {problem.remedies.map((remedy) => (
                    <li key={remedy}>{remedy}</li>
                  ))}
                </ul>
                <Snippets of={problem.snippets} />
              </>
            )}
          </div>
          <div className="band-buttons">
            {problem.relay === 'offered' && (
              <button
                type="button"
                className="button button-main"
                onClick={() => commands.restart({ ...stores.run.getState().settings, via: 'relay' })}
              >
                Go through this server&rsquo;s relay
              </button>
            )}
            {!own && (
              <button
                type="button"
                className={problem.relay === 'offered' ? 'button' : 'button button-main'}
                onClick={() =>
                  commands.restart({
                    ...stores.run.getState().settings,
                    trackerUrl: ownTracker,
                    via: 'direct',
                  })
                }
              >
                Use this server&rsquo;s tracker
              </button>
            )}
            <button type="button" className="button" onClick={onSettings}>
              Edit settings
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

/** A source of foreign traffic that cannot be listened to. The tracker's own goes as the tracker does. */
function Sources({ onSettings }: { readonly onSettings: () => void }) {
  const { stores } = useDashboard();
  const wanted = useStore(stores.run, (run) => run.settings.events);
  const problem = useStore(
    stores.foreign,
    ({ sources }) => sources.find(({ url, state }) => url === wanted && state === 'trouble')?.problem,
  );
  return (
    <div role="status">
      {problem !== undefined && (
        <div className="band">
          <Icon name="warning" />
          <div className="band-text">
            <p>
              <b>Foreign traffic from {wanted} is not heard.</b> {problem} It is tried again by itself.
            </p>
          </div>
          <div className="band-buttons">
            <button type="button" className="button" onClick={onSettings}>
              Edit settings
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

function Notices() {
  const { notices, links } = useDashboard();
  const ofLink = useStore(links.store, (link) => link.notices);
  const [ofPlace] = useState(() =>
    hasUnknownPlace(location.href) ? [`view: one of ${PLACES.map(({ id }) => id).join(', ')}.`] : [],
  );
  const [dismissed, setDismissed] = useState<string>();
  const said = [...notices, ...ofPlace, ...ofLink].join(' ');
  if (said === '' || dismissed === said) return null;
  return (
    <Dismissable what="notices" onDismiss={() => setDismissed(said)}>
      <p>
        <b>Not everything in the page&rsquo;s address could be used.</b> {said}
      </p>
    </Dismissable>
  );
}

function Faults() {
  const { stores } = useDashboard();
  const faults = useStore(stores.run, (run) => run.faults);
  const restarts = useStore(stores.run, (run) => run.restarts);
  const [seen, setSeen] = useState<readonly string[]>([]);
  if (faults.length === 0 || faults === seen) return null;
  return (
    <Dismissable what="faults" onDismiss={() => setSeen(faults)}>
      <details>
        <summary>
          <b>Something went wrong inside this page.</b> The run goes on
          {restarts > 0 && `; peer workers were started again (${restarts})`}.
        </summary>
        <ul className="mono band-faults">
          {faults.map((fault, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>{fault}</li>
          ))}
        </ul>
      </details>
    </Dismissable>
  );
}

interface DismissableProps {
  readonly what: string;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

function Dismissable({ what, onDismiss, children }: DismissableProps) {
  return (
    <div className="band">
      <Icon name="warning" />
      <div className="band-text">{children}</div>
      <button
        type="button"
        className="button button-quiet"
        aria-label={`Dismiss the ${what}`}
        onClick={onDismiss}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
