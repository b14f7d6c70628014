/** Columns of numbers that grow, and give away what they hold: what is taken has buffers of its own, to be transferred. */
type Numbers =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

const FIRST = 64;

class Growing<Column extends Numbers> {
  length = 0;
  #numbers: Column;
  readonly #make: (size: number) => Column;

  constructor(make: (size: number) => Column) {
    this.#make = make;
    this.#numbers = make(FIRST);
  }

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const wider = this.#make(2 * this.length);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[this.length++] = number;
  }

  /** Many at once, which is faster than one by one. */
  append(numbers: readonly number[]): void {
    const length = this.length + numbers.length;
    if (length > this.#numbers.length) {
      const wider = this.#make(Math.max(length, 2 * this.length));
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers.set(numbers, this.length);
    this.length = length;
  }

  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  set(place: number, number: number): void {
    this.#numbers[place] = number;
  }

  /** What is from `from` to before `to` stands at `place` as well. */
  move(place: number, from: number, to: number): void {
    this.#numbers.copyWithin(place, from, to);
  }

  /** Only the first so many are left. */
  cut(length: number): void {
    this.length = length;
  }

  take(): Column {
    const taken = this.#numbers.slice(0, this.length) as Column;
    // After a throng its room is let go.
    if (this.#numbers.length > 8 * Math.max(FIRST, this.length)) this.#numbers = this.#make(FIRST);
    this.length = 0;
    return taken;
  }
}

export class GrowingTimes extends Growing<Float64Array<ArrayBuffer>> {
  constructor() {
    super((size) => new Float64Array(size));
  }
}

export class GrowingFloats extends Growing<Float32Array<ArrayBuffer>> {
  constructor() {
    super((size) => new Float32Array(size));
  }
}

export class GrowingLongs extends Growing<Uint32Array<ArrayBuffer>> {
  constructor() {
    super((size) => new Uint32Array(size));
  }
}

export class GrowingWords extends Growing<Uint16Array<ArrayBuffer>> {
  constructor() {
    super((size) => new Uint16Array(size));
  }
}

export class GrowingBytes extends Growing<Uint8Array<ArrayBuffer>> {
  constructor() {
    super((size) => new Uint8Array(size));
  }
}
