/**
 * The start tags of an XML document, one after the other, with no tree and no text made of what nobody asks
 * for. It takes the document for well-formed: of one that is not, it tells something or nothing, and always
 * comes to an end. Comments, CDATA sections, instructions and quoted ">" are passed over as what they are.
 */
const [LESS, GREATER, SLASH, BANG, QUESTION, DASH, OPEN, CLOSE] = Array.from('<>/!?-[]', (character) =>
  character.charCodeAt(0),
) as [number, number, number, number, number, number, number, number];
const [QUOTE, APOSTROPHE, AMPERSAND, COLON] = [0x22, 0x27, 0x26, 0x3a];
/** XML's white space, "/" and ">": by byte, 1. */
const ENDS_NAME = new Uint8Array(256);
for (const character of ' \t\r\n/>') ENDS_NAME[character.charCodeAt(0)] = 1;

/** Longest name, list of attributes or word that is looked at; what is longer is for a parser. */
const MAX_PIECE = 2048;
const ATTRIBUTE = /[ \t\r\n]+([^ \t\r\n=]+)[ \t\r\n]*=[ \t\r\n]*("[^"]*"|'[^']*')/y;

export class StartTags {
  /** Of the element that the last tag begins; the root's is 0. */
  depth = -1;
  /** Set once something asked for is not plain text: a reference, markup inside, other than ASCII, too long. */
  unsure = false;
  private readonly body: Uint8Array;
  private readonly names: readonly string[];
  private at = 0;
  private level = 0;
  private name = { from: 0, to: 0 };
  /** Of the tag's ">". */
  private end = 0;

  /** `names`: those that are of interest, without prefix. */
  constructor(body: Uint8Array, names: readonly string[]) {
    this.body = body;
    this.names = names;
  }

  /** On to the next start tag; `false`: there is none, or a declaration that no codec takes (a DTD). */
  next(): boolean {
    const { body } = this;
    for (;;) {
      const open = body.indexOf(LESS, this.at);
      if (open < 0) return false;
      switch (body[open + 1]) {
        case SLASH:
          this.level--;
          if (this.level <= 0 || !this.pass(open + 2)) return false;
          break;
        case QUESTION:
          if (!this.pass(open + 2, QUESTION)) return false;
          break;
        case BANG:
          if (body[open + 2] === DASH ? !this.pass(open + 4, DASH, DASH) : !this.passSection(open))
            return false;
          break;
        default:
          return this.startTag(open);
      }
    }
  }

  /** Without prefix; any but those of interest is as good as none. */
  localName(): string | undefined {
    const { body } = this;
    const { from: start, to } = this.name;
    let from = start;
    if (to - from > MAX_PIECE) this.unsure = true;
    for (let at = start; at < to && !this.unsure; at++) {
      const byte = body[at] ?? 0;
      if (byte === COLON && from === start) from = at + 1;
      if (byte === AMPERSAND || byte > 0x7f) this.unsure = true;
    }
    return this.unsure ? undefined : this.names.find((name) => this.holds(name, from, to));
  }

  private holds(text: string, from: number, to: number): boolean {
    if (to - from !== text.length) return false;
    for (let at = 0; at < text.length; at++) if (this.body[from + at] !== text.charCodeAt(at)) return false;
    return true;
  }

  /** As it stands between its quotes. */
  attribute(name: string): string | undefined {
    const text = this.ascii(this.name.to, this.end, true);
    ATTRIBUTE.lastIndex = 0;
    for (let found = ATTRIBUTE.exec(text); found; found = ATTRIBUTE.exec(text)) {
      const [, key, value = ''] = found;
      if (key !== name) continue;
      if (value.includes('&')) this.unsure = true;
      return value.slice(1, -1);
    }
    return undefined;
  }

  /** What the element holds. */
  text(): string {
    if (this.body[this.end - 1] === SLASH) return '';
    const from = this.end + 1;
    const to = this.body.indexOf(LESS, from);
    if (to < 0 || this.body[to + 1] !== SLASH) this.unsure = true;
    return this.ascii(from, Math.max(from, to));
  }

  /** Past the next ">" from `from` on that stands after these. */
  private pass(from: number, last?: number, before?: number): boolean {
    const { body } = this;
    const length = (last === undefined ? 0 : 1) + (before === undefined ? 0 : 1);
    for (let at = body.indexOf(GREATER, from + length); at >= 0; at = body.indexOf(GREATER, at + 1))
      if (
        (last === undefined || body[at - 1] === last) &&
        (before === undefined || body[at - 2] === before)
      ) {
        this.at = at + 1;
        return true;
      }
    return false;
  }

  /** A CDATA section; any other declaration is none that a message may have. */
  private passSection(open: number): boolean {
    return this.body[open + 2] === OPEN && this.pass(open + 9, CLOSE, CLOSE);
  }

  private startTag(open: number): boolean {
    const { body } = this;
    let at = open + 1;
    while (at < body.length && ENDS_NAME[body[at] ?? 0] === 0) at++;
    this.name = { from: open + 1, to: at };
    while (at < body.length && body[at] !== GREATER) {
      const byte = body[at];
      if (byte === QUOTE || byte === APOSTROPHE) {
        at = body.indexOf(byte, at + 1);
        if (at < 0) return false;
      }
      at++;
    }
    this.end = at;
    this.at = at + 1;
    this.depth = this.level;
    if (body[at - 1] !== SLASH) this.level++;
    return at < body.length;
  }

  /** A piece in ASCII; `references`: they may be in it, as may anything in quotes. */
  private ascii(from: number, to: number, references = false): string {
    const piece = this.body.subarray(from, to);
    if (
      piece.length > MAX_PIECE ||
      (!references && piece.some((byte) => byte === AMPERSAND || byte > 0x7f))
    ) {
      this.unsure = true;
      return '';
    }
    return String.fromCharCode(...piece);
  }
}
