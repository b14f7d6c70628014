#!/usr/bin/env node
/** The command: parses what was typed, runs it, and turns failures into messages and exit codes. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { plainAccessWarning } from './access-gate.ts';
import { createCommandLine } from './command-line.ts';
import { runPeerConformance } from './conformance-peers.ts';
import { runConformance, SelectionError } from './conformance.ts';
import type { ConformanceOutput } from './conformance.ts';
import { runMatrixCommand } from './matrix.ts';
import { pageUrl, startProxy } from './proxy.ts';
import type { ProxyCommand } from './proxy.ts';
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
  const warning = plainAccessWarning(options);
  // Before the URL, which scripts wait for.
  if (warning !== undefined) console.error(`swarmscope: ${warning}`);
  // The URL stands on a line of its own, so that scripts can wait for it.
  console.log(`swarmscope ${manifest.version}: ${title}\n${server.url}`);
  if (process.stdout.isTTY) console.log('Ctrl+C stops it.');
  await told;
  await server.stop();
}

/** The exit code: a recording that lacks something is a failure. */
async function proxy(options: ProxyCommand): Promise<number> {
  const told = untilTold();
  const running = await startProxy(options);
  const live = `Live in the page: ${pageUrl(options.page, running.url)}`;
  console.log(
    `swarmscope ${manifest.version}: recording proxy for ${options.target}\n${running.url}\n${live}`,
  );
  if (process.stdout.isTTY) console.log('Ctrl+C stops it.');
  await told;
  const totals = await running.stop();
  if (totals === undefined || options.record === undefined) return 0;
  const { written, lost, problem } = totals;
  if (lost === 0 && problem === undefined) {
    console.log(`${written} exchanges recorded in ${options.record}`);
    return 0;
  }
  const why = problem ?? 'the disk was too slow';
  console.error(
    `swarmscope: ${options.record} is not whole (${why}): ${lost} exchanges of ${written + lost} lost.`,
  );
  return EXIT_FAILURE;
}

/** Prints as it goes; the first signal ends the run early. */
function suiteOutput(): ConformanceOutput {
  const stop = new AbortController();
  void untilTold().then(() => stop.abort());
  return {
    print: (line) => console.log(line),
    tool: `swarmscope ${manifest.version}`,
    signal: stop.signal,
  };
}

// An empty variable is one that was not set: so shells and container files write it.
for (const name of ['PORT', 'HOST']) if (process.env[name] === '') delete process.env[name];

let exitCode = 0;

const commandLine = createCommandLine({
  version: manifest.version,
  // Built, this file is dist/node/swarmscope.js.
  dashboard: join(dirname(fileURLToPath(import.meta.url)), '..', 'web'),
  serve,
  sizes: async (options) => console.log(await sizesText(options)),
  proxy: async (options) => {
    exitCode = await proxy(options);
  },
  conformance: async (options) => {
    const run = options.peers === undefined ? runConformance : runPeerConformance;
    exitCode = await run(options, suiteOutput());
  },
  matrix: async (options) => {
    exitCode = await runMatrixCommand(options, suiteOutput());
  },
});

try {
  await commandLine.parseAsync();
  process.exit(exitCode);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version end well.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else if (error instanceof SelectionError) {
    console.error(`swarmscope: ${error.message}`);
    process.exitCode = EXIT_USAGE;
  } else if (error instanceof StartError) {
    console.error(`swarmscope: ${error.message}`);
    process.exitCode = EXIT_FAILURE;
  } else throw error;
}
