/** The scrolling of the table: the position of the rows follows the scrollbar, which is put right where it went adrift. */
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
  readonly top: number;
  /** The view stays at the end, whatever comes in. */
  readonly following: boolean;
  readonly onScroll: () => void;
  /** This pixel of the rows to the upper edge. */
  readonly go: (top: number) => void;
  readonly follow: (following: boolean) => void;
}

export function useScroll(
  scroller: RefObject<HTMLElement | null>,
  geometry: Geometry,
  /** Whether the end of the rows is where new ones come. */
  follows: boolean,
): Scroll {
  const at = useRef<Position>({ scrollTop: 0, top: 0 });
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [top, setTop] = useState(0);
  const [following, setFollowing] = useState(follows);
  const { rows, rowHeight, viewport } = geometry;

  const put = useCallback(
    (position: Position) => {
      const element = scroller.current;
      at.current = position;
      setTop(position.top);
      if (element === null || element.scrollTop === position.scrollTop) return;
      element.scrollTop = position.scrollTop;
      at.current = { ...position, scrollTop: element.scrollTop };
    },
    [scroller],
  );

  const go = useCallback(
    (wanted: number) => put(positionAt({ rows, rowHeight, viewport }, wanted)),
    [put, rows, rowHeight, viewport],
  );

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null || element.scrollTop === at.current.scrollTop) return;
    const shape = { rows, rowHeight, viewport };
    const position = scrolledTo(shape, at.current, element.scrollTop);
    at.current = position;
    setTop(position.top);
    setFollowing(follows && isAtEnd(shape, position));
    const putRight = (): void => {
      if (isAdrift(shape, at.current)) put(positionAt(shape, at.current.top));
    };
    if (isNearEdge(shape, position)) putRight();
    clearTimeout(idle.current);
    idle.current = setTimeout(putRight, IDLE);
  }, [scroller, put, follows, rows, rowHeight, viewport]);

  useEffect(() => () => clearTimeout(idle.current), []);

  // After the box has its new height: the scrollbar would not go further than the old one.
  useLayoutEffect(() => {
    const shape = { rows, rowHeight, viewport };
    if (following && follows) put(positionAt(shape, lastTop(shape)));
    else if (at.current.top > lastTop(shape)) put(positionAt(shape, lastTop(shape)));
  }, [put, following, follows, rows, rowHeight, viewport]);

  return { top, following: following && follows, onScroll, go, follow: setFollowing };
}
