/** One packet of a capture, and how the two file formats hand packets on. */

export interface Packet {
  /** From 1, as every viewer of captures counts. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** LINKTYPE_ value of its interface (tcpdump.org/linktypes.html). */
  readonly link: number;
  /** As much as was captured. A view: to be read at once. */
  readonly bytes: Uint8Array;
  /** Length on the wire. */
  readonly length: number;
}

export interface PacketHandler {
  packet(packet: Packet): void;
  broken(number: number, problem: string): void;
}

/** Largest packet believed in: what tcpdump captures by default. A length beyond it is damage. */
export const MAX_PACKET = 262_144;

export interface PacketReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
