/** A run on record: what its reports are made of. */
import { encodeBase64 } from '../../protocol/base64.ts';
import { decodeText } from '../../protocol/text.ts';
import type { CaseResult } from '../case.ts';

export interface RunReport {
  /** What was tested: the URL. */
  readonly subject: string;
  /** Who tested it: `swarmscope 1.2.3`. */
  readonly tool: string;
  /** ISO 8601, in UTC. */
  readonly started: string;
  readonly milliseconds: number;
  readonly results: readonly CaseResult[];
}

/** Longest body shown, in bytes: the cases about limits send a megabyte. */
const MAX_SHOWN = 16 * 1024;

export interface ShownBody {
  /** Of the whole body. */
  readonly bytes: number;
  /** What is shown is the beginning only. */
  readonly cut: boolean;
  readonly form: 'text' | 'base64';
  readonly shown: string;
}

/** As text where it is UTF-8, in Base64 otherwise. */
export function shownBody(body: Uint8Array): ShownBody {
  const start = body.subarray(0, MAX_SHOWN);
  const cut = start.length < body.length;
  const head = { bytes: body.length, cut };
  // A cut may fall into a letter.
  for (let less = 0; less < (cut ? 4 : 1); less++) {
    const read = decodeText(start.subarray(0, start.length - less));
    if (read.ok) return { ...head, form: 'text', shown: (read.byteOrderMark ? '\ufeff' : '') + read.text };
  }
  return { ...head, form: body.length === 0 ? 'text' : 'base64', shown: encodeBase64(start) };
}

/** What a verdict has to say beyond its name; empty for a pass. */
export function remark({ verdict }: CaseResult): string {
  switch (verdict.verdict) {
    case 'pass':
      return '';
    case 'fail':
      return `expected ${verdict.expected}; actual: ${verdict.actual}`;
    default:
      return verdict.why;
  }
}

/** In the order in which the sections come first. */
export function bySection(results: readonly CaseResult[]): ReadonlyMap<string, readonly CaseResult[]> {
  const sections = new Map<string, CaseResult[]>();
  for (const result of results) {
    const { section } = result.info;
    const known = sections.get(section);
    if (known) known.push(result);
    else sections.set(section, [result]);
  }
  return sections;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For XML and HTML, in text and in attributes. What XML 1.0 §2.2 cannot carry becomes U+FFFD. */
export function escaped(text: string): string {
  return text
    .replaceAll(
      // eslint-disable-next-line no-control-regex -- control characters are exactly what this looks for
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\p{Surrogate}]/gu,
      '\ufffd',
    )
    .replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
