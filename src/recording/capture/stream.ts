/** One direction of a TCP connection put in order: segments come late, twice, overlapping, or not at all. */

export interface StreamHandler {
  /** In order. A view: to be read at once. */
  data(bytes: Uint8Array, at: Arrival): void;
  /** So many bytes are missing here. */
  gap(bytes: number): void;
  /** The sender closed, and all before it was handed on. */
  closed(): void;
}

/** The packet that brought the bytes. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly packet: number;
}

export interface Piece extends Arrival {
  readonly sequence: number;
  readonly payload: Uint8Array;
  /** Sent behind the payload, but not captured. */
  readonly missing: number;
  readonly fin: boolean;
}

/** What may wait for bytes before it; beyond it those are taken for lost. */
const MAX_WAITING_BYTES = 1024 * 1024;
const MAX_WAITING_PIECES = 512;
/** Pieces after which a connection whose beginning was not captured is taken up where they begin. */
const MAX_BEFORE_START = 16;

/** Sequence numbers wrap at 2^32: how far one is ahead of another. */
const ahead = (sequence: number, of: number): number => (sequence - of) | 0;

export class Stream {
  readonly #handler: StreamHandler;
  /** Sequence number that is due; `undefined` until the connection's beginning, or so many pieces, came. */
  #due: number | undefined;
  /** By sequence. */
  #waiting: Piece[] = [];
  #held = 0;
  #isClosed = false;

  constructor(handler: StreamHandler) {
    this.#handler = handler;
  }

  /** Bytes that wait. */
  get held(): number {
    return this.#held;
  }

  /** A SYN came. `false`: this is another connection between the same two ends. */
  begin(sequence: number): boolean {
    const first = (sequence + 1) >>> 0;
    if (this.#due === undefined) {
      this.#due = this.#first = first;
      this.#deliver();
      return true;
    }
    return this.#first === first;
  }

  #first: number | undefined;

  push(piece: Piece): void {
    if (this.#isClosed || (piece.payload.length === 0 && piece.missing === 0 && !piece.fin)) return;
    this.#wait(piece);
    if (this.#due === undefined && this.#waiting.length >= MAX_BEFORE_START) this.#startHere();
    this.#deliver();
    while (this.#held > MAX_WAITING_BYTES || this.#waiting.length > MAX_WAITING_PIECES) this.#skip();
  }

  /** Nothing more comes: what still waits is handed on, with its gaps. */
  finish(): void {
    this.#startHere();
    this.#deliver();
    while (this.#waiting.length > 0) this.#skip();
  }

  #startHere(): void {
    this.#due ??= this.#waiting[0]?.sequence;
  }

  #wait(piece: Piece): void {
    let at = this.#waiting.length;
    while (at > 0 && ahead(piece.sequence, this.#waiting[at - 1]?.sequence ?? 0) < 0) at--;
    // A copy, for the packet's memory is used again.
    this.#waiting.splice(at, 0, { ...piece, payload: piece.payload.slice() });
    this.#held += piece.payload.length;
  }

  #skip(): void {
    this.#startHere();
    const [first] = this.#waiting;
    if (!first || this.#due === undefined) return;
    const missing = ahead(first.sequence, this.#due);
    if (missing > 0) {
      this.#handler.gap(missing);
      this.#due = first.sequence;
    }
    this.#deliver();
  }

  #deliver(): void {
    for (let first = this.#waiting[0]; first && this.#due !== undefined; first = this.#waiting[0]) {
      const late = -ahead(first.sequence, this.#due);
      if (late < 0) return;
      this.#waiting.shift();
      this.#held -= first.payload.length;
      this.#take(first, late);
    }
  }

  /** `late`: bytes at its front that came already. */
  #take(piece: Piece, late: number): void {
    const { payload, missing, fin } = piece;
    const fresh = payload.length + missing - late;
    if (fresh < 0 || this.#isClosed) return;
    if (late < payload.length) this.#handler.data(payload.subarray(late), piece);
    const lost = Math.min(missing, fresh);
    if (lost > 0) this.#handler.gap(lost);
    this.#due = ((this.#due ?? 0) + fresh) >>> 0;
    if (fin) {
      this.#isClosed = true;
      this.#waiting = [];
      this.#held = 0;
      this.#handler.closed();
    }
  }
}
