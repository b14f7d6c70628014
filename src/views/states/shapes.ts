/** What the drawing is made of: boxes, arrows, words that fit. In units of the drawing: 12 to the height of a letter. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const middle = ({ y, height }: Box): number => y + height / 2;
export const bottom = ({ y, height }: Box): number => y + height;

/** Of an arrow whose flow is `rate` while the largest is `most`: by area the eye compares, so by the root. */
export const breadthOf = (rate: number, most: number, broadest: number): number =>
  rate <= 0 || most <= 0 ? 1.4 : 3 + (broadest - 3) * Math.sqrt(Math.min(1, rate / most));

/** The arrow without its point, corners rounded; and the point, three corners. */
export function arrowOf(
  way: readonly Point[],
  breadth: number,
): { readonly path: string; readonly tip: string } {
  const [before, end] = way.slice(-2);
  if (before === undefined || end === undefined) return { path: '', tip: '' };
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const long = 6 + breadth;
  const half = 3 + breadth * 0.75;
  const neck = { x: end.x - dx * long, y: end.y - dy * long };
  const corners = [...way.slice(0, -1), { x: neck.x + dx, y: neck.y + dy }];
  const tip = [
    end,
    { x: neck.x - dy * half, y: neck.y + dx * half },
    { x: neck.x + dy * half, y: neck.y - dx * half },
  ];
  return { path: `M${corners.map(pair).join('L')}`, tip: `M${tip.map(pair).join('L')}Z` };
}

const pair = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** Of a letter's height, at most its width: what is longer than its room is cut. */
const LETTER = 0.55;

export function cutTo(text: string, width: number, size = 12): string {
  const most = Math.max(3, Math.floor(width / (LETTER * size)));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
