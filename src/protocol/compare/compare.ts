/** Two messages side by side: byte by byte, field by field, line by line. */
import type { ExplainedNode } from '../explain/explanation.ts';
import { pretty } from '../pretty.ts';
import { withoutSecrets } from '../secrets.ts';
import { compareFields, firstDifference, type FieldComparison } from './fields.ts';
import { compareLines, hunksOf, type Hunk } from './lines.ts';

export interface MessageComparison {
  /** Offset of the first byte that differs; `undefined`: byte-identical. */
  readonly differsAt: number | undefined;
  readonly fields: FieldComparison;
  /** Of the laid out texts, secrets withheld; empty when they are the same. */
  readonly hunks: readonly Hunk[];
}

interface Side {
  readonly body: Uint8Array;
  readonly root: ExplainedNode;
}

/** Unchanged lines shown around a change, and lines shown in all. */
const AROUND = 3;
const MAX_LINES = 2000;

export function compareMessages(before: Side, after: Side): MessageComparison {
  return {
    differsAt: firstDifference(before.body, after.body),
    fields: compareFields(before, after),
    hunks: hunksOf(compareLines(linesOf(before.body), linesOf(after.body)), AROUND, MAX_LINES),
  };
}

const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

function linesOf(body: Uint8Array): string[] {
  if (body.length === 0) return [];
  const text = TEXT.decode(withoutSecrets(body).body).replace(/^\ufeff/, '');
  const kind = text.trimStart().startsWith('<') ? 'xml' : 'json';
  return pretty(kind, text).map((pieces) => pieces.map((piece) => piece.text).join(''));
}
