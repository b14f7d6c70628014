/** Hand and keyboard to commands: drag pans, wheel and pinch zoom, a click picks, keys do the same. */
import type { GraphCommand } from './messages.ts';

type Send = (command: GraphCommand) => void;

/** Pixels a press may wander and still be a click. */
const CLICK_SLACK = 5;
const KEY_STEP = 70;
export const ZOOM_STEP = 1.4;

export function keyCommand(key: string): GraphCommand | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'pan', dx: KEY_STEP, dy: 0 };
    case 'ArrowRight':
      return { kind: 'pan', dx: -KEY_STEP, dy: 0 };
    case 'ArrowUp':
      return { kind: 'pan', dx: 0, dy: KEY_STEP };
    case 'ArrowDown':
      return { kind: 'pan', dx: 0, dy: -KEY_STEP };
    case '+':
    case '=':
      return { kind: 'zoom', factor: ZOOM_STEP, about: undefined, smooth: true };
    case '-':
    case '−':
      return { kind: 'zoom', factor: 1 / ZOOM_STEP, about: undefined, smooth: true };
    case '0':
      return { kind: 'fit' };
    default:
      return undefined;
  }
}

interface Touch {
  x: number;
  y: number;
}

export function attachGestures(element: HTMLElement, send: Send): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const touches = new Map<number, Touch>();
  let wandered = 0;
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
    touches.set(event.pointerId, place(event));
    if (touches.size === 1) wandered = 0;
    else wandered = Infinity;
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
      }
      send({ kind: 'pan', dx, dy });
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
    if (event.type === 'pointerup' && wandered <= CLICK_SLACK) send({ kind: 'click', ...place(event) });
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
    const command = keyCommand(event.key);
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
  return () => gone.abort();
}
