/**
 * What the cores take for granted beyond ECMAScript: present in every Worker, browser and Node alike.
 * The cores compile with neither DOM nor Node types, so that nothing else slips in.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
