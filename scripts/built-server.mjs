/** The built product as a child process, for tests and scripts that need it running. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './build.mjs';

/**
 * @typedef {object} BuiltServer
 * @property {string} url With a slash at the end.
 * @property {number} port
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => Promise<void>} stop As Ctrl+C does it; resolves when it has ended.
 */

/**
 * Resolves when the server has printed its URL.
 * @param {{ port?: number, nodeArguments?: readonly string[], options?: readonly string[] }} [options]
 *   Port 0: any free one. `options`: further ones of the command.
 * @returns {Promise<BuiltServer>}
 */
export async function startBuiltServer({ port = 0, nodeArguments = [], options = [] } = {}) {
  const program = join(ROOT, 'dist/node/swarmscope.js');
  const args = [...nodeArguments, program, 'serve', '--port', String(port), ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const end = () => child.kill();
  process.on('exit', end);
  const exited = once(child, 'exit');
  const output = /** @type {import('node:stream').Readable} */ (child.stdout);
  for await (const line of createInterface({ input: output })) {
    if (!/^http:\/\/\S+\/$/.test(line)) continue;
    output.resume();
    return {
      url: line,
      port: Number(new URL(line).port),
      child,
      async stop() {
        child.kill('SIGTERM');
        await exited;
        process.off('exit', end);
      },
    };
  }
  throw new Error(`The server ended before it was ready, with exit code ${child.exitCode}.`);
}
