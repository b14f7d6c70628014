/** The messages a fuzzer starts from: the texts' own examples, and what our writers write. */
import * as fc from 'fast-check';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { packRequest, packResponse } from '../../protocol/packed/write.ts';
import { encodeText } from '../../protocol/text.ts';
import { arbitraryRequest, arbitraryResponse } from '../arbitraries.ts';
import {
  BASE01_EXAMPLES,
  EXTENDED11_EXAMPLES,
  GU04_EXAMPLES,
  GU06_EXAMPLES,
  RFC7846_EXAMPLES,
} from '../golden.ts';
import { placesOfJson, placesOfXml } from './places.ts';
import type { Form, Place } from './places.ts';

/** An edition's codec, or the packed form of all of them. */
export const TARGETS = [...EDITIONS, 'packed'] as const;
export type Target = (typeof TARGETS)[number];

export interface Source {
  readonly form: Form;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly text: string;
  readonly places: readonly Place[];
}

/** Written messages of each kind. */
const WRITTEN = 200;
const DECODER = new TextDecoder();

/** The gu texts write placeholders where data is due, and the slides leave the root's start tag out. */
const filled = (text: string): string =>
  (text.startsWith('<?xml')
    ? text
    : `<PPSPTrackerProtocol version="1.0">${text.replaceAll(/^ *- (?:-.*)?/gm, '')}`
  )
    .replaceAll('"#.#"', '"1.0"')
    .replaceAll(/(?:#+\.){3}#+/g, '192.0.2.1')
    .replaceAll(/hh(?:::?hh)+/g, '2001:db8::1')
    .replaceAll(/#+/g, '80')
    .replaceAll(/\*{3,4}/g, '12');

const EXAMPLES: Readonly<Record<EditionId, readonly string[]>> = {
  rfc7846: Object.values(RFC7846_EXAMPLES),
  'extended-1.1': Object.values(EXTENDED11_EXAMPLES),
  'base-1.0': Object.values(BASE01_EXAMPLES),
  'gu-04': [...Object.values(GU04_EXAMPLES).slice(1), ...Object.values(GU06_EXAMPLES)].map(filled),
};

export const formOf = (target: Target): Form =>
  target === 'packed' ? 'packed' : target === 'rfc7846' ? 'json' : 'xml';

function sourceOf(body: Uint8Array<ArrayBuffer>, form: Form): Source {
  const text = form === 'packed' ? '' : DECODER.decode(body);
  const places = form === 'json' ? placesOfJson(text) : form === 'xml' ? placesOfXml(text) : [];
  return { form, body, text, places };
}

/** The same of the same seed. */
export function sourcesOf(target: Target, seed: number): readonly Source[] {
  const form = formOf(target);
  if (target === 'packed')
    return EDITIONS.flatMap((edition) => [
      ...fc.sample(arbitraryRequest(edition), { seed, numRuns: WRITTEN / 4 }).map(packRequest),
      ...fc.sample(arbitraryResponse(edition), { seed, numRuns: WRITTEN / 4 }).map(packResponse),
    ]).map((body) => sourceOf(body, form));
  const codec = codecOf(target);
  return [
    ...EXAMPLES[target].map(encodeText),
    ...fc
      .sample(arbitraryRequest(target), { seed, numRuns: WRITTEN })
      .map((message) => codec.encodeRequest(message)),
    ...fc
      .sample(arbitraryResponse(target), { seed, numRuns: WRITTEN })
      .map((message) => codec.encodeResponse(message)),
  ].map((body) => sourceOf(body, form));
}
