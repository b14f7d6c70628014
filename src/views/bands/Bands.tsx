/** What must be told above the picture: a tracker in trouble, parts of the address not used, faults of ours. */
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import { formatClock } from '../format.ts';
import { Icon } from '../icons.tsx';
import { Snippets } from '../tracker/Snippets.tsx';
import './bands.css';

export function Bands({ onSettings }: { readonly onSettings: () => void }) {
  return (
    <section className="bands" aria-label="Notices">
      <ProblemBanner onSettings={onSettings} />
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

function Notices() {
  const { notices } = useDashboard();
  const [dismissed, setDismissed] = useState(false);
  if (dismissed || notices.length === 0) return null;
  return (
    <Dismissable what="notices" onDismiss={() => setDismissed(true)}>
      <p>
        <b>Not everything in the page&rsquo;s address could be used.</b> {notices.join(' ')}
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
