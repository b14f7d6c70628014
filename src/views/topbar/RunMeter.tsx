/** What the run is doing and since when: its time, or how far joining or leaving has come. */
import { useStore } from 'zustand';
import type { RunStatus } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import { formatClock, formatCount } from '../format.ts';

const WORDS: Record<RunStatus, string> = {
  starting: 'joining…',
  running: 'running',
  paused: 'paused',
  stopping: 'leaving…',
  stopped: 'stopped',
  ended: 'ended',
};

function Progress({ status }: { readonly status: 'starting' | 'stopping' }) {
  const { stores } = useDashboard();
  const here = useStore(stores.run, (run) => run.simulated.peers);
  const wanted = useStore(stores.run, (run) => run.settings.peers);
  const joining = status === 'starting';
  const words = joining
    ? `joining… ${formatCount(here)} of ${formatCount(wanted)}`
    : `leaving… ${formatCount(here)} left`;
  // A progress bar is full at its end, so leaving counts who has gone.
  const done = joining ? here : wanted - here;
  return (
    <>
      <span className="meter-words">{words}</span>
      <progress
        className="meter-progress"
        aria-label={joining ? 'Peers that joined' : 'Peers that left'}
        max={Math.max(1, wanted)}
        value={Math.min(wanted, Math.max(0, done))}
      />
    </>
  );
}

export function RunMeter() {
  const { stores } = useDashboard();
  const status = useStore(stores.run, (run) => run.status);
  const clock = useStore(stores.run, (run) => formatClock(run.elapsed));
  const seed = useStore(stores.run, (run) => run.settings.seed);
  return (
    <div className="meter" data-status={status}>
      <span className="meter-line">
        <time className="meter-clock" aria-label={`Run time ${clock}`}>
          {clock}
        </time>
        {status === 'starting' || status === 'stopping' ? (
          <Progress status={status} />
        ) : (
          <span className="meter-words">{WORDS[status]}</span>
        )}
      </span>
      <span
        className="meter-seed"
        title="Start of the random numbers: the same seed, the same arrivals and lines"
      >
        seed <b>{seed}</b>
      </span>
    </div>
  );
}
