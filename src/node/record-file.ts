/** A recording on its way to a file: lines as they come, a bounded number of bytes waiting for the disk. */
import { open } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { encodeLine } from '../recording/line.ts';
import { NDJSON_HEADER } from '../recording/ndjson.ts';
import type { RecordedExchange } from '../recording/record.ts';
import { StartError } from './start-error.ts';

/** Bytes that may wait for a slow disk. */
const MAX_WAITING = 64 * 1024 * 1024;

export interface RecordTotals {
  readonly written: number;
  /** Let go because the disk was too slow, or would take no more. */
  readonly lost: number;
  /** Why the file ends early. */
  readonly problem: string | undefined;
}

export class RecordFile {
  readonly #stream: WriteStream;
  readonly #maxWaiting: number;
  #written = 0;
  #lost = 0;
  #problem: string | undefined;

  private constructor(stream: WriteStream, maxWaiting: number) {
    this.#stream = stream;
    this.#maxWaiting = maxWaiting;
    stream.on('error', (error) => (this.#problem ??= error.message));
    stream.write(`${NDJSON_HEADER}\n`);
  }

  /** A file that is there already is somebody's recording: it is not written over. */
  static async create(path: string, maxWaiting = MAX_WAITING): Promise<RecordFile> {
    try {
      const handle = await open(path, 'wx');
      return new RecordFile(createWriteStream('', { fd: handle }), maxWaiting);
    } catch (error) {
      const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      const problem = error instanceof Error ? error.message : String(error);
      throw new StartError(
        exists
          ? `--record: ${path} is there already. Name another file, or move that one away.`
          : `--record: cannot write ${path}: ${problem}`,
        { cause: error },
      );
    }
  }

  write(exchange: RecordedExchange): void {
    if (this.#problem !== undefined || this.#stream.writableLength > this.#maxWaiting) {
      this.#lost++;
      return;
    }
    this.#stream.write(encodeLine(exchange), (error) => {
      if (error) this.#lost++;
      else this.#written++;
    });
  }

  /** Resolves when all is on its way to the disk. */
  async close(): Promise<RecordTotals> {
    if (this.#problem === undefined) {
      this.#stream.end();
      await finished(this.#stream).catch(() => undefined);
    }
    return { written: this.#written, lost: this.#lost, problem: this.#problem };
  }
}
