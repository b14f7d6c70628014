/** What may be typed behind `swarmscope run`. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { RUN_EDITIONS } from '../simulation/scenario/defaults.ts';
import type { RunEdition } from '../simulation/scenario/schema.ts';
import type { LogDetail } from '../simulation/virtual/log.ts';
import { numberBetween } from './number-option.ts';
import type { RunCommand } from './run.ts';

const MAX_WORKERS = 64;

interface Flags {
  readonly out?: string;
  readonly seed?: number;
  readonly tracker?: URL;
  readonly edition?: RunEdition;
  readonly workers: number;
  readonly detail?: LogDetail;
}

const WRITES = `
Written to --out, over what is there of the same names:
  events.ndjson  everything that happened, a line an event; on the virtual clock the same bytes each time
  series.csv     the population of each swarm, its arrivals, requests and errors over time
  summary.json   every measure with its 95% interval, SHA-256 of scenario and events, where it comes from
Ctrl+C ends the run early: what there is is written, and summary.json says "complete": false.
On the real clock no two runs are the same, and there is less to see: what the peers saw.`;

const readTracker = (text: string): URL => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('It must be http:// or https:// with a host (no user).');
  return url;
};

/** Fills in `command`; `run` is called with what was typed. */
export function runCommandLine(command: Command, run: (options: RunCommand) => Promise<void>): void {
  command
    .description('run one scenario without a page, on the virtual clock; exit code 0 only when it completed')
    .argument('<scenario>', 'a scenario file, or the name of a preset such as flash-crowd')
    .option('--out <folder>', 'where the results go (default: runs/NAME-seed-N)')
    .addOption(
      new Option('--seed <number>', "instead of the scenario's").argParser(
        numberBetween(0, Number.MAX_SAFE_INTEGER, true),
      ),
    )
    .addOption(
      new Option('--tracker <url>', 'run on the real clock, against this tracker').argParser(readTracker),
    )
    .addOption(new Option('--edition <id>', "instead of the scenario's").choices(RUN_EDITIONS))
    .addOption(
      new Option('--workers <number>', 'threads that share the run; the events are the same with any number')
        .default(1)
        .argParser(numberBetween(1, MAX_WORKERS, true)),
    )
    .addOption(
      new Option('--detail <what>', 'full: the log has every chunk too').choices([
        'protocol',
        'full',
      ] satisfies LogDetail[]),
    )
    .addHelpText('after', WRITES)
    .action((scenario: string, { out, seed, tracker, edition, workers, detail }: Flags) =>
      run({ scenario, out, seed, tracker, edition, workers, detail }),
    );
}
