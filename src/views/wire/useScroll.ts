/** The scrolling of the table: the rows follow the scrollbar, which is put right where it went adrift. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  isAdrift,
  isAtEnd,
  isNearEdge,
  lastTop,
  positionAt,
  scrolledTo,
  type Geometry,
  type Position,
} from './layout.ts';

/** Milliseconds without scrolling after which the scrollbar may be moved unnoticed. */
const IDLE = 150;

export interface Scroll {
  /** Pixel of the rows at the upper edge. */
  readonly top: number;
  /** The view stays at the end, whatever comes in. */
  readonly following: boolean;
  readonly onScroll: () => void;
  /** This pixel of the rows to the upper edge. */
  readonly go: (top: number) => void;
  readonly follow: (following: boolean) => void;
}

/** `follows`: whether the end of the rows is where new ones come. `turn`: where it changes, the view begins anew. */
export function useScroll(
  scroller: RefObject<HTMLElement | null>,
  geometry: Geometry,
  follows: boolean,
  turn: number,
): Scroll {
  const at = useRef<Position>({ scrollTop: 0, top: 0 });
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [wanted, setWanted] = useState({ top: 0, turn });
  const [wish, setFollowing] = useState(follows);
  const { rows, rowHeight, viewport } = geometry;
  if (wanted.turn !== turn) setWanted({ top: 0, turn });
  const following = wish && follows;
  const last = lastTop(geometry);
  const top = following ? last : Math.min(wanted.top, last);

  const put = useCallback(
    (position: Position) => {
      const element = scroller.current;
      if (element !== null && element.scrollTop !== position.scrollTop)
        element.scrollTo({ top: position.scrollTop, behavior: 'instant' });
      // The browser may have rounded it, or had no room for it yet.
      at.current = { top: position.top, scrollTop: element?.scrollTop ?? 0 };
    },
    [scroller],
  );

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null || element.scrollTop === at.current.scrollTop) return;
    const shape = { rows, rowHeight, viewport };
    const position = scrolledTo(shape, at.current, element.scrollTop);
    at.current = position;
    setWanted({ top: position.top, turn });
    setFollowing(follows && isAtEnd(shape, position));
    const putRight = (): void => {
      if (isAdrift(shape, at.current)) put(positionAt(shape, at.current.top));
    };
    if (isNearEdge(shape, position)) putRight();
    clearTimeout(idle.current);
    idle.current = setTimeout(putRight, IDLE);
  }, [scroller, put, follows, turn, rows, rowHeight, viewport]);

  useEffect(() => () => clearTimeout(idle.current), []);

  // Once the rows have their new height: the scrollbar would not go further than the old one.
  useLayoutEffect(() => {
    if (at.current.top !== top) put(positionAt({ rows, rowHeight, viewport }, top));
  }, [put, top, rows, rowHeight, viewport]);

  const go = useCallback((next: number) => setWanted({ top: next, turn }), [turn]);
  return { top, following, onScroll, go, follow: setFollowing };
}
