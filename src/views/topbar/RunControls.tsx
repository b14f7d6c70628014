import { useStore } from 'zustand';
import type { Commands } from '../../dashboard/dashboard.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { controlsIn, type MainControl } from './controls.ts';

const MAIN: Record<MainControl, { label: string; name: string; icon: 'start' | 'pause' }> = {
  start: { label: 'Start', name: 'Start a run with the current settings', icon: 'start' },
  pause: { label: 'Pause', name: 'Pause the run: peers stand still and send nothing', icon: 'pause' },
  resume: { label: 'Resume', name: 'Resume the run', icon: 'start' },
};

export function pressMain(main: MainControl, commands: Commands): void {
  switch (main) {
    case 'start':
      return commands.start();
    case 'pause':
      return commands.pause();
    case 'resume':
      return commands.resume();
    default:
      return main satisfies never;
  }
}

export function RunControls() {
  const { stores, commands } = useDashboard();
  const controls = controlsIn(useStore(stores.run, (run) => run.status));
  const main = MAIN[controls.main];
  return (
    <div className="controls" role="group" aria-label="Run">
      <button
        type="button"
        className="button control control-main"
        aria-label={main.name}
        title={main.name}
        disabled={!controls.mainEnabled}
        onClick={() => pressMain(controls.main, commands)}
      >
        <Icon name={main.icon} />
        {main.label}
      </button>
      <button
        type="button"
        className="button control"
        aria-label="Stop the run: every peer leaves its swarm"
        title="Stop the run: every peer leaves its swarm"
        disabled={!controls.stopEnabled}
        onClick={() => commands.stop()}
      >
        <Icon name="stop" />
        Stop
      </button>
      <button
        type="button"
        className="button control"
        aria-label="Restart the run with the same settings and seed"
        title="Restart the run with the same settings and seed"
        disabled={!controls.restartEnabled}
        onClick={() => commands.restart()}
      >
        <Icon name="restart" />
        Restart
      </button>
    </div>
  );
}
