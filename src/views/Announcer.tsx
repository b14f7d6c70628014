/** Says politely what changed that no one on a screen reader should miss. */
import { useStore } from 'zustand';
import type { RunStatus } from '../dashboard/state.ts';
import { useDashboard } from './context.tsx';
import { hostOf } from './format.ts';

const STATUS: Record<RunStatus, string> = {
  starting: 'Peers are joining.',
  running: 'The run is on.',
  paused: 'The run is paused.',
  stopping: 'Peers are leaving.',
  stopped: 'The run is stopped.',
  ended: 'The run has ended.',
};

export function Announcer() {
  const { stores } = useDashboard();
  const status = useStore(stores.run, (run) => run.status);
  const { health, url } = useStore(stores.tracker);
  return (
    <div role="status" className="only-spoken">
      <p>{STATUS[status]}</p>
      {/* Trouble itself is announced by the banner, with its remedies. */}
      {health === 'ok' && <p>The tracker {hostOf(url)} answers.</p>}
    </div>
  );
}
