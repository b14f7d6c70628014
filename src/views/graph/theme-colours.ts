/** The page's custom properties as colours that a worker understands. */
import type { GraphTheme } from './messages.ts';

/**
 * A custom property may hold anything that CSS can compute (`light-dark()`, `color-mix()`, another
 * property); only a real property makes the browser resolve it to one colour.
 */
export function readTheme(element: HTMLElement, scale: number): GraphTheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  const colour = (name: string, fallback: string): string => {
    probe.style.color = `var(${name}, ${fallback})`;
    return style.color;
  };
  const family = (name: string, fallback: string): string => {
    probe.style.fontFamily = `var(${name}, ${fallback})`;
    return style.fontFamily;
  };
  const theme: GraphTheme = {
    ground: colour('--ground', '#0d1115'),
    panel: colour('--panel', '#13181e'),
    ink: colour('--ink', '#e9eef3'),
    inkSoft: colour('--ink-soft', '#9eabb8'),
    line: colour('--line', '#28313b'),
    seed: colour('--seed', '#009e73'),
    leech: colour('--leech', '#e69f00'),
    tracker: colour('--tracker', '#56b4e9'),
    error: colour('--error', '#d55e00'),
    selected: colour('--selected', '#cc79a7'),
    font: family('--sans', 'sans-serif'),
    mono: family('--mono', 'monospace'),
    scale,
  };
  probe.remove();
  return theme;
}
