/** Files in, read in pieces so that the thread has time for other work, and files out. */
import type { ByteSource } from '../../recording/heap.ts';
import { joined } from '../../recording/joined.ts';

/** Bytes read at once: large enough to be quick, small enough for questions to be answered in between. */
const PIECE = 2 * 1024 * 1024;
/** Bytes of a file to be that are held as they are; a Blob may lie on the disk. */
const HELD = 16 * 1024 * 1024;

/** `wanted`: asked before each piece; the file ends there when it is not. */
export async function* piecesOf(file: Blob, wanted: () => boolean): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size && wanted(); at += PIECE)
    yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
}

export const sourceOf = (file: Blob): ByteSource => ({
  async read(offset, length) {
    try {
      return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
    } catch {
      // The file was changed, moved or deleted since.
      return undefined;
    }
  },
});

/** Put together from pieces; `onPiece` is told after each, and ends it by `false`. */
export async function blobOf(
  pieces: AsyncIterable<Uint8Array>,
  type: string,
  onPiece: () => boolean | Promise<boolean>,
): Promise<Blob | undefined> {
  const parts: Blob[] = [];
  let held: Uint8Array[] = [];
  let bytes = 0;
  const put = (): void => {
    parts.push(new Blob([joined(held, bytes) as Uint8Array<ArrayBuffer>]));
    held = [];
    bytes = 0;
  };
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes > HELD) put();
    const goesOn = onPiece();
    if (goesOn !== true && !(await goesOn)) return undefined;
  }
  put();
  return new Blob(parts, { type });
}
