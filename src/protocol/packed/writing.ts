/** The primitives of the packed form, written: numbers, texts, lists (`layout.ts`). */
import { encodeText } from '../text.ts';
import { decimalBytes, MAX_TAG_LENGTH, MAX_TEXTS, TEXT, UUID_BYTES } from './layout.ts';

const DECIMAL = new RegExp(`^[0-9]{1,${MAX_TAG_LENGTH}}$`);
const HEX = /^[0-9a-f]+$/;
const UPPER_HEX = /^[0-9A-F]+$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class PackedWriter {
  private readonly out: number[] = [];
  private readonly texts = new Map<string, number>();

  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.out);
  }

  byte(value: number): void {
    this.out.push(value);
  }

  bytes(values: Iterable<number>): void {
    for (const value of values) this.out.push(value);
  }

  /** A whole number from 0. */
  varint(value: number | bigint): void {
    let rest = BigInt(value);
    for (; rest >= 0x80n; rest >>= 7n) this.out.push(Number(rest & 0x7fn) | 0x80);
    this.out.push(Number(rest));
  }

  list<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.varint(items.length);
    for (const item of items) write(item);
  }

  /** What hardly recurs in one message: peers, transactions. */
  literal(text: string): void {
    if (DECIMAL.test(text)) {
      this.tag(TEXT.decimal, text.length);
      this.number(BigInt(text), decimalBytes(text.length));
    } else if (UUID.test(text)) {
      this.tag(TEXT.uuid, UUID_BYTES);
      this.digits(text.replaceAll('-', ''));
    } else if (text.length % 2 === 0 && (HEX.test(text) || UPPER_HEX.test(text))) {
      this.tag(HEX.test(text) ? TEXT.hex : TEXT.upperHex, text.length / 2);
      this.digits(text);
    } else {
      const bytes = encodeText(text);
      this.tag(TEXT.utf8, bytes.length);
      this.bytes(bytes);
    }
  }

  /** What recurs is written once. */
  text(text: string): void {
    const index = this.texts.get(text);
    if (index !== undefined) return this.tag(TEXT.again, index + 1);
    if (this.texts.size < MAX_TEXTS) this.texts.set(text, this.texts.size);
    this.literal(text);
  }

  private tag(kind: number, length: number): void {
    const short = length >= 1 && length <= MAX_TAG_LENGTH;
    this.byte((kind << 5) | (short ? length : 0));
    if (!short) this.varint(length);
  }

  private number(value: bigint, length: number): void {
    for (let at = length - 1; at >= 0; at--) this.byte(Number((value >> BigInt(8 * at)) & 0xffn));
  }

  private digits(hex: string): void {
    for (let at = 0; at < hex.length; at += 2) this.byte(Number.parseInt(hex.slice(at, at + 2), 16));
  }
}
