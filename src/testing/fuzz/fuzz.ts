/** Cases by number: what is drawn for one depends on the seed, the target and its number, and on nothing else. */
import { codecOf } from '../../protocol/editions/index.ts';
import { Complaint } from './complaint.ts';
import { Dice } from './dice.ts';
import { judgeAnswer } from './endpoint-oracle.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate.ts';
import { snapshot, touched } from './prototypes.ts';
import { readerOf } from './readers.ts';
import { judgeReading } from './reading-oracle.ts';
import { sourcesOf } from './sources.ts';
import type { Source, Target } from './sources.ts';

export { TARGETS } from './sources.ts';
export type { Target } from './sources.ts';

export interface Failure {
  readonly target: Target;
  readonly seed: number;
  readonly index: number;
  /** What does not hold. */
  readonly complaint: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export class Fuzzer {
  readonly target: Target;
  readonly seed: number;
  private readonly sources: readonly Source[];
  private readonly prototypes = snapshot();

  constructor(target: Target, seed: number) {
    this.target = target;
    this.seed = seed;
    this.sources = sourcesOf(target, seed);
  }

  /** `undefined`: all that must hold does. */
  run(index: number): Failure | undefined {
    const { target, seed, sources } = this;
    const dice = this.dice(index, 'message');
    const source = dice.pick(sources);
    const body = mutate(source, sources, dice);
    const complaint = this.judge(source, body, index);
    return complaint === undefined ? undefined : { target, seed, index, complaint, body };
  }

  /** The same failure with as few bytes as are found in a few thousand tries. */
  minimised(failure: Failure): Failure {
    const { index, body } = failure;
    const source = this.dice(index, 'message').pick(this.sources);
    // What it says may name places, which move; what it is about stays.
    const about = failure.complaint.slice(0, 40);
    const least = minimise(body, (less) => this.judge(source, less, index)?.startsWith(about) === true);
    return { ...failure, complaint: this.judge(source, least, index) ?? failure.complaint, body: least };
  }

  private dice(index: number, concern: string): Dice {
    return new Dice(this.seed, `${this.target} ${index} ${concern}`);
  }

  private judge(source: Source, body: Uint8Array<ArrayBuffer>, index: number): string | undefined {
    const { target } = this;
    try {
      judgeReading(body, target, readerOf(target), this.dice(index, 'reading'));
      const dice = this.dice(index, 'tracker');
      if (target !== 'packed' && dice.chance(0.5))
        judgeAnswer(source.body, body, codecOf(target).mediaType, dice);
    } catch (thrown) {
      if (thrown instanceof Complaint) return thrown.message;
      return `throws: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
    }
    const name = touched(this.prototypes);
    return name === undefined ? undefined : `touches the prototype of ${name}`;
  }
}

/** For people: what failed, and how to see it again. */
export function describeFailure({ target, seed, index, complaint, body }: Failure): string {
  const text = new TextDecoder().decode(body.subarray(0, 2000));
  return [
    `${target}, case ${index} of seed ${seed}: ${complaint}`,
    `  ${body.length} bytes: ${JSON.stringify(text)}`,
    `  npm run fuzz -- --codec ${target} --seed ${seed} --only ${index}`,
  ].join('\n');
}
