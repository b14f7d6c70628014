import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { THEMES } from '../theme.ts';

/** One button that goes round: as the system has it, dark, light, projector. */
export function ThemeSwitch() {
  const { stores, commands } = useDashboard();
  const theme = useStore(stores.preferences, (preferences) => preferences.theme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <button
      type="button"
      className="button button-quiet tool"
      aria-label={`Theme: ${theme}. Change to ${next}`}
      title={`Theme: ${theme}. Change to ${next} (p: projector)`}
      onClick={() => commands.setTheme(next)}
    >
      <Icon name="theme" />
      <span className="tool-word">{theme}</span>
    </button>
  );
}
