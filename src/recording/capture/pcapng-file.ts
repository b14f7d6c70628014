/** The capture file of blocks (draft-ietf-opsawg-pcapng): sections, interfaces, packets; all other blocks are passed over. */
import { LAST_INSTANT } from '../instant.ts';
import { MAX_PACKET, viewOf } from './packet.ts';
import type { PacketHandler, PacketReader } from './packet.ts';
import { ByteQueue } from './queue.ts';

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
const OPTION_RESOLUTION = 9;
const OPTION_OFFSET = 14;
const MIN_BLOCK = 12;
/** Packet, its header and its options. */
const MAX_BLOCK = MAX_PACKET + 65_536;
/** Of one section. */
const MAX_INTERFACES = 1024;

export const isPcapng = (start: Uint8Array): boolean =>
  start.length >= 4 && viewOf(start).getUint32(0) === SECTION;

interface Interface {
  readonly link: number;
  readonly perSecond: number;
  /** Added to every time: seconds. */
  readonly offset: number;
  readonly snapLength: number;
}

export class PcapngFile implements PacketReader {
  readonly #handler: PacketHandler;
  readonly #queue = new ByteQueue();
  #little = true;
  #interfaces: Interface[] = [];
  #number = 0;
  /** Milliseconds of the latest packet that had a time. */
  #time = 0;
  #lost = false;

  constructor(handler: PacketHandler) {
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    this.#queue.push(chunk);
    while (this.#next());
  }

  end(): void {
    if (this.#queue.length > 0 && !this.#lost)
      this.#handler.broken(this.#number + 1, 'is cut off: the file ends inside a block');
  }

  /** Whether there may be more. */
  #next(): boolean {
    if (this.#queue.length < MIN_BLOCK) return false;
    const view = viewOf(this.#queue.bytes);
    const length = this.#blockLength(view, 0);
    if (length === undefined) return this.#seek(view);
    if (this.#queue.length < length) return false;
    if (view.getUint32(length - 4, this.#little) !== length) return this.#seek(view);
    this.#lost = false;
    this.#block(view.getUint32(0, this.#little), this.#queue.bytes.subarray(0, length));
    this.#queue.skip(length);
    return true;
  }

  /** Of the block at that place; `undefined` when it cannot be. A section's block sets the byte order. */
  #blockLength(view: DataView, at: number): number | undefined {
    if (view.getUint32(at) === SECTION) {
      if (view.getUint32(at + 8, true) === BYTE_ORDER) this.#little = true;
      else if (view.getUint32(at + 8, false) === BYTE_ORDER) this.#little = false;
      else return undefined;
    }
    const length = view.getUint32(at + 4, this.#little);
    return length >= MIN_BLOCK && length <= MAX_BLOCK && length % 4 === 0 ? length : undefined;
  }

  /** Blocks begin at multiples of four, and tell their length at both ends. */
  #seek(view: DataView): boolean {
    if (!this.#lost)
      this.#handler.broken(++this.#number, 'or the block before it is damaged; it is passed over');
    this.#lost = true;
    let at = 4;
    for (; at + MIN_BLOCK <= view.byteLength; at += 4) {
      const length = this.#blockLength(view, at);
      if (length === undefined || at + length > view.byteLength) continue;
      if (view.getUint32(at + length - 4, this.#little) === length) break;
    }
    if (at + MIN_BLOCK > view.byteLength) {
      const kept = Math.max(0, view.byteLength - MAX_BLOCK);
      this.#queue.skip(kept - (kept % 4));
      return false;
    }
    this.#queue.skip(at);
    return true;
  }

  #block(type: number, block: Uint8Array): void {
    switch (type) {
      case SECTION:
        this.#interfaces = [];
        return;
      case INTERFACE:
        this.#interface(block);
        return;
      case ENHANCED_PACKET:
        this.#enhanced(block);
        return;
      case SIMPLE_PACKET:
        this.#simple(block);
        return;
      default:
    }
  }

  #interface(block: Uint8Array): void {
    if (this.#interfaces.length >= MAX_INTERFACES || block.length < 20) return;
    const view = viewOf(block);
    const options = this.#options(view, 16);
    const resolution = options.get(OPTION_RESOLUTION);
    const exponent = resolution && resolution.byteLength > 0 ? resolution.getUint8(0) : 6;
    const offset = options.get(OPTION_OFFSET);
    this.#interfaces.push({
      link: view.getUint16(8, this.#little),
      // The upper bit tells powers of two from powers of ten.
      perSecond: exponent & 0x80 ? 2 ** (exponent & 0x7f) : 10 ** exponent,
      offset: offset && offset.byteLength === 8 ? Number(offset.getBigInt64(0, this.#little)) : 0,
      snapLength: view.getUint32(12, this.#little),
    });
  }

  #options(view: DataView, from: number): Map<number, DataView> {
    const options = new Map<number, DataView>();
    const end = view.byteLength - 4;
    for (let at = from; at + 4 <= end;) {
      const code = view.getUint16(at, this.#little);
      const length = view.getUint16(at + 2, this.#little);
      if (code === 0 || at + 4 + length > end) break;
      options.set(code, new DataView(view.buffer, view.byteOffset + at + 4, length));
      at += 4 + Math.ceil(length / 4) * 4;
    }
    return options;
  }

  #enhanced(block: Uint8Array): void {
    const number = ++this.#number;
    if (block.length < 32) {
      this.#handler.broken(number, 'has a block too short for its header');
      return;
    }
    const view = viewOf(block);
    const from = this.#interfaces[view.getUint32(8, this.#little)];
    const captured = view.getUint32(20, this.#little);
    if (!from) this.#handler.broken(number, 'names an interface that the file does not describe');
    else if (28 + captured > block.length - 4) this.#handler.broken(number, 'is longer than its block');
    else {
      const units = view.getUint32(12, this.#little) * 0x1_0000_0000 + view.getUint32(16, this.#little);
      const time = ((units / from.perSecond) * 1e6 + from.offset * 1e6) / 1000;
      if (!(time >= 0 && time <= LAST_INSTANT)) {
        this.#handler.broken(number, 'has an impossible time');
        return;
      }
      this.#time = time;
      this.#handler.packet({
        number,
        time,
        link: from.link,
        bytes: block.subarray(28, 28 + captured),
        length: view.getUint32(24, this.#little),
      });
    }
  }

  /** It has no time: that of the packet before stands for it. */
  #simple(block: Uint8Array): void {
    const number = ++this.#number;
    const [from] = this.#interfaces;
    if (!from) {
      this.#handler.broken(number, 'comes before the description of its interface');
      return;
    }
    const length = viewOf(block).getUint32(8, this.#little);
    const captured = Math.min(length, from.snapLength || length, block.length - 16);
    this.#handler.packet({
      number,
      time: this.#time,
      link: from.link,
      bytes: block.subarray(12, 12 + Math.max(0, captured)),
      length,
    });
  }
}
