/** `swarmscope matrix`: every cell of a config file run, with progress, and what came of it written. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CELL_WORDS } from '../conformance/matrix/cell.ts';
import type { CellResult } from '../conformance/matrix/cell.ts';
import { placesOf, readMatrixConfig } from '../conformance/matrix/config.ts';
import type { MatrixConfig, MatrixTracker } from '../conformance/matrix/config.ts';
import { matrixPage, totals } from '../conformance/matrix/page.ts';
import { reportOf, writeReport } from '../conformance/matrix/report.ts';
import type { MatrixReport } from '../conformance/matrix/report.ts';
import { runMatrix } from '../conformance/matrix/run.ts';
import type { MatrixHost, OpenTracker, RanCell } from '../conformance/matrix/run.ts';
import { recordingOf } from '../recording/witnessed.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import { authenticated } from '../transport/authentication.ts';
import type { Transport } from '../transport/transport.ts';
import { cnonce, loadCredentials } from './client-credentials.ts';
import { CLOCK, FETCH, SelectionError } from './conformance.ts';
import type { ConformanceOutput } from './conformance.ts';
import { reachProblem } from './conformance-socket.ts';
import { startForeignPeer } from './matrix-peers.ts';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';
import { StartError } from './start-error.ts';

export interface MatrixOptions {
  /** Path of the config file. */
  readonly config: string;
  /** Folder for matrix.json, matrix.html and a trace of each cell; made when it is not there. */
  readonly out: string | undefined;
  /** One more file for the JSON. */
  readonly json: string | undefined;
}

/**
 * The exit code: 0 when no cell fails and all were run, 1 otherwise.
 * @throws {SelectionError} When the config is not valid. @throws {StartError} When a file cannot be read or written.
 */
export async function runMatrixCommand(options: MatrixOptions, output: ConformanceOutput): Promise<number> {
  const config = readConfig(options.config);
  if (options.out !== undefined)
    attempt('--out', options.out, (folder) => mkdirSync(folder, { recursive: true }));
  const ways = waysOf(config, dirname(resolve(options.config)));
  const servers: RunningServer[] = [];
  const host: MatrixHost = {
    clock: CLOCK,
    run: `m${randomBytes(4).toString('hex')}`,
    makePeer: (peer) => new LonePeer(peer),
    open: (tracker) => open(tracker, config, ways, servers),
    start: startForeignPeer,
  };
  const started = new Date().toISOString();
  const start = CLOCK.now();
  const results: CellResult[] = [];
  try {
    const all = placesOf(config).length;
    for await (const cell of runMatrix(config, host, { signal: output.signal })) {
      results.push(cell.result);
      if (options.out !== undefined) writeTrace(options.out, cell, config);
      output.print(progress(cell.result, results.length, all));
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  const facts = { tool: output.tool, started, milliseconds: Math.round(CLOCK.now() - start) };
  const report = reportOf(config, facts, results);
  write(options, report);
  output.print(totals(report));
  const whole = results.length === placesOf(config).length;
  return whole && results.every(({ verdict }) => verdict !== 'fails') ? 0 : 1;
}

function attempt<Result>(flag: string, file: string, act: (file: string) => Result): Result {
  try {
    return act(file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StartError(`${flag}: ${file}: ${problem}`, { cause: error });
  }
}

function readConfig(file: string): MatrixConfig {
  const read = readMatrixConfig(attempt('matrix', file, (name) => readFileSync(name, 'utf8')));
  if (read.ok) return read.config;
  const lines = read.problems.map(({ path, problem, fix }) => `  ${path} ${problem}: ${fix}`);
  throw new SelectionError(`${file} is no matrix:\n${lines.join('\n')}`);
}

/** By name: a way to each tracker at a URL, as whoever its file says. */
function waysOf({ trackers }: MatrixConfig, folder: string): ReadonlyMap<string, Transport> {
  return new Map(
    trackers.map(({ name, at }) => {
      if (at.kind === 'own' || at.auth === undefined) return [name, FETCH];
      const { scheme, file } = at.auth;
      const credentials = loadCredentials({ scheme, file: resolve(folder, file) }, `auth of "${name}"`);
      return [name, authenticated(FETCH, credentials, cnonce)];
    }),
  );
}

async function open(
  { name, at }: MatrixTracker,
  { timeout }: MatrixConfig,
  ways: ReadonlyMap<string, Transport>,
  servers: RunningServer[],
): Promise<OpenTracker> {
  const transport = ways.get(name) ?? FETCH;
  if (at.kind === 'own') {
    const server = await startServer({ host: '127.0.0.1', port: 0, strict: at.strict });
    servers.push(server);
    return { url: server.url, transport };
  }
  const problem = await reachProblem(new URL(at.url), timeout * 1000);
  if (problem !== undefined) throw new Error(`Nobody can be reached there: ${problem}`);
  return { url: at.url, transport };
}

function writeTrace(folder: string, { result, exchanges }: RanCell, { peers }: MatrixConfig): void {
  const { trace, edition, peer } = result;
  if (trace === undefined) return;
  const own = peers.find(({ name }) => name === peer)?.is.kind === 'own';
  const bytes = recordingOf(exchanges, edition, own ? 'simulated' : 'foreign');
  attempt('--out', join(folder, trace), (file) => writeFileSync(file, bytes));
}

function write({ out, json }: MatrixOptions, report: MatrixReport): void {
  const text = writeReport(report);
  if (json !== undefined) attempt('--json', json, (file) => writeFileSync(file, text));
  if (out === undefined) return;
  attempt('--out', join(out, 'matrix.json'), (file) => writeFileSync(file, text));
  attempt('--out', join(out, 'matrix.html'), (file) => writeFileSync(file, matrixPage(report)));
}

function progress(
  { tracker, peer, edition, verdict, reason }: CellResult,
  done: number,
  all: number,
): string {
  const number = String(done).padStart(String(all).length);
  const { symbol, words } = CELL_WORDS[verdict];
  const line = `${number}/${all}  ${symbol} ${words}  ${tracker} × ${peer} × ${edition}`;
  return verdict === 'works' ? line : `${line}\n    ${reason}`;
}
