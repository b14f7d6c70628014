/** What stands on the wire, with its place in the body: built by the walkers, which judge nothing. */

/** Byte offsets into the body; `end` is the first byte that no longer belongs. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface WireNode {
  /** `member` is a JSON value that holds no others, in an object or an array. */
  readonly kind: 'object' | 'array' | 'member' | 'element' | 'attribute' | 'text';
  /** Member, element or attribute name as written (escapes of JSON read); empty for an array's items and text. */
  readonly name: string;
  readonly start: number;
  /** Where reading stopped, when the document breaks off inside. */
  end: number;
  /** Of the value without its name, quotes of an attribute or tags; a string of JSON keeps its quotes. */
  value?: Span;
  /** Where a child that is missing would have to stand. */
  inside: number;
  /** Its end was found. */
  closed: boolean;
  readonly children: WireNode[];
}

export interface WireTree {
  /** One for a document that is in order. */
  readonly children: readonly WireNode[];
  /** The first place that no reader of the format can get past. */
  readonly broken: { readonly at: number; readonly problem: string } | undefined;
  /** There is more than `MAX_NODES`: the rest is left out. */
  readonly truncated: boolean;
}

/** Nodes kept of one message. A largest peer list of thirty has a tenth of it. */
export const MAX_NODES = 20_000;
/** Characters of a name that are kept. */
const MAX_NAME = 64;

const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as text whatever they are: what is not UTF-8 shows as U+FFFD. */
export const textOf = (body: Uint8Array, { start, end }: Span): string =>
  TEXT.decode(body.subarray(start, end));

/** A name, cut where it is longer than any of the protocol's. */
export const nameOf = (body: Uint8Array, { start, end }: Span): string =>
  textOf(body, { start, end: Math.min(end, start + MAX_NAME) });

export const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Where both walkers stand, and what they noted. */
export class Walk {
  at = 0;
  truncated = false;
  broken: WireTree['broken'];
  /** Nothing further is read. */
  stopped = false;
  readonly body: Uint8Array;
  private nodes = 0;

  constructor(body: Uint8Array) {
    this.body = body;
    // A byte order mark is the reader's to report.
    if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) this.at = 3;
  }

  get byte(): number | undefined {
    return this.body[this.at];
  }

  skipBlanks(): void {
    while (isBlank(this.byte)) this.at++;
  }

  /** A problem that what follows can be read in spite of. */
  note(at: number, problem: string): void {
    if (this.broken === undefined || at < this.broken.at) this.broken = { at, problem };
  }

  stop(problem: string, at = this.at): undefined {
    if (!this.stopped) this.note(at, at >= this.body.length ? `${problem}: it ends here` : problem);
    this.stopped = true;
  }

  /** A node of the children given, unless there are too many already. */
  open(into: WireNode[], kind: WireNode['kind'], name: string, start: number): WireNode | undefined {
    if (++this.nodes > MAX_NODES) {
      this.truncated = true;
      this.stopped = true;
      return undefined;
    }
    const node: WireNode = { kind, name, start, end: start, inside: start, closed: false, children: [] };
    into.push(node);
    return node;
  }
}
