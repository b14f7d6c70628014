/** Where the states stand and how the ways between them run, in units of the drawing. */
import type { PeerState } from '../../../protocol/rules.ts';

export const WIDTH = 330;
export const HEIGHT = 118;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const BOXES: Readonly<Record<PeerState, Box>> = {
  START: { x: 1, y: 28, width: 58, height: 26 },
  'PEER REGISTERED': { x: 93, y: 28, width: 126, height: 26 },
  TRACKING: { x: 253, y: 28, width: 76, height: 26 },
  TERMINATE: { x: 114, y: 90, width: 84, height: 26 },
};

const middle = ({ x, width }: Box): number => x + width / 2;
const bottom = ({ y, height }: Box): number => y + height;

/** The path of an arrow from one state to another, or back to itself. */
export function wayOf(from: PeerState, to: PeerState): string {
  const [a, b] = [BOXES[from], BOXES[to]];
  if (from === to) {
    const x = middle(a);
    return `M${x - 12} ${a.y}C${x - 18} ${a.y - 24} ${x + 18} ${a.y - 24} ${x + 12} ${a.y - 3}`;
  }
  const level = (box: Box): number => box.y + box.height / 2;
  if (a.y === b.y) return `M${a.x + a.width} ${level(a)}H${b.x - 3}`;
  if (middle(a) === middle(b)) return `M${middle(a)} ${bottom(a)}V${b.y - 3}`;
  const side = middle(a) < middle(b) ? b.x - 3 : b.x + b.width + 3;
  return `M${middle(a)} ${bottom(a)}Q${middle(a)} ${level(b)} ${side} ${level(b)}`;
}
