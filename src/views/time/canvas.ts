/** A canvas of the page: how large it is, how it looks, and marks put on it. */
import type { TimeRange } from '../../dashboard/observed.ts';
import { readTheme } from '../graph/theme-colours.ts';
import type { Frame } from './frame.ts';
import type { Mark } from './marks.ts';
import { paint, type Look } from './paint.ts';

export function lookOf(element: HTMLElement): Look {
  const { ground, panel, ink, inkSoft, line, seed, leech, tracker, error, font } = readTheme(
    document.body,
    1,
  );
  const type = Number.parseFloat(getComputedStyle(element).fontSize);
  return {
    colour: { ground, panel, ink, inkSoft, line, seed, leech, tracker, error },
    family: font,
    type: Math.round(type),
  };
}

/** In pixels of CSS. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How large elements are, as the browser tells when it has laid the page out: to ask an element has the page laid out at
 * once, and charts are drawn when much else has just been written.
 */
export class Sizes {
  readonly #known = new Map<Element, Size>();
  readonly #observer: ResizeObserver;

  /** `changed`: some element is of another size. */
  constructor(changed: () => void) {
    this.#observer = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries)
        this.#known.set(target, {
          width: Math.round(contentRect.width),
          height: Math.round(contentRect.height),
        });
      changed();
    });
  }

  observe(element: Element): void {
    this.#observer.observe(element);
  }

  unobserve(element: Element): void {
    this.#observer.unobserve(element);
    this.#known.delete(element);
  }

  /** Of one that is not laid out yet: nothing. */
  of(element: Element | undefined): Size {
    return (element && this.#known.get(element)) ?? { width: 0, height: 0 };
  }
}

export const frameOf = ({ width, height }: Size, range: TimeRange, { type }: Look): Frame => ({
  range,
  width,
  height,
  type,
});

/** In real pixels, however many there are for one of CSS. */
export function drawOn(canvas: HTMLCanvasElement, frame: Frame, marks: readonly Mark[], look: Look): void {
  if (frame.width < 1 || frame.height < 1) return;
  const width = Math.round(frame.width * devicePixelRatio);
  const height = Math.round(frame.height * devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  paint(context, marks, look);
}
