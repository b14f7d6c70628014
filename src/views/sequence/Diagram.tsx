/** The drawing in its frame: only what is in sight is drawn. Wheel and scrollbar go through time, Ctrl+wheel zooms. */
import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { drawHeads, drawSequence, HEAD, type Mark, type MarkGroup } from './drawing.ts';
import { isFolded } from './folding.ts';
import type { Arrow, SequenceLayout } from './layout.ts';
import { timeToY, yToTime } from './scale.ts';
import { factsOf, itemText, requestText, senderTitle } from './words.ts';

interface DiagramProps {
  readonly layout: SequenceLayout;
  readonly clock: 'run' | 'absolute';
  /** The end stays in sight. */
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
  readonly onRoom: (width: number) => void;
  /** By a factor. */
  readonly onZoom: (factor: number) => void;
  readonly onOpen: (arrow: Arrow) => void;
}

/** Pixels above the first and below the last thing that happens. */
const MARGIN = 24;
const BELOW = 46;
/** The drawing's own text is made for a page whose letters are of this size, in pixels; larger ones enlarge it all. */
const USUAL_LETTERS = 14;
/** Pixels that a pointer moves before it drags. */
const STEADY = 4;

export function Diagram(props: DiagramProps) {
  const { layout, clock, following, onFollow, onRoom, onZoom, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  /** Of the page's pixels to the drawing's, in which all heights and widths here are. */
  const [enlarged, setEnlarged] = useState(1);
  const [top, setTop] = useState(0);
  const [room, setRoom] = useState(0);
  const [current, setCurrent] = useState<number>();
  const [hover, setHover] = useState<{ readonly id: number; readonly x: number; readonly y: number }>();
  const [said, setSaid] = useState('');
  const drag = useRef<{ x: number; y: number; left: number; top: number; moved: boolean }>(undefined);
  /** The moment that stays where it is when the scale changes, and its height in the frame. */
  const anchor = useRef<{ readonly time: number; readonly at: number }>(undefined);
  const help = useId();
  const extent = HEAD + MARGIN + layout.scale.height + BELOW;

  const topOf = (element: HTMLElement): number => element.scrollTop / enlarged;
  const goTo = (element: HTMLElement, to: number): void => {
    element.scrollTop = to * enlarged;
  };
  const measured = useEffectEvent((element: HTMLElement) => {
    const letters = probe.current?.getBoundingClientRect().height ?? USUAL_LETTERS;
    const now = letters / USUAL_LETTERS;
    setEnlarged(now);
    setRoom(element.clientHeight / now);
    onRoom(element.clientWidth / now);
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() => measured(element));
    watcher.observe(element);
    if (probe.current !== null) watcher.observe(probe.current);
    measured(element);
    return () => watcher.disconnect();
  }, []);

  const zoom = (factor: number, at: number): void => {
    const from = scroller.current === null ? 0 : topOf(scroller.current);
    anchor.current = { time: yToTime(layout.scale, from + at - HEAD - MARGIN), at };
    onZoom(factor);
  };
  const wheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { top: edge } = (event.currentTarget as Element).getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 250), (event.clientY - edge) / enlarged);
  });
  useEffect(() => {
    const element = scroller.current;
    const listen = (event: WheelEvent): void => wheel(event);
    // React's own listener is passive: it could not keep the page from zooming.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const kept = anchor.current;
    anchor.current = undefined;
    if (kept !== undefined)
      element.scrollTop = (timeToY(layout.scale, kept.time) + HEAD + MARGIN - kept.at) * enlarged;
    else if (following) element.scrollTop = element.scrollHeight;
    setTop(element.scrollTop / enlarged);
  }, [layout, following, room, enlarged]);

  const scrolled = (): void => {
    const element = scroller.current;
    if (element === null) return;
    setTop(topOf(element));
    setHover(undefined);
  };
  const letGo = (): void => onFollow(false);

  const part = useMemo(
    () => ({ top: top - MARGIN, bottom: top + room - HEAD, offset: HEAD, clock }),
    [top, room, clock],
  );
  const groups = useMemo(() => drawSequence(layout, part), [layout, part]);
  const heads = useMemo(() => drawHeads(layout), [layout]);
  const arrowOf = (id: number | undefined): Arrow | undefined =>
    layout.arrows.find((arrow) => arrow.id === id);

  const step = (by: number): void => {
    const at = layout.arrows.findIndex(({ id }) => id === current);
    const inSight = layout.arrows.findIndex(({ request }) => request.y1 >= top);
    const to = at < 0 ? Math.max(0, inSight) : Math.min(layout.arrows.length - 1, Math.max(0, at + by));
    const arrow = layout.arrows[to];
    const element = scroller.current;
    if (arrow === undefined || element === null) return;
    letGo();
    setCurrent(arrow.id);
    setSaid(itemText(arrow.item));
    const y = arrow.request.y1 + HEAD + MARGIN;
    if (y < topOf(element) + HEAD + 30 || y > topOf(element) + room - 60) goTo(element, y - room / 2);
  };

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const element = scroller.current;
    if (element === null) return;
    const arrow = arrowOf(current);
    const currentAt = (arrow?.request.y1 ?? -Infinity) + HEAD + MARGIN - topOf(element);
    // What is current stays where it is, else the middle.
    const middle = currentAt > HEAD && currentAt < room ? currentAt : room / 2;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => arrow !== undefined && onOpen(arrow),
      '+': () => zoom(1.5, middle),
      '=': () => zoom(1.5, middle),
      '-': () => zoom(1 / 1.5, middle),
      Home: () => {
        letGo();
        element.scrollTop = 0;
      },
      End: () => onFollow(true),
      PageUp: () => {
        letGo();
        goTo(element, topOf(element) - room * 0.8);
      },
      PageDown: () => {
        goTo(element, topOf(element) + room * 0.8);
      },
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const down = ({ pointerType, button, clientX, clientY }: PointerEvent): void => {
    const element = scroller.current;
    // Fingers scroll by themselves.
    if (pointerType !== 'mouse' || button !== 0 || element === null) return;
    if (clientX - element.getBoundingClientRect().left > element.clientWidth) return;
    drag.current = { x: clientX, y: clientY, left: element.scrollLeft, top: element.scrollTop, moved: false };
  };
  const move = (event: PointerEvent): void => {
    const element = scroller.current;
    const from = drag.current;
    if (element === null) return;
    if (from === undefined || event.buttons === 0) {
      const id = idUnder(event.target);
      const box = element.getBoundingClientRect();
      setHover(
        id === undefined ? undefined : { id, x: event.clientX - box.left, y: event.clientY - box.top },
      );
      return;
    }
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(x, y) < STEADY) return;
    if (!from.moved) {
      from.moved = true;
      element.setPointerCapture(event.pointerId);
      element.dataset['dragged'] = '';
      letGo();
    }
    element.scrollTop = from.top - y;
    element.scrollLeft = from.left - x;
  };
  const up = (event: PointerEvent): void => {
    const dragged = drag.current?.moved === true;
    drag.current = undefined;
    delete scroller.current?.dataset['dragged'];
    const arrow = arrowOf(idUnder(event.target));
    if (dragged || arrow === undefined) return;
    setCurrent(arrow.id);
    onOpen(arrow);
  };

  const shown = arrowOf(hover?.id);
  return (
    <div className="sequence-frame">
      <div ref={probe} className="sequence-probe" aria-hidden="true" />
      <p id={help} className="only-spoken">
        Arrow keys go from exchange to exchange, Enter opens one, plus and minus zoom, End follows. The list
        of steps says the same in words.
      </p>
      {/* role=application is for this: a drawing with keys and a pointer of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        role="application"
        aria-label="Sequence diagram"
        aria-describedby={help}
        className="sequence-scroll"
        // What scrolls must be reachable by keyboard.
        tabIndex={0}
        data-arrows={layout.arrows.length}
        onScroll={scrolled}
        onWheel={(event) => event.deltaY < 0 && !event.ctrlKey && letGo()}
        onKeyDown={press}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={() => setHover(undefined)}
      >
        <div style={{ height: extent * enlarged, width: layout.width * enlarged }}>
          <svg
            className="sequence-drawing"
            width={layout.width * enlarged}
            height={room * enlarged}
            viewBox={`0 0 ${layout.width} ${room}`}
            aria-hidden="true"
          >
            {groups.map((group) => (
              <Group
                key={group.key}
                group={group}
                current={group.item !== undefined && group.item === current}
              />
            ))}
            <rect width={layout.width} height={HEAD} fill="var(--ground)" />
            {heads.map((group) => (
              <Group key={group.key} group={group} current={false} />
            ))}
          </svg>
        </div>
      </div>
      {hover !== undefined && shown !== undefined && (
        <Card arrow={shown} x={hover.x} y={hover.y} right={layout.width * enlarged} />
      )}
      <p role="status" className="only-spoken">
        {said}
      </p>
    </div>
  );
}

function idUnder(target: EventTarget): number | undefined {
  const arrow = target instanceof Element ? target.closest('[data-item]') : null;
  return arrow === null ? undefined : Number(arrow.getAttribute('data-item'));
}

function Group({ group, current }: { readonly group: MarkGroup; readonly current: boolean }) {
  return (
    <g className={group.name} data-item={group.item} data-current={current ? '' : undefined}>
      {group.marks.map((mark, at) => (
        // Marks have no name of their own: their places within the group are theirs.
        // oxlint-disable-next-line react/no-array-index-key
        <Shape key={at} mark={mark} />
      ))}
    </g>
  );
}

function Shape({ mark: { element: Element, attributes, text } }: { readonly mark: Mark }) {
  const { class: className, 'text-anchor': textAnchor, ...rest } = attributes;
  const named = {
    ...rest,
    ...(className === undefined ? {} : { className: String(className) }),
    ...(textAnchor === undefined ? {} : { textAnchor: String(textAnchor) as 'start' | 'middle' | 'end' }),
  };
  return <Element {...named}>{text}</Element>;
}

interface CardProps {
  readonly arrow: Arrow;
  readonly x: number;
  readonly y: number;
  readonly right: number;
}

function Card({ arrow: { item }, x, y, right }: CardProps) {
  const place = x > Math.min(right, 900) / 2 ? { right: `calc(100% - ${x - 14}px)` } : { left: x + 14 };
  return (
    <div className="sequence-hover" style={{ ...place, top: Math.max(8, y - 60) }}>
      <b>{requestText(item)}</b> <span className="mono soft">{senderTitle(item)}</span>
      <dl>
        {factsOf(item).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isFolded(item) && <p className="soft">Click to see them one by one.</p>}
    </div>
  );
}
