/** Files of results: written as they come, in order, without anything piling up; what goes wrong is said in words. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { StartError } from './start-error.ts';

/** Bytes gathered before they are written. */
const GATHERED = 256 * 1024;

/**
 * A file that grows. Writing is synchronous: a disk that is slower than the run slows the run down, and memory never
 * fills with what waits for it. Everything throws a `StartError` when the disk is full or goes away.
 */
export class OutFile {
  readonly #name: string;
  #file: number | undefined;
  readonly #gathered = new Uint8Array(GATHERED);
  #length = 0;

  /** Over what is there of that name. */
  constructor(name: string) {
    this.#name = name;
    this.#file = writing(name, () => openSync(name, 'w'));
  }

  write(bytes: Uint8Array): void {
    if (this.#length + bytes.length > GATHERED) this.#flush();
    if (bytes.length > GATHERED) this.#put(bytes);
    else {
      this.#gathered.set(bytes, this.#length);
      this.#length += bytes.length;
    }
  }

  close(): void {
    if (this.#file === undefined) return;
    try {
      this.#flush();
    } finally {
      const file = this.#file;
      this.#file = undefined;
      writing(this.#name, () => closeSync(file));
    }
  }

  #flush(): void {
    const bytes = this.#gathered.subarray(0, this.#length);
    // First: what failed once is not tried again when it is closed.
    this.#length = 0;
    this.#put(bytes);
  }

  #put(bytes: Uint8Array): void {
    const file = this.#file;
    if (file === undefined) return;
    writing(this.#name, () => {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at);
    });
  }
}

/** A whole file at once: it is there whole or not at all. @throws {StartError} */
export function writeWhole(file: string, text: string): void {
  const partial = `${file}.${process.pid}.part`;
  writing(file, () => {
    try {
      writeFileSync(partial, text);
      renameSync(partial, file);
    } catch (cause) {
      rmSync(partial, { force: true });
      throw cause;
    }
  });
}

/** @throws {StartError} */
export const makeFolder = (folder: string): void => {
  writing(folder, () => mkdirSync(folder, { recursive: true }));
};

/** @throws {StartError} With what went wrong in words. */
/** @throws {StartError} What went wrong, in words. */
export function writing<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    throw new StartError(`Cannot write ${file}: ${problemOf(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

function problemOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full. Make room, or choose another folder with --out.';
    case 'EFBIG':
      return 'the file has become larger than it may be here. Choose another folder with --out.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'no permission. Choose another folder with --out.';
    default:
      return message;
  }
}
