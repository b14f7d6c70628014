import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import { formatTook, hostOf } from '../format.ts';
import { Icon } from '../icons.tsx';
import { HEALTH } from '../tracker/health.ts';

export function TrackerPill({ onOpen }: { readonly onOpen: () => void }) {
  const { stores } = useDashboard();
  const tracker = useStore(stores.tracker);
  const embedded = useStore(stores.run, ({ settings }) => settings.clock === 'virtual');
  const health = HEALTH[tracker.health];
  const host = hostOf(tracker.url);
  const latency = tracker.latency === undefined ? undefined : formatTook(tracker.latency);
  return (
    <button
      type="button"
      className="pill"
      data-health={tracker.health}
      title={`Tracker ${tracker.url}: details`}
      aria-haspopup="dialog"
      onClick={onOpen}
    >
      <span className="pill-label">
        tracker{' '}
        {embedded
          ? '· in this page'
          : tracker.own
            ? '· this server'
            : tracker.via === 'relay' && '· through the relay'}
      </span>
      <span className="pill-value">
        <span className="pill-health">
          <Icon name={health.icon} />
          <span className="only-spoken">{health.word}, </span>
        </span>
        <b className="pill-host">{host}</b>
        <span className="soft">
          {tracker.health === 'ok' && latency !== undefined ? latency : health.word}
        </span>
      </span>
    </button>
  );
}
