/**
 * What each kind of value comes to in EXI, in bits ("Efficient XML Interchange (EXI) Format 1.0 (Second
 * Edition)", W3C Recommendation; here "EXI"), with the default options but for `strict`, bit-packed.
 */

/** EXI §7.1.9 and §6.2: what tells `values` things apart as an n-bit unsigned integer. */
export const nBits = (values: number): number => (values <= 1 ? 0 : 32 - Math.clz32(values - 1));

/** EXI §7.1.6: an octet for every 7 bits, and one for 0. */
export function unsignedIntegerBits(value: number | bigint): number {
  let octets = 1;
  for (let rest = BigInt(value) >> 7n; rest > 0n; rest >>= 7n) octets++;
  return 8 * octets;
}

/** EXI §7.1.5: a range of at most 4,096 values is an n-bit unsigned integer, a wider one is not. */
const MAX_BOUNDED_RANGE = 4096;

/** EXI §7.1.5, for a type whose values run from 0 to `max`. An `xs:unsignedShort` is too wide to be n-bit. */
export const integerBits = (value: number | bigint, max: number): number =>
  max < MAX_BOUNDED_RANGE ? nBits(max + 1) : unsignedIntegerBits(value);

/** EXI §7.1.1: the number of octets, then the octets. */
export const binaryBits = (octets: number): number => unsignedIntegerBits(octets) + 8 * octets;

/**
 * EXI §7.1.10.1: a character of a type whose pattern admits a set of fewer than 256 characters. One value
 * more than there are characters is set aside, for those outside the set.
 */
const restrictedCharacterBits = (characters: number): number => nBits(characters + 1);

/**
 * EXI §7.3.3: every string value of a message, once. A value that the same element or attribute had before
 * is a hit in its local partition, any other value met before a hit in the global one; each is an octet
 * (0 or 1) and a compact identifier, n-bit by the size of the partition. The rest is spelled out: number
 * of characters + 2, then a code point each (§7.1.10).
 */
export class StringTable {
  private readonly everywhere = new Set<string>();
  private readonly local = new Map<string, Set<string>>();

  /** `characters`: size of the restricted set of the type, if it has one. */
  bits(name: string, value: string, characters?: number): number {
    const partition = this.local.get(name) ?? new Set();
    if (partition.has(value)) return unsignedIntegerBits(0) + nBits(partition.size);
    if (this.everywhere.has(value)) return unsignedIntegerBits(1) + nBits(this.everywhere.size);
    // No partition takes in the empty string (§7.3.3).
    if (value !== '') {
      this.local.set(name, partition.add(value));
      this.everywhere.add(value);
    }
    const points = Array.from(value, (character) => character.codePointAt(0) ?? 0);
    let bits = unsignedIntegerBits(points.length + 2);
    for (const point of points)
      bits += characters === undefined ? unsignedIntegerBits(point) : restrictedCharacterBits(characters);
    return bits;
  }
}
