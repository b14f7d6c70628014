/** Packet captures made by hand: TCP connections cut into segments, in either file format, on any link. */

export interface WrittenSegment {
  /** 0: from the client, 1: from the server. */
  readonly side: 0 | 1;
  readonly sequence: number;
  readonly flags: number;
  readonly payload: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export const [FIN, SYN, ACK] = [0x01, 0x02, 0x10];

const bytesOf = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const big16 = (value: number): number[] => [(value >>> 8) & 0xff, value & 0xff];
const big32 = (value: number): number[] => [...big16(value >>> 16), ...big16(value & 0xffff)];

/** One connection: what each side says in turn, cut into segments of at most so many bytes. */
export function conversation(
  turns: readonly { readonly side: 0 | 1; readonly bytes: Uint8Array }[],
  {
    segmentBytes = 100,
    // The server's numbers wrap on the way.
    first = [1000, 4_294_967_200] as readonly [number, number],
    start = 1_795_000_000_000,
  } = {},
): WrittenSegment[] {
  const next: [number, number] = [(first[0] + 1) >>> 0, (first[1] + 1) >>> 0];
  let time = start;
  const none = new Uint8Array();
  const segments: WrittenSegment[] = [
    { side: 0, sequence: first[0], flags: SYN, payload: none, time: time++ },
    { side: 1, sequence: first[1], flags: SYN | ACK, payload: none, time: time++ },
  ];
  for (const { side, bytes } of turns)
    for (let at = 0; at < bytes.length; at += segmentBytes) {
      const payload = bytes.subarray(at, at + segmentBytes);
      segments.push({ side, sequence: next[side], flags: ACK, payload, time: time++ });
      next[side] = (next[side] + payload.length) >>> 0;
    }
  for (const side of [0, 1] as const)
    segments.push({ side, sequence: next[side], flags: FIN | ACK, payload: none, time: time++ });
  return segments;
}

export interface Network {
  readonly ip: 4 | 6;
  readonly link: 'ethernet' | 'vlan' | 'sll' | 'sll2' | 'raw' | 'null' | 'loop';
  /** IPv6: headers between IP and TCP. */
  readonly extensions?: boolean;
  /** The client's port; the server's is 7846. */
  readonly port?: number;
}

export const LINKS = { ethernet: 1, vlan: 1, sll: 113, sll2: 276, raw: 101, null: 0, loop: 108 } as const;

/** The packet as it is captured. */
export function packetOf(
  segment: WrittenSegment,
  { ip, link, extensions = false, port = 40_000 }: Network,
): Uint8Array {
  const ports = segment.side === 0 ? [port, 7846] : [7846, port];
  const tcp = bytesOf(
    ports.flatMap(big16),
    big32(segment.sequence),
    big32(0),
    // Twelve bytes of options, as nearly every segment has them.
    [0x80, segment.flags],
    big16(1024),
    [0, 0, 0, 0],
    [1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0],
    segment.payload,
  );
  const ends = segment.side === 0 ? [1, 2] : [2, 1];
  const between = extensions
    ? bytesOf(
        [60, 0, 1, 4, 0, 0, 0, 0],
        [44, 1, 1, 4, ...new Array<number>(12).fill(0)],
        [6, 0, 0, 0, 0, 0, 0, 0],
      )
    : [];
  const header =
    ip === 4
      ? bytesOf(
          [0x45, 0],
          big16(20 + tcp.length),
          [0, 0, 0x40, 0, 64, 6, 0, 0],
          ends.flatMap((end) => [192, 0, 2, end]),
        )
      : bytesOf(
          [0x60, 0, 0, 0],
          big16(between.length + tcp.length),
          [extensions ? 0 : 6, 64],
          ends.flatMap((end) => [0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(11).fill(0), end]),
        );
  const packet = bytesOf(header, ip === 6 ? between : [], tcp);
  const type = ip === 4 ? [0x08, 0x00] : [0x86, 0xdd];
  const macs = new Array<number>(12).fill(2);
  switch (link) {
    case 'ethernet':
      // Short frames are padded to 60 bytes.
      return bytesOf(macs, type, packet, new Array<number>(Math.max(0, 46 - packet.length)).fill(0xaa));
    case 'vlan':
      return bytesOf(macs, [0x81, 0x00, 0, 5], type, packet);
    case 'sll':
      return bytesOf(new Array<number>(14).fill(0), type, packet);
    case 'sll2':
      return bytesOf(type, new Array<number>(18).fill(0), packet);
    case 'raw':
      return packet;
    case 'null':
      return bytesOf([ip === 4 ? 2 : 30, 0, 0, 0], packet);
    case 'loop':
      return bytesOf([0, 0, 0, ip === 4 ? 2 : 24], packet);
    default:
      return link satisfies never;
  }
}

export interface WrittenPacket {
  readonly bytes: Uint8Array;
  readonly time: number;
  /** On the wire, when that is more than what was captured. */
  readonly length?: number;
}

/** 16 and 32 bits in one byte order. */
const order = (little: boolean) => ({
  short: (value: number): number[] => (little ? big16(value).reverse() : big16(value)),
  long: (value: number): number[] => (little ? big32(value).reverse() : big32(value)),
});

export function pcapOf(
  packets: readonly WrittenPacket[],
  { link = 1, little = true, nano = false } = {},
): Uint8Array {
  const { short, long } = order(little);
  return bytesOf(
    long(nano ? 0xa1b23c4d : 0xa1b2c3d4),
    [...short(2), ...short(4), ...long(0), ...long(0), ...long(262_144), ...long(link)],
    ...packets.map(({ bytes, time, length = bytes.length }) => {
      const seconds = Math.floor(time / 1000);
      const fraction = Math.round((time - seconds * 1000) * (nano ? 1e6 : 1e3));
      return bytesOf(long(seconds), long(fraction), long(bytes.length), long(length), bytes);
    }),
  );
}

export function pcapngOf(
  packets: readonly WrittenPacket[],
  { link = 1, little = true, exponent = 6, simple = false } = {},
): Uint8Array {
  const { short, long } = order(little);
  const block = (type: number, body: Uint8Array): Uint8Array => {
    const padded = bytesOf(body, new Array<number>((4 - (body.length % 4)) % 4).fill(0));
    const length = long(padded.length + 12);
    return bytesOf(long(type), length, padded, length);
  };
  const options = bytesOf(short(9), short(1), [exponent, 0, 0, 0], short(0), short(0));
  return bytesOf(
    block(0x0a0d0d0a, bytesOf(long(0x1a2b3c4d), short(1), short(0), long(0xffff_ffff), long(0xffff_ffff))),
    block(1, bytesOf(short(link), short(0), long(262_144), options)),
    // Statistics of an interface: a block that nobody needs here.
    block(5, bytesOf(long(0), long(0), long(0))),
    ...packets.map(({ bytes, time, length = bytes.length }) => {
      if (simple) return block(3, bytesOf(long(length), bytes));
      const units = BigInt(Math.round(time * 1000)) * 10n ** BigInt(exponent - 6);
      const parts = [Number(units >> 32n), Number(units & 0xffff_ffffn), bytes.length, length];
      return block(6, bytesOf(long(0), parts.flatMap(long), bytes));
    }),
  );
}
