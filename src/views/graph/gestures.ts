/**
 * Hand and keyboard to commands: drag moves a peer or the map, with Shift it draws a line around peers, wheel and pinch
 * zoom, a click picks, keys do the same. A finger takes hold of a peer when it rests upon it first.
 */
import type { GraphCommand } from './messages.ts';

type Send = (command: GraphCommand) => void;

/** Pixels a press may wander and still be a click. */
const CLICK_SLACK = 5;
const KEY_STEP = 70;
/** Of a peer that is moved by keys. */
const NUDGE = 12;
/** Milliseconds that a finger rests before it takes hold. */
const HOLD = 350;
export const ZOOM_STEP = 1.4;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** With Shift, arrows move the selected peer in place of the view. */
export function keyCommand(key: string, shift: boolean): GraphCommand | undefined {
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const [right, down] = arrow;
    if (shift) return { kind: 'nudge', dx: right * NUDGE, dy: down * NUDGE };
    // The view goes to the right: the picture to the left.
    return { kind: 'pan', dx: 0 - right * KEY_STEP, dy: 0 - down * KEY_STEP };
  }
  switch (key) {
    case '+':
    case '=':
      return { kind: 'zoom', factor: ZOOM_STEP, about: undefined, smooth: true };
    case '-':
    case '−':
      return { kind: 'zoom', factor: 1 / ZOOM_STEP, about: undefined, smooth: true };
    case '0':
      return { kind: 'fit' };
    case 'm':
      return { kind: 'pin', peer: undefined };
    case 'M':
      return { kind: 'unpin-all' };
    default:
      return undefined;
  }
}

interface Touch {
  x: number;
  y: number;
}

/** While the element's `data-lasso` is set, every drag draws a line around peers. */
export function attachGestures(element: HTMLElement, send: Send): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const touches = new Map<number, Touch>();
  let wandered = 0;
  let drawing = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let pointerAsked = false;
  let pointer: Touch | undefined;

  const place = (event: MouseEvent): Touch => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  /** At most once a frame: a mouse tells more than anyone can see. */
  const tellPointer = (at: Touch | undefined): void => {
    pointer = at;
    if (pointerAsked) return;
    pointerAsked = true;
    requestAnimationFrame(() => {
      pointerAsked = false;
      if (!signal.aborted) send({ kind: 'pointer', at: pointer });
    });
  };

  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const at = place(event);
    touches.set(event.pointerId, at);
    clearTimeout(resting);
    if (touches.size > 1) {
      wandered = Infinity;
      send({ kind: 'release', dropped: true });
      return;
    }
    wandered = 0;
    const lasso = event.shiftKey || element.dataset['lasso'] !== undefined;
    if (lasso || event.pointerType !== 'touch') send({ kind: 'press', how: lasso ? 'lasso' : 'grab', ...at });
    else resting = setTimeout(() => send({ kind: 'press', how: 'grab', ...at }), HOLD);
    drawing = lasso;
  };

  const move = (event: PointerEvent): void => {
    const at = place(event);
    const before = touches.get(event.pointerId);
    if (before === undefined) {
      tellPointer(at);
      return;
    }
    const [dx, dy] = [at.x - before.x, at.y - before.y];
    const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
    touches.set(event.pointerId, at);
    if (other === undefined) {
      const stillClick = wandered <= CLICK_SLACK;
      wandered += Math.hypot(dx, dy);
      if (wandered <= CLICK_SLACK) return;
      if (stillClick) {
        element.dataset['dragging'] = '';
        tellPointer(undefined);
        clearTimeout(resting);
      }
      send({ kind: 'drag', ...at, dx, dy });
      return;
    }
    const spread = Math.hypot(at.x - other.x, at.y - other.y);
    const spreadBefore = Math.hypot(before.x - other.x, before.y - other.y);
    const about = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    send({ kind: 'pan', dx: dx / 2, dy: dy / 2 });
    if (spreadBefore > 1) send({ kind: 'zoom', factor: spread / spreadBefore, about, smooth: false });
  };

  const up = (event: PointerEvent): void => {
    if (!touches.delete(event.pointerId) || touches.size > 0) return;
    delete element.dataset['dragging'];
    clearTimeout(resting);
    send({ kind: 'release', dropped: event.type !== 'pointerup' });
    const clicked = event.type === 'pointerup' && wandered <= CLICK_SLACK && !drawing;
    if (clicked) send({ kind: 'click', ...place(event) });
    if (event.pointerType === 'mouse') tellPointer(place(event));
  };

  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    // Lines and pages to pixels; a pinch on a touchpad comes as a wheel with Ctrl and small steps.
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 20 : 300;
    const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016));
    send({ kind: 'zoom', factor, about: place(event), smooth: false });
  };

  const key = (event: KeyboardEvent): void => {
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const command = keyCommand(event.key, event.shiftKey);
    if (command === undefined) return;
    event.preventDefault();
    send(command);
  };

  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('pointerleave', () => tellPointer(undefined), { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('dblclick', (event) => send({ kind: 'double-click', ...place(event) }), {
    signal,
  });
  element.addEventListener('keydown', key, { signal });
  // A finger that rests takes hold: no menu of the browser's.
  element.addEventListener('contextmenu', (event) => touches.size > 0 && event.preventDefault(), { signal });
  return () => {
    clearTimeout(resting);
    gone.abort();
  };
}

/** On the overview: the view goes where the hand is. */
export function attachOverview(element: HTMLElement, send: Send): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const look = (event: PointerEvent): void => {
    const { left, top } = element.getBoundingClientRect();
    send({
      kind: 'look',
      x: event.clientX - left - element.clientLeft,
      y: event.clientY - top - element.clientTop,
    });
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    look(event);
  };
  const move = (event: PointerEvent): void => {
    if (element.hasPointerCapture(event.pointerId)) look(event);
  };
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  return () => gone.abort();
}
