/** The classic capture file (draft-ietf-opsawg-pcap), of either byte order, in micro- or nanoseconds. */
import { MAX_PACKET, viewOf } from './packet.ts';
import type { PacketHandler, PacketReader } from './packet.ts';
import { ByteQueue } from './queue.ts';

const FILE_HEADER = 24;
const PACKET_HEADER = 16;
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
/** Packets of one capture that lie further apart than this are damage. */
const PLAUSIBLE_SECONDS = 366 * 24 * 3600;

/** Byte order and fractions of a second, by the file's first four bytes. */
export function pcapForm(
  start: Uint8Array,
): { readonly little: boolean; readonly perSecond: number } | undefined {
  if (start.length < 4) return undefined;
  const view = viewOf(start);
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic === MICROSECONDS) return { little, perSecond: 1e6 };
    if (magic === NANOSECONDS) return { little, perSecond: 1e9 };
  }
  return undefined;
}

export class PcapFile implements PacketReader {
  readonly #handler: PacketHandler;
  readonly #queue = new ByteQueue();
  #little = true;
  #perSecond = 0;
  #link = 0;
  #number = 0;
  /** Seconds of the packet before. */
  #seconds: number | undefined;
  /** Bytes are passed over until a packet's header shows. */
  #lost = false;

  constructor(handler: PacketHandler) {
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    this.#queue.push(chunk);
    if (this.#perSecond === 0 && !this.#begin()) return;
    while (this.#next());
  }

  end(): void {
    if (this.#perSecond === 0) this.#handler.broken(1, 'is not there: the file ends in its header');
    else if (this.#queue.length > 0 && !this.#lost)
      this.#handler.broken(this.#number + 1, 'is cut off: the file ends inside it');
  }

  #begin(): boolean {
    if (this.#queue.length < FILE_HEADER) return false;
    const form = pcapForm(this.#queue.bytes);
    this.#little = form?.little ?? true;
    this.#perSecond = form?.perSecond ?? 1e6;
    // The upper half tells of frame check sequences.
    this.#link = viewOf(this.#queue.bytes).getUint32(20, this.#little) & 0xffff;
    this.#queue.skip(FILE_HEADER);
    return true;
  }

  /** Whether there may be more. */
  #next(): boolean {
    if (this.#queue.length < PACKET_HEADER) return false;
    const view = viewOf(this.#queue.bytes);
    if (!this.#isHeader(view, 0)) return this.#seek(view);
    const captured = view.getUint32(8, this.#little);
    if (this.#queue.length < PACKET_HEADER + captured) return false;
    this.#lost = false;
    const seconds = view.getUint32(0, this.#little);
    this.#seconds = seconds;
    this.#handler.packet({
      number: ++this.#number,
      time: seconds * 1000 + (view.getUint32(4, this.#little) * 1000) / this.#perSecond,
      link: this.#link,
      bytes: this.#queue.bytes.subarray(PACKET_HEADER, PACKET_HEADER + captured),
      length: view.getUint32(12, this.#little),
    });
    this.#queue.skip(PACKET_HEADER + captured);
    return true;
  }

  /** The format has no marks between packets: one is known by what its header cannot say. */
  #isHeader(view: DataView, at: number): boolean {
    const seconds = view.getUint32(at, this.#little);
    const captured = view.getUint32(at + 8, this.#little);
    const length = view.getUint32(at + 12, this.#little);
    return (
      view.getUint32(at + 4, this.#little) < this.#perSecond &&
      captured <= MAX_PACKET &&
      captured <= length &&
      length <= 0xff_ffff &&
      (this.#seconds === undefined || Math.abs(seconds - this.#seconds) < PLAUSIBLE_SECONDS)
    );
  }

  /** Goes on byte by byte until two headers stand one behind the other. */
  #seek(view: DataView): boolean {
    if (!this.#lost) this.#handler.broken(++this.#number, 'has an impossible header; it is passed over');
    this.#lost = true;
    let at = 1;
    for (; at + PACKET_HEADER <= view.byteLength; at++) {
      const captured = view.getUint32(at + 8, this.#little);
      if (captured === 0 || !this.#isHeader(view, at)) continue;
      const next = at + PACKET_HEADER + captured;
      if (next + PACKET_HEADER <= view.byteLength ? this.#isHeader(view, next) : next === view.byteLength)
        break;
    }
    // The last ones may be the beginning of a header, or of a packet whose end is still to come.
    if (at + PACKET_HEADER > view.byteLength) {
      this.#queue.skip(Math.max(0, view.byteLength - MAX_PACKET - 2 * PACKET_HEADER));
      return false;
    }
    this.#queue.skip(at);
    return true;
  }
}
