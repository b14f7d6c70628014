/** The theme's colours, for what is drawn by pixels. */
import type { MatrixColours } from './draw-matrix.ts';

export function matrixColours(): MatrixColours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: of('ground'),
    ink: of('ink'),
    soft: of('ink-soft'),
    line: of('line'),
    tracker: of('tracker'),
    seed: of('seed'),
    leech: of('leech'),
    error: of('error'),
    selected: of('selected'),
    font: of('sans'),
  };
}
