/** Which of the run's controls can be used when, as a table. */
import type { RunStatus } from '../../dashboard/state.ts';

export type MainControl = 'start' | 'pause' | 'resume';

export interface ControlState {
  /** The one button that starts, pauses and resumes keeps its place, and with it the focus. */
  readonly main: MainControl;
  readonly mainEnabled: boolean;
  readonly stopEnabled: boolean;
  readonly restartEnabled: boolean;
}

export function controlsIn(status: RunStatus): ControlState {
  switch (status) {
    case 'starting':
      return { main: 'pause', mainEnabled: false, stopEnabled: true, restartEnabled: true };
    case 'running':
      return { main: 'pause', mainEnabled: true, stopEnabled: true, restartEnabled: true };
    case 'paused':
      return { main: 'resume', mainEnabled: true, stopEnabled: true, restartEnabled: true };
    case 'stopping':
      return { main: 'start', mainEnabled: false, stopEnabled: false, restartEnabled: false };
    case 'ended':
      return { main: 'start', mainEnabled: true, stopEnabled: false, restartEnabled: true };
    case 'stopped':
      return { main: 'start', mainEnabled: true, stopEnabled: false, restartEnabled: false };
    default:
      return status satisfies never;
  }
}
