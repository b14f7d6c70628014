/** The bytes of a run's log, kept as Blobs, which browsers put aside; let go when they are too many. */

const PIECE = 4 * 1024 * 1024;
const MOST = 512 * 1024 * 1024;

export class LogKeeper {
  readonly #most: number;
  #pieces: Blob[] = [];
  #open: Uint8Array<ArrayBuffer>[] = [];
  #openBytes = 0;
  #bytes = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  take(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes += bytes.length;
    if (!this.kept) {
      this.#pieces = [];
      this.#open = [];
      return;
    }
    this.#open.push(bytes);
    this.#openBytes += bytes.length;
    if (this.#openBytes >= PIECE) this.#close();
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** It is all here. */
  get kept(): boolean {
    return this.#bytes <= this.#most;
  }

  blob(): Blob | undefined {
    if (!this.kept) return undefined;
    this.#close();
    return new Blob(this.#pieces, { type: 'application/x-ndjson' });
  }

  #close(): void {
    if (this.#open.length > 0) this.#pieces.push(new Blob(this.#open));
    this.#open = [];
    this.#openBytes = 0;
  }
}
