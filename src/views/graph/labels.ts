/** Which words find room: those that come first keep it. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class Labels {
  readonly #taken: Box[] = [];

  /** True if the room was free; it no longer is. `x`: the middle, `top`: the upper edge. */
  take(x: number, top: number, width: number, height: number): boolean {
    const box = { left: x - width / 2, top, right: x + width / 2, bottom: top + height };
    if (this.#taken.some((other) => overlap(box, other))) return false;
    this.#taken.push(box);
    return true;
  }
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
