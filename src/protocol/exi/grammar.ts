/**
 * The size of an XML document in schema-informed, strict, bit-packed EXI: event codes by the grammar that
 * EXI §8.5.4 makes of a schema, values by their datatypes (`terms.ts`).
 */
import { binaryBits, integerBits, nBits, StringTable } from './terms.ts';

/** A simple type of the schema, as far as it matters to the size. */
export type Datatype =
  | { readonly kind: 'string' }
  /** With a pattern that admits that many characters only (EXI §7.1.10.1). */
  | { readonly kind: 'restricted'; readonly characters: number }
  /** EXI §7.2. */
  | { readonly kind: 'enumeration'; readonly words: readonly string[] }
  /** From 0 to `max`. */
  | { readonly kind: 'integer'; readonly max: number }
  /** `xs:hexBinary` or `xs:base64Binary`, which come to the same. */
  | { readonly kind: 'binary' };

/** Text, a number, or as many octets. */
export type Value = string | number | { readonly octets: number };

interface AttributeUse {
  readonly name: string;
  readonly required: boolean;
  readonly type: Datatype;
}

interface Particle {
  readonly type: ElementType;
  readonly required: boolean;
  readonly repeats: boolean;
}

/** One element of a schema: its attributes, and a sequence of elements or a simple type. */
export interface ElementType {
  readonly name: string;
  readonly attributes: readonly AttributeUse[];
  readonly sequence: readonly Particle[];
  /** Type of the simple content. */
  readonly text?: Datatype;
  /** Text may stand between the elements. */
  readonly mixed?: boolean;
}

export interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, Value | undefined>>;
  readonly children?: readonly Element[];
  readonly text?: Value;
}

/** Bits, by what they are for. */
export interface ExiBits {
  /** EXI §5: 2 distinguishing bits, 1 for "no options", 5 for the format version. Options are agreed beforehand. */
  readonly header: 8;
  /** EXI §6.2. */
  eventCodes: number;
  /** EXI §7.1.10, §7.3.3. */
  strings: number;
  /** EXI §7.1.1. */
  binaries: number;
  /** EXI §7.1.5, §7.1.6. */
  integers: number;
  /** EXI §7.2. */
  enumerations: number;
}

/** Whole octets: the last one is filled up. */
export function exiBytes(bits: ExiBits): number {
  const { header, eventCodes, strings, binaries, integers, enumerations } = bits;
  return Math.ceil((header + eventCodes + strings + binaries + integers + enumerations) / 8);
}

/**
 * @throws {TypeError} When the document is not valid against the schema: both are this program's own.
 */
export function exiBits(schema: ElementType, root: Element): ExiBits {
  const bits: ExiBits = { header: 8, eventCodes: 0, strings: 0, binaries: 0, integers: 0, enumerations: 0 };
  // EXI §8.5.1: the start of the document is the only production, then comes the one global element or,
  // even when strict, any other.
  bits.eventCodes += nBits(2);
  measure(schema, root, bits, new StringTable());
  return bits;
}

/**
 * What may come next is a run of places in one line: the attributes by name (EXI §8.5.4.1.3), then the
 * elements of the sequence, or the text, then the end. A place left behind does not come again unless it
 * repeats; one that is not required can be passed over. The event code tells the places in reach apart.
 */
interface Place {
  readonly name: string;
  readonly required: boolean;
  readonly repeats: boolean;
}

const TEXT = '#text';
const END = '#end';

const byName = (attributes: readonly AttributeUse[]): AttributeUse[] =>
  [...attributes].sort((a, b) => (a.name < b.name ? -1 : 1));

function places({ attributes, sequence, text }: ElementType): Place[] {
  const only = (name: string): Place => ({ name, required: true, repeats: false });
  return [
    ...byName(attributes).map(({ name, required }) => ({ name: `@${name}`, required, repeats: false })),
    ...sequence.map(({ type, required, repeats }) => ({ name: type.name, required, repeats })),
    ...(text === undefined ? [] : [only(TEXT)]),
    only(END),
  ];
}

function measure(type: ElementType, element: Element, bits: ExiBits, strings: StringTable): void {
  const line = places(type);
  let from = 0;
  /** The place at `from` was taken already and may come again. */
  let again = false;
  const step = (name: string): void => {
    const last = line.findIndex(({ required }, at) => at >= from && required && !(again && at === from));
    const next = line.findIndex((place, at) => at >= from && at <= last && place.name === name);
    if (next < 0) throw new TypeError(`${name} is out of place in ${type.name}`);
    bits.eventCodes += nBits(last - from + 1 + (type.mixed ? 1 : 0));
    again = line[next]?.repeats === true;
    from = again ? next : next + 1;
  };

  for (const { name, type: datatype } of byName(type.attributes)) {
    const value = element.attributes?.[name];
    if (value === undefined) continue;
    step(`@${name}`);
    measureValue(`@${name}`, datatype, value, bits, strings);
  }
  for (const child of element.children ?? []) {
    step(child.name);
    const particle = type.sequence.find(({ type }) => type.name === child.name);
    if (particle) measure(particle.type, child, bits, strings);
  }
  if (type.text !== undefined) {
    step(TEXT);
    measureValue(type.name, type.text, element.text ?? '', bits, strings);
  }
  step(END);
}

function measureValue(
  name: string,
  datatype: Datatype,
  value: Value,
  bits: ExiBits,
  strings: StringTable,
): void {
  switch (datatype.kind) {
    case 'string':
      bits.strings += strings.bits(name, textOf(name, value));
      return;
    case 'restricted':
      bits.strings += strings.bits(name, textOf(name, value), datatype.characters);
      return;
    case 'enumeration':
      if (!datatype.words.includes(textOf(name, value))) throw new TypeError(`${name} has no such word`);
      bits.enumerations += nBits(datatype.words.length);
      return;
    case 'integer':
      bits.integers += integerBits(Number(value), datatype.max);
      return;
    case 'binary':
      if (typeof value !== 'object') throw new TypeError(`${name} is binary`);
      bits.binaries += binaryBits(value.octets);
      return;
    default:
      datatype satisfies never;
  }
}

function textOf(name: string, value: Value): string {
  if (typeof value === 'object') throw new TypeError(`${name} is not binary`);
  return String(value);
}
