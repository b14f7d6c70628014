/** What is to be said of a text while it is typed, at its places, out of its explanation. */
import type { ExplainedNode, Explanation } from '../../workers/messages.ts';

export interface Verdict {
  /** Places in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong and what the text asks for. */
  readonly message: string;
  readonly section: string;
  readonly path: string;
}

/** More than anybody reads. */
const MOST = 200;

const SEVERITIES = { wrong: 'error', departs: 'warning', unknown: 'info' } as const;

/** In the order of their places; those of equal place, the gravest first. */
export function verdictsOf({ root }: Explanation, text: string): readonly Verdict[] {
  const places = placesIn(text);
  const verdicts: Verdict[] = [];
  const visit = (node: ExplainedNode): void => {
    const { verdict, path, section } = node;
    // The document and the mark of where it breaks say the same: the mark has the place.
    const isToldBelow = node.kind === 'document' && isBroken(node);
    if (verdict in SEVERITIES && !isToldBelow && verdicts.length < MOST) {
      const { start, end } =
        verdict === 'unknown' || node.kind === 'document' ? node.bytes : (node.valueBytes ?? node.bytes);
      verdicts.push({
        from: places(start),
        to: places(end),
        severity: SEVERITIES[verdict as keyof typeof SEVERITIES],
        message: messageOf(node),
        section,
        path,
      });
    }
    node.children.forEach(visit);
  };
  visit(root);
  return verdicts.sort((a, b) => a.from - b.from || a.to - b.to);
}

const isBroken = ({ path, children }: ExplainedNode): boolean =>
  path.endsWith('#broken') || children.some(isBroken);

function messageOf({ name, verdict, problem, expected, meaning }: ExplainedNode): string {
  const subject = name === '' ? 'The document' : name;
  switch (verdict) {
    case 'wrong':
      return `${subject} ${problem ?? 'is wrong'}.${expected === undefined ? '' : ` Expected: ${expected}.`}`;
    case 'departs':
      return `${subject}: expected ${expected ?? 'something else'}.`;
    default:
      return meaning === '' ? `${subject} is not of this edition, and ignored.` : `${subject}: ${meaning}`;
  }
}

/** From a place among the bytes of the text to the same among its UTF-16 units. */
export function placesIn(text: string): (byte: number) => number {
  // eslint-disable-next-line no-control-regex -- all of ASCII, its controls included
  if (/^[\u0000-\u007f]*$/.test(text)) return (byte) => Math.min(byte, text.length);
  /** Of each unit, the byte it begins at. */
  const starts: number[] = [];
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    for (let unit = 0; unit < character.length; unit++) starts.push(bytes);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return (byte) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
