/** What may be typed behind `swarmscope sweep`. */
import { availableParallelism } from 'node:os';
import { Option } from 'commander';
import type { Command } from 'commander';
import { SelectionError } from './conformance.ts';
import { numberBetween } from './number-option.ts';
import { StartError } from './start-error.ts';
import type { SweepCommand, SweepWorkerCommand } from './sweep.ts';

const MAX_WORKERS = 1024;
/** Seconds. */
const DEFAULT_STALLED = 30;
const MAX_STALLED = 86_400;

interface Flags {
  readonly out?: string;
  readonly workers?: number;
  readonly queue?: string;
  readonly worker?: true;
  readonly stalledAfter: number;
}

const FILE = `
The sweep is JSON (sweep.schema.json describes it):
  {
    "name": "how many neighbours",
    "scenario": "flash-crowd",
    "parameters": { "peers.maxLinks": [4, 8, 16], "swarms[premiere].arrivals.rate": [0.2, 0.5] },
    "paired": [ { "peers.crash": [0, 0.2], "tracker.trackTimer": [90, 30] } ],
    "replications": 10
  }
Every combination runs as often as "replications" says, the n-th time with the same seed in all.

Written to --out:
  table.csv, table.json  every measure of every combination: mean, 95% interval, number of runs
  runs.ndjson            every finished run; the same command with the same folder goes on from there
  sweep.json             where it comes from

On many machines: one runs  swarmscope sweep FILE --queue redis://HOST,  and any number of others run
  swarmscope sweep --worker --queue redis://HOST
The table is the same, whatever ran where.`;

/** What was typed may hold a password: unlike commander, this does not say it again. @throws {SelectionError} */
function readQueue(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new SelectionError('--queue must be redis:// or rediss:// with a host: redis://127.0.0.1:6379/0');
  return url;
}

/** Fills in `command`; `sweep` or `worker` is called with what was typed. */
export function sweepCommandLine(
  command: Command,
  sweep: (options: SweepCommand) => Promise<void>,
  worker: (options: SweepWorkerCommand) => Promise<void>,
): void {
  command
    .description(
      'run a scenario many times with parameters that vary; exit code 0 only when every run is done',
    )
    .argument('[sweep]', 'the sweep file; none with --worker')
    .option('--out <folder>', 'where the results go (default: sweeps/NAME)')
    .addOption(
      new Option(
        '--workers <number>',
        'runs at once here (default: one a processor; with --queue, without --worker: none)',
      ).argParser(numberBetween(0, MAX_WORKERS, true)),
    )
    .addOption(
      new Option('--queue <url>', 'share the runs through this Redis; its password is never printed').env(
        'SWARMSCOPE_QUEUE',
      ),
    )
    .option('--worker', 'work on what others put into the queue, until Ctrl+C')
    .addOption(
      new Option('--stalled-after <seconds>', 'silence of a worker after which its run is given to another')
        .default(DEFAULT_STALLED)
        .argParser(numberBetween(1, MAX_STALLED, false)),
    )
    .addHelpText('after', FILE)
    .action(
      (file: string | undefined, { out, workers, queue: typed, worker: works, stalledAfter }: Flags) => {
        const queue = readQueue(typed);
        if (works === true) {
          if (queue === undefined) throw new StartError('--worker needs --queue: whose runs is it to do?');
          if (file !== undefined)
            throw new StartError('--worker takes no sweep file: the queue has the runs.');
          return worker({ queue, workers: atLeastOne(workers), stalledAfter });
        }
        if (file === undefined)
          throw new StartError('Name a sweep file (swarmscope sweep --help shows one).');
        const here = queue === undefined ? atLeastOne(workers) : (workers ?? 0);
        return sweep({ sweep: file, out, workers: here, queue, stalledAfter });
      },
    );
}

function atLeastOne(workers = availableParallelism()): number {
  if (workers === 0) throw new StartError('--workers 0 is for --queue: nobody would do the runs.');
  return workers;
}
