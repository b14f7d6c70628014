/** Columns that grow by a piece at a time: nothing is copied, and no room for twice as much is ever held. */
type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Rows of one piece. */
const PIECE = 1 << 14;

export class Pieces<Piece extends Numbers> {
  readonly #make: (size: number) => Piece;
  readonly #pieces: Piece[] = [];

  constructor(make: (size: number) => Piece) {
    this.#make = make;
  }

  /** 0 where nothing was set. */
  at(row: number): number {
    return this.#pieces[Math.floor(row / PIECE)]?.[row % PIECE] ?? 0;
  }

  /** Rows are set in order, each more than once if need be. */
  set(row: number, value: number): void {
    const number = Math.floor(row / PIECE);
    const piece = (this.#pieces[number] ??= this.#make(PIECE));
    piece[row % PIECE] = value;
  }
}

/** 160 bits in hexadecimal, as our own peers have it. */
const BYTES = 20;

/** Value of a digit `0` to `9`, `a` to `f`; 16 for anything else. */
function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : 16;
}

/** Peer IDs: 20 bytes each where they have the usual form. */
export class IdColumn {
  readonly #pieces: Uint8Array[] = [];
  /** Of any other form, by row. */
  readonly #others = new Map<number, string>();

  at(row: number): string {
    const other = this.#others.get(row);
    if (other !== undefined) return other;
    const from = (row % PIECE) * BYTES;
    let id = '';
    for (const byte of this.#pieces[Math.floor(row / PIECE)]?.subarray(from, from + BYTES) ?? [])
      id += byte.toString(16).padStart(2, '0');
    return id;
  }

  /** Each row once. */
  set(row: number, id: string): void {
    const piece = (this.#pieces[Math.floor(row / PIECE)] ??= new Uint8Array(PIECE * BYTES));
    const from = (row % PIECE) * BYTES;
    let usual = id.length === 2 * BYTES;
    for (let at = 0; usual && at < BYTES; at++) {
      const [high, low] = [digit(id.charCodeAt(2 * at)), digit(id.charCodeAt(2 * at + 1))];
      usual = high < 16 && low < 16;
      piece[from + at] = 16 * high + low;
    }
    if (!usual) this.#others.set(row, id);
  }
}
