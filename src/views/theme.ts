/** From the preference to what is shown. */
import { useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Theme } from '../dashboard/state.ts';
import { useDashboard } from './context.tsx';

export type ShownTheme = Exclude<Theme, 'system'>;

export const THEMES: readonly Theme[] = ['system', 'dark', 'light', 'projector'];

const light = (): MediaQueryList => matchMedia('(prefers-color-scheme: light)');

function watchSystem(changed: () => void): () => void {
  const query = light();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The theme shown now; sets it on the document too. */
export function useShownTheme(): ShownTheme {
  const { stores } = useDashboard();
  const preferred = useStore(stores.preferences, (preferences) => preferences.theme);
  const systemIsLight = useSyncExternalStore(watchSystem, () => light().matches);
  const shown = preferred === 'system' ? (systemIsLight ? 'light' : 'dark') : preferred;
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown;
  }, [shown]);
  return shown;
}
