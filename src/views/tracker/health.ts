/** How the tracker's health is said and drawn: a word and a shape, so that colour is never alone. */
import type { TrackerState } from '../../dashboard/state.ts';
import type { IconName } from '../icons.tsx';

export const HEALTH: Record<TrackerState['health'], { readonly word: string; readonly icon: IconName }> = {
  waiting: { word: 'waiting', icon: 'waiting' },
  ok: { word: 'ok', icon: 'check' },
  trouble: { word: 'trouble', icon: 'warning' },
};
