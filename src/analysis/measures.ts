/** What a run's measures are told as: values by catalogued name, each with its interval where it has one. */
import { STATISTICS, type MeasureKey, type SpreadKey } from './catalogue.ts';
import type { Interval } from './confidence.ts';
import { quantile, type Sample } from './sample.ts';

export interface Measure {
  /** In the catalogue's unit. */
  readonly value: number;
  readonly interval?: Interval;
  /** Observations that it rests on, where it rests on such. */
  readonly observations?: number;
}

interface About {
  /** What stands for the name's `*`. */
  readonly of?: string;
  readonly interval?: Interval | undefined;
  readonly observations?: number;
}

export class Measures {
  readonly #values: Record<string, Measure> = {};

  /** A value that is no finite number (nothing was observed) is not told. */
  tell(key: MeasureKey, value: number, { of = '', interval, observations }: About = {}): void {
    if (!Number.isFinite(value)) return;
    this.#values[key.replace('*', () => of)] = {
      value,
      ...(interval === undefined ? {} : { interval }),
      ...(observations === undefined ? {} : { observations }),
    };
  }

  /** Mean with its interval by batch means, percentiles and greatest. */
  tellSpread(key: SpreadKey, sample: Sample): void {
    const sorted = sample.sorted();
    const observations = sample.count;
    for (const statistic of STATISTICS) {
      if (statistic === 'mean')
        this.tell(`${key}.mean`, sample.mean, { interval: sample.interval(), observations });
      else if (statistic === 'max') this.tell(`${key}.max`, sorted.at(-1) ?? Number.NaN, { observations });
      else
        this.tell(`${key}.${statistic}`, quantile(sorted, Number(statistic.slice(1)) / 100), {
          observations,
        });
    }
  }

  all(): Readonly<Record<string, Measure>> {
    return this.#values;
  }
}
