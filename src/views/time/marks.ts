/** What a chart is made of, ready to be put on a canvas or into an SVG. Coordinates in CSS pixels; no DOM. */

/** Colours of the theme, by what they mean. */
export type Ink = 'ground' | 'panel' | 'ink' | 'inkSoft' | 'line' | 'seed' | 'leech' | 'tracker' | 'error';

/** Lines across a fill, so that two are told apart without colour. */
export type Hatch = 'rising' | 'falling' | 'crossed' | 'upright';

export interface Fill {
  readonly ink: Ink;
  readonly opacity: number;
  readonly hatch?: Hatch;
}

export interface Stroke {
  readonly ink: Ink;
  readonly width: number;
  readonly dash?: readonly number[];
}

export type Mark =
  /** Each a closed outline: x, y, x, y ... */
  | { readonly kind: 'areas'; readonly outlines: readonly (readonly number[])[]; readonly fill: Fill }
  | { readonly kind: 'lines'; readonly paths: readonly (readonly number[])[]; readonly stroke: Stroke }
  /** x, y, width, height, and so on. */
  | { readonly kind: 'boxes'; readonly boxes: readonly number[]; readonly fill: Fill }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of its foot. */
      readonly y: number;
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly ink: Ink;
    }
  | { readonly kind: 'heat'; readonly heat: Heat };

/** A picture of cells, `rows` high: each a share from 0 to 1, the lowest row first; NaN: nothing is known. */
export interface Heat {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly share: Float32Array;
}
