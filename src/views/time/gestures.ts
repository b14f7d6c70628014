/** What pointers do on the charts: point, brush, travel, pinch, turn the wheel. */
import type { TimeScene } from './scene.ts';

/** Pixels that a press may move and still be one. */
const STILL = 4;
/** Pixels around the mark that are still it. */
const NEAR = 5;
/** How much a unit of the wheel zooms, and one line of wheels that count in lines. */
const PER_PIXEL = 0.0016;
const LINE = 16;

type Held =
  | { readonly kind: 'brush'; readonly x: number; readonly from: number }
  | { readonly kind: 'travel'; x: number }
  | { readonly kind: 'pinch'; apart: number };

/** `host`: all charts with their axis; `scroller`: what scrolls them. Returns the end of it. */
export function listen(host: HTMLElement, scroller: HTMLElement, scene: TimeScene): () => void {
  const down = new Map<number, number>();
  let held: Held | undefined;

  const xOf = (event: MouseEvent): number => event.clientX - host.getBoundingClientRect().left;
  const plotOf = (event: Event): string | undefined =>
    event.target instanceof Element
      ? event.target.closest<HTMLElement>('[data-plot]')?.dataset['plot']
      : undefined;
  const milliseconds = (pixels: number): number => scene.timeAt(pixels) - scene.timeAt(0);

  function press(event: PointerEvent): void {
    const plot = plotOf(event);
    if (plot === undefined || plot === 'age' || event.button !== 0) return;
    const x = xOf(event);
    down.set(event.pointerId, x);
    host.setPointerCapture(event.pointerId);
    if (down.size === 2) {
      held = { kind: 'pinch', apart: apartOf(down) };
      scene.paintBrush(undefined);
    } else if (plot === 'axis' || event.shiftKey) held = { kind: 'travel', x };
    else held = { kind: 'brush', x, from: scene.timeAt(x) };
  }

  function move(event: PointerEvent): void {
    const x = xOf(event);
    if (down.has(event.pointerId)) down.set(event.pointerId, x);
    switch (held?.kind) {
      case undefined:
        hover(event, x);
        return;
      case 'pinch': {
        const apart = apartOf(down);
        const [one = 0, other = one] = down.values();
        if (apart > 0 && held.apart > 0) scene.zoom(held.apart / apart, scene.timeAt((one + other) / 2));
        held.apart = apart;
        return;
      }
      case 'travel':
        scene.travel(-milliseconds(x - held.x));
        held.x = x;
        return;
      case 'brush': {
        const to = scene.timeAt(x);
        scene.point(to);
        if (Math.abs(x - held.x) >= STILL)
          scene.paintBrush({ from: Math.min(held.from, to), to: Math.max(held.from, to) });
        return;
      }
    }
  }

  function hover(event: PointerEvent, x: number): void {
    const plot = plotOf(event);
    if (plot === 'age') scene.pointAge(x);
    else if (plot !== undefined) scene.point(scene.timeAt(x));
    else scene.point(undefined);
  }

  function release(event: PointerEvent): void {
    const x = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (held?.kind === 'brush' && x !== undefined) {
      const { brush } = scene;
      if (brush === undefined) scene.setMark(held.from, Math.abs(milliseconds(NEAR)));
      else scene.show(brush);
    }
    drop();
  }

  function drop(): void {
    held = undefined;
    scene.paintBrush(undefined);
  }

  function cancel(event: PointerEvent): void {
    down.delete(event.pointerId);
    drop();
  }

  const leave = (): void => {
    if (held === undefined) scene.point(undefined);
  };

  function wheel(event: WheelEvent): void {
    const plot = plotOf(event);
    if (plot === undefined || plot === 'age') return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const [across, along] = [event.deltaX * unit, event.deltaY * unit];
    const scrolls = scroller.scrollHeight > scroller.clientHeight + 1;
    if (Math.abs(across) > Math.abs(along) || event.shiftKey) {
      event.preventDefault();
      scene.travel(milliseconds(across === 0 ? along : across));
      return;
    }
    // Where there are more charts than fit, the wheel shows the others, and zooms with Ctrl: so does a pinch on a touchpad.
    if (plot !== 'axis' && scrolls && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    scene.zoom(Math.exp(along * PER_PIXEL), scene.timeAt(xOf(event)));
  }

  const listeners = [
    ['pointerdown', press],
    ['pointermove', move],
    ['pointerup', release],
    ['pointercancel', cancel],
    ['pointerleave', leave],
  ] as const;
  for (const [name, listener] of listeners) host.addEventListener(name, listener);
  host.addEventListener('wheel', wheel, { passive: false });
  return () => {
    for (const [name, listener] of listeners) host.removeEventListener(name, listener);
    host.removeEventListener('wheel', wheel);
  };
}

function apartOf(pointers: ReadonlyMap<number, number>): number {
  const [one = 0, other = one] = pointers.values();
  return Math.abs(one - other);
}
