/** What may be typed behind `swarmscope matrix`. */
import type { Command } from 'commander';
import type { MatrixOptions } from './matrix.ts';

const CONFIG = `
The config is JSON (matrix.schema.json describes it):
  {
    "trackers": [
      { "name": "ours", "own": {} },
      { "name": "theirs", "url": "https://tracker.example/", "auth": "bearer:token.txt", "editions": ["rfc7846"] }
    ],
    "peers": [
      { "name": "whole life", "behaviour": "complete" },
      { "name": "their peer", "command": ["./peer", "--tracker", "{tracker}", "--swarm", "{swarm}"] }
    ],
    "editions": ["rfc7846", "gu-04"]
  }
behaviour: complete, leech, seed, repeats. A file of "auth" holds the token, or user:password, on one line.`;

/** Fills in `command`; `run` is called with what was typed. */
export function matrixCommand(command: Command, run: (options: MatrixOptions) => Promise<void>): void {
  command
    .description(
      'let peers live before trackers, each with each in every edition; exit code 0 only when no cell fails',
    )
    .argument('<config>', 'the config file')
    .option('--out <folder>', 'write matrix.json, matrix.html and a trace of each cell there')
    .option('--json <file>', 'write the results as JSON')
    .addHelpText('after', CONFIG)
    .action((config: string, { out, json }: { readonly out?: string; readonly json?: string }) =>
      run({ config, out, json }),
    );
}
