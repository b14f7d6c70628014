/** Puts the matrix on a canvas: squares by pixels of a small picture that is stretched, the rest by lines. */
import type { MatrixAnswer } from '../../dashboard/observed.ts';
import { formatCount } from '../format.ts';
import type { Size } from './edge-layout.ts';
import { alongSide, peersOfCell, strongest, type MatrixPlace, type MatrixPlan } from './matrix-layout.ts';

export interface MatrixColours {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly tracker: string;
  readonly seed: string;
  readonly leech: string;
  readonly error: string;
  readonly selected: string;
  readonly font: string;
}

export interface MatrixFrame {
  readonly answer: MatrixAnswer;
  readonly plan: MatrixPlan;
  readonly size: Size;
  readonly colours: MatrixColours;
  readonly over: MatrixPlace | undefined;
  /** Drawn out with the pointer. */
  readonly brush: readonly [MatrixPlace, MatrixPlace] | undefined;
  /** Place of the selected peer in the order, or -1. */
  readonly selected: number;
}

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
type Colour = readonly [red: number, green: number, blue: number];

/** `#rrggbb` or `#rgb`, as the themes have them. */
export function channels(colour: string): Colour {
  const hex = colour.trim().replace('#', '');
  const whole = hex.length === 3 ? Array.from(hex, (digit) => digit + digit).join('') : hex;
  const value = Number.parseInt(whole, 16) || 0;
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function drawMatrix(pen: Pen, frame: MatrixFrame): void {
  const { plan, size, colours } = frame;
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, size.width, size.height);
  drawCells(pen, frame);
  drawMargins(pen, frame);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.strokeRect(plan.left - 0.5, plan.top - 0.5, plan.width + 1, plan.height + 1);
  drawGroups(pen, frame);
  drawMarks(pen, frame);
  pen.fillStyle = colours.soft;
  pen.font = `${0.85 * size.rem}px ${colours.font}`;
  pen.textBaseline = 'alphabetic';
  pen.textAlign = 'left';
  pen.fillText('listed →', plan.left, 0.95 * size.rem);
  pen.save();
  pen.translate(0.95 * size.rem, plan.top + plan.height);
  pen.rotate(-Math.PI / 2);
  pen.fillText('askers', 0, 0);
  pen.restore();
}

function drawCells(pen: Pen, { answer, plan, colours }: MatrixFrame): void {
  const { rows, columns, cell, times, stale } = answer;
  if (rows.cells === 0 || columns.cells === 0) return;
  const ground = channels(colours.ground);
  const most = strongest(times);
  const often = shades(ground, channels(colours.tracker), most);
  const gone = shades(ground, channels(colours.error), most);
  const image = new ImageData(columns.cells, rows.cells);
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(packed(ground));
  for (let index = 0; index < cell.length; index++) {
    const count = times[index] ?? 0;
    const of = (stale[index] ?? 0) * 2 >= count ? gone : often;
    pixels[cell[index] ?? 0] = of[Math.min(count, most)] ?? 0;
  }
  const small = new OffscreenCanvas(columns.cells, rows.cells);
  small.getContext('2d')?.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, plan.left, plan.top, plan.width, plan.height);
}

/** Bytes of a pixel, red first, where the machine has the low byte first, as all do that browsers run on. */
const packed = ([red, green, blue]: Colour): number =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/** From the ground to the full colour, by how often; once is well seen already. */
function shades(ground: Colour, full: Colour, most: number): number[] {
  return Array.from({ length: most + 1 }, (_, count) => {
    const strength = 0.35 + (0.65 * Math.log1p(count)) / Math.log1p(most);
    const mixed = (part: 0 | 1 | 2): number => ground[part] + (full[part] - ground[part]) * strength;
    return packed([mixed(0), mixed(1), mixed(2)]);
  });
}

/** Modes along the edges, sums beyond the squares. */
function drawMargins(pen: Pen, { answer, plan, size, colours }: MatrixFrame): void {
  const { rows, columns, mode } = answer;
  const modeOf = (side: typeof rows, at: number): string => {
    const [from, to] = peersOfCell(side, at);
    let seeds = 0;
    for (let place = from; place < to; place++) seeds += mode[place] ?? 0;
    return seeds * 2 > to - from ? colours.seed : colours.leech;
  };
  const [high, wide] = [plan.height / Math.max(1, rows.cells), plan.width / Math.max(1, columns.cells)];
  const bleed = 0.5;
  for (let row = 0; row < rows.cells; row++) {
    pen.fillStyle = modeOf(rows, row);
    pen.fillRect(plan.left - plan.strip - 2, plan.top + row * high, plan.strip, high + bleed);
  }
  for (let column = 0; column < columns.cells; column++) {
    pen.fillStyle = modeOf(columns, column);
    pen.fillRect(plan.left + column * wide, plan.top - plan.strip - 2, wide + bleed, plan.strip);
  }
  const top = (sums: ArrayLike<number>): number =>
    Array.from(sums).reduce((most, sum) => Math.max(most, sum), 1);
  const [rowTop, columnTop] = [top(answer.rowSums), top(answer.columnSums)];
  const room = plan.sums - 0.6 * size.rem;
  pen.fillStyle = colours.soft;
  answer.rowSums.forEach((sum, row) => {
    pen.fillRect(
      plan.left + plan.width + 3,
      plan.top + row * high,
      (sum / rowTop) * room,
      Math.max(0.6, high * 0.9),
    );
  });
  answer.columnSums.forEach((sum, column) => {
    pen.fillRect(
      plan.left + column * wide,
      plan.top + plan.height + 3,
      Math.max(0.6, wide * 0.9),
      (sum / columnTop) * room,
    );
  });
  pen.font = `${0.75 * size.rem}px ${colours.font}`;
  pen.textBaseline = 'top';
  pen.textAlign = 'right';
  pen.fillText(
    `sums, up to ${formatCount(columnTop)}`,
    plan.left + plan.width,
    plan.top + plan.height + 5 + room - 0.75 * size.rem,
  );
}

function drawGroups(pen: Pen, { answer, plan, size, colours }: MatrixFrame): void {
  const { groups, rows, columns } = answer;
  pen.strokeStyle = colours.soft;
  pen.fillStyle = colours.ink;
  pen.font = `${0.8 * size.rem}px ${colours.font}`;
  pen.textBaseline = 'alphabetic';
  pen.textAlign = 'left';
  let free = plan.left + 4 * size.rem;
  pen.beginPath();
  for (const { at, name } of groups) {
    const across = alongSide(columns, at);
    const down = alongSide(rows, at);
    if (across > 0 && across < 1) {
      const x = Math.round(plan.left + across * plan.width) + 0.5;
      pen.moveTo(x, plan.top - plan.strip - 2);
      pen.lineTo(x, plan.top + plan.height);
    }
    if (down > 0 && down < 1) {
      const y = Math.round(plan.top + down * plan.height) + 0.5;
      pen.moveTo(plan.left - plan.strip - 2, y);
      pen.lineTo(plan.left + plan.width, y);
    }
    const x = plan.left + Math.max(0, across) * plan.width;
    if (across >= 1 || x < free) continue;
    pen.fillText(name, x + 2, plan.top - plan.strip - 5);
    free = x + pen.measureText(name).width + 0.8 * size.rem;
  }
  pen.globalAlpha = 0.55;
  pen.stroke();
  pen.globalAlpha = 1;
}

function drawMarks(pen: Pen, { answer, plan, colours, over, brush, selected }: MatrixFrame): void {
  const { rows, columns } = answer;
  const [high, wide] = [plan.height / Math.max(1, rows.cells), plan.width / Math.max(1, columns.cells)];
  if (selected >= 0) {
    const [x, y] = [alongSide(columns, selected), alongSide(rows, selected)];
    pen.strokeStyle = colours.selected;
    pen.lineWidth = 2;
    pen.beginPath();
    if (x >= 0 && x < 1) {
      pen.moveTo(plan.left + x * plan.width + wide / 2, plan.top - plan.strip - 4);
      pen.lineTo(plan.left + x * plan.width + wide / 2, plan.top + plan.height);
    }
    if (y >= 0 && y < 1) {
      pen.moveTo(plan.left - plan.strip - 4, plan.top + y * plan.height + high / 2);
      pen.lineTo(plan.left + plan.width, plan.top + y * plan.height + high / 2);
    }
    pen.stroke();
  }
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 1.5;
  if (over !== undefined && brush === undefined)
    pen.strokeRect(plan.left + over.column * wide - 1, plan.top + over.row * high - 1, wide + 2, high + 2);
  if (brush === undefined) return;
  const [a, b] = brush;
  const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column) + 1];
  const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row) + 1];
  pen.setLineDash([4, 3]);
  pen.strokeRect(
    plan.left + left * wide,
    plan.top + top * high,
    (right - left) * wide,
    (bottom - top) * high,
  );
  pen.setLineDash([]);
}
