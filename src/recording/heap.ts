/** Bytes kept in big pieces, appended at the end; the oldest are let go when the limit is passed. */

/** Where stored bytes are read from: our memory, or a file that stays where it is (`Blob.slice`). */
export interface ByteSource {
  /** `undefined`: let go, or not there any more. */
  read(offset: number, length: number): Uint8Array | undefined | Promise<Uint8Array | undefined>;
}

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  used: number;
}

const PIECE = 4 * 1024 * 1024;

export class ByteHeap implements ByteSource {
  readonly #pieces: Piece[] = [];
  readonly #limit: number;
  #held = 0;

  /** `limit`: bytes kept at the most, in steps of a piece. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /** Where the oldest that is still kept stands. */
  get start(): number {
    return this.#pieces[0]?.offset ?? 0;
  }

  /** Where they stand: a number that stays, whatever is let go. */
  append(bytes: Uint8Array): number {
    const last = this.#pieces.at(-1);
    const piece =
      last && last.used + bytes.length <= last.bytes.length ? last : this.#add(bytes.length, last);
    const offset = piece.offset + piece.used;
    piece.bytes.set(bytes, piece.used);
    piece.used += bytes.length;
    return offset;
  }

  /** A view, to be read at once. */
  read(offset: number, length: number): Uint8Array | undefined {
    const piece = this.#pieceAt(offset);
    if (!piece || offset + length > piece.offset + piece.used) return undefined;
    return piece.bytes.subarray(offset - piece.offset, offset - piece.offset + length);
  }

  #add(atLeast: number, last: Piece | undefined): Piece {
    const piece = {
      offset: last ? last.offset + last.bytes.length : 0,
      bytes: new Uint8Array(Math.max(PIECE, atLeast)),
      used: 0,
    };
    this.#pieces.push(piece);
    this.#held += piece.bytes.length;
    while (this.#held > this.#limit && this.#pieces.length > 1)
      this.#held -= this.#pieces.shift()?.bytes.length ?? 0;
    return piece;
  }

  /** The last piece that begins at or before the offset. */
  #pieceAt(offset: number): Piece | undefined {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.offset ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#pieces[low - 1];
  }
}
