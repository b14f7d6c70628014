/**
 * The entries of a HAR file as byte ranges, found without the file being parsed as a whole: so that a file of any
 * length can be read as it comes, and one that is cut off or damaged still gives what is whole in it.
 */
import { joined } from '../joined.ts';

export interface EntryHandler {
  /** The bytes of one entry, braces and all; whether they parse is for the taker to find out. `line`: of its brace. */
  entry(bytes: Uint8Array, line: number): void;
  broken(line: number, problem: string): void;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const [SPACE, TAB, RETURN] = [0x20, 0x09, 0x0d];

/** HAR 1.2: `{"log": {"entries": [`. */
const LIST_KEY = 'entries';
const LIST_DEPTH = 3;
/** Two bodies of a mebibyte, escaped, and whatever a browser adds. */
const MAX_ENTRY = 32 * 1024 * 1024;

export class EntryScanner {
  readonly #handler: EntryHandler;
  #line = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Blanks since the line began; -1 once something else stood on it. */
  #indent = 0;
  /** Of the first entry, when it stands first on its line: all others then do, and nothing in them does. */
  #entryIndent = -1;
  /** The latest string, as far as it may be the key. */
  #word = '';
  #key = '';
  #state: 'before' | 'list' | 'entry' | 'after' = 'before';
  #parts: Uint8Array[] = [];
  #held = 0;
  #entryLine = 0;
  /** Where in this chunk the entry's bytes begin. */
  #from = 0;
  /** A line feed stood within a string. */
  #torn = false;

  constructor(handler: EntryHandler) {
    this.#handler = handler;
  }

  /** Whether a list of entries was there at all. */
  get hasList(): boolean {
    return this.#state !== 'before';
  }

  /** The caller may use the chunk's memory again. */
  push(chunk: Uint8Array): void {
    this.#from = 0;
    for (let at = 0; at < chunk.length && this.#state !== 'after'; at++) this.#byte(chunk, at);
    if (this.#state === 'entry') this.#hold(new Uint8Array(chunk.subarray(this.#from)));
  }

  end(): void {
    if (this.#state === 'entry')
      this.#handler.broken(this.#entryLine, 'begins an entry that does not end: the file is cut off');
    else if (this.#state === 'list')
      this.#handler.broken(this.#line, 'is the last: the file is cut off after a whole entry');
  }

  #byte(chunk: Uint8Array, at: number): void {
    const byte = chunk[at] ?? 0;
    if (byte === LINE_FEED) {
      this.#line++;
      this.#indent = 0;
      // JSON has no line feed in a string: a quote is missing somewhere before.
      if (this.#inString) this.#torn = true;
      this.#inString = false;
      this.#escaped = false;
      return;
    }
    if (this.#inString) {
      this.#inText(byte);
      return;
    }
    const indent = this.#indent;
    if (byte === SPACE || byte === TAB || byte === RETURN) {
      if (indent >= 0 && byte !== RETURN) this.#indent++;
      return;
    }
    this.#indent = -1;
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#word = '';
        break;
      case COLON:
        this.#key = this.#word;
        break;
      case OPEN_BRACE:
        this.#open(at, indent);
        break;
      case OPEN_BRACKET:
        if (this.#state === 'before' && this.#depth === LIST_DEPTH - 1 && this.#key === LIST_KEY)
          this.#state = 'list';
        this.#depth++;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        this.#close(chunk, at);
        break;
      default:
    }
  }

  #inText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    else if (this.#state === 'before' && this.#word.length <= LIST_KEY.length)
      this.#word += String.fromCharCode(byte);
  }

  #open(at: number, indent: number): void {
    if (this.#state === 'entry' && indent > 0 && indent === this.#entryIndent) {
      this.#handler.broken(this.#entryLine, 'begins an entry that does not end: something in it is damaged');
      this.#begin(at);
    } else if (this.#state === 'list' && this.#mayBegin(indent)) {
      if (this.#entryIndent < 0) this.#entryIndent = indent;
      this.#begin(at);
    }
    this.#depth++;
  }

  /** What follows a damaged entry may hold objects at any depth: where entries are indented, that tells them. */
  #mayBegin(indent: number): boolean {
    return this.#entryIndent > 0 ? indent === this.#entryIndent : this.#depth === LIST_DEPTH;
  }

  #begin(at: number): void {
    this.#state = 'entry';
    this.#depth = LIST_DEPTH;
    this.#entryLine = this.#line;
    this.#from = at;
    this.#parts = [];
    this.#held = 0;
    this.#torn = false;
  }

  #close(chunk: Uint8Array, at: number): void {
    this.#depth--;
    if (this.#state === 'list' && this.#depth < LIST_DEPTH) {
      // A brace here closes an entry that ended too early for one was missing in it.
      if (chunk[at] === CLOSE_BRACKET) this.#state = 'after';
      else this.#depth = LIST_DEPTH;
    } else if (this.#state === 'entry' && this.#depth <= LIST_DEPTH) {
      this.#hold(chunk.subarray(this.#from, at + 1));
      this.#state = 'list';
      this.#depth = LIST_DEPTH;
      this.#finish();
    }
  }

  #hold(part: Uint8Array): void {
    this.#held += part.length;
    if (this.#held <= MAX_ENTRY) this.#parts.push(part);
    else this.#parts = [];
  }

  #finish(): void {
    if (this.#torn) this.#handler.broken(this.#entryLine, 'begins an entry with a line feed inside a string');
    else if (this.#held > MAX_ENTRY)
      this.#handler.broken(this.#entryLine, `begins an entry longer than ${MAX_ENTRY} bytes`);
    else this.#handler.entry(joined(this.#parts, this.#held), this.#entryLine);
    this.#parts = [];
  }
}
