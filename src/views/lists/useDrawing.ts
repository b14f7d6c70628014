/** Draws past React: when asked to, and when the room for it or the theme changes; at most once a frame. */
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import type { ShownTheme } from '../theme.ts';
import type { Size } from './edge-layout.ts';

/** The function returned asks for a drawing. */
export function useDrawing<Of extends Element>(
  element: RefObject<Of | null>,
  theme: ShownTheme,
  draw: (of: Of, size: Size) => void,
): () => void {
  const latest = useRef(draw);
  const frame = useRef<number>(undefined);
  useEffect(() => {
    latest.current = draw;
  });
  const ask = useCallback(() => {
    frame.current ??= requestAnimationFrame(() => {
      frame.current = undefined;
      const of = element.current;
      if (of === null || of.clientWidth < 20 || of.clientHeight < 20) return;
      latest.current(of, { width: of.clientWidth, height: of.clientHeight, rem: remOf() });
    });
  }, [element]);
  useEffect(() => {
    const of = element.current;
    if (of === null) return undefined;
    const resized = new ResizeObserver(ask);
    resized.observe(of);
    return () => {
      resized.disconnect();
      if (frame.current !== undefined) cancelAnimationFrame(frame.current);
      frame.current = undefined;
    };
  }, [element, ask]);
  useEffect(ask, [ask, theme]);
  return ask;
}

const remOf = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 14;
