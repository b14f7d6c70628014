#!/usr/bin/env node
/** The command: parses what was typed, runs it, and turns failures into messages and exit codes. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { createCommandLine } from './command-line.ts';
import { startServer } from './server.ts';
import type { ServerOptions } from './server.ts';
import { sizesText } from './sizes.ts';
import { StartError } from './start-error.ts';

const EXIT_FAILURE = 1;
/** What was typed makes no sense. */
const EXIT_USAGE = 2;
const EXIT_SIGNAL = 128;

/** npm passes on a Ctrl+C that the terminal has sent to this process already: one wish, two signals. */
const SAME_WISH = 500;

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Resolves at the first signal; a second one ends the process at once. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const [signal, number] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        const now = performance.now();
        if (first === undefined) {
          first = now;
          resolve();
        } else if (now - first > SAME_WISH) process.exit(EXIT_SIGNAL + number);
      });
    }
  });
}

async function serve(options: ServerOptions, title: string): Promise<void> {
  const told = untilTold();
  const server = await startServer(options);
  // The URL stands on a line of its own, so that scripts can wait for it.
  console.log(`swarmscope ${manifest.version}: ${title}\n${server.url}`);
  if (process.stdout.isTTY) console.log('Ctrl+C stops it.');
  await told;
  await server.stop();
}

// An empty variable is one that was not set: so shells and container files write it.
for (const name of ['PORT', 'HOST']) if (process.env[name] === '') delete process.env[name];

const commandLine = createCommandLine({
  version: manifest.version,
  // Built, this file is dist/node/swarmscope.js.
  dashboard: join(dirname(fileURLToPath(import.meta.url)), '..', 'web'),
  serve,
  sizes: async (options) => console.log(await sizesText(options)),
});

try {
  await commandLine.parseAsync();
  process.exit(0);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version end well.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else if (error instanceof StartError) {
    console.error(`swarmscope: ${error.message}`);
    process.exitCode = EXIT_FAILURE;
  } else throw error;
}
