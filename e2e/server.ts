/** The built product as a child process, as `npm start` runs it, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/node/swarmscope.js', import.meta.url));

export interface RunningServer {
  /** With a slash at the end. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** `port` 0: any free one. Resolves when the server has printed its URL. */
export async function startServer(port = 0): Promise<RunningServer> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!/^http:\/\/\S+\/$/.test(line)) continue;
    child.stdout.resume();
    return {
      url: line,
      port: Number(new URL(line).port),
      async stop() {
        child.kill('SIGTERM');
        await exited;
      },
    };
  }
  throw new Error(`The server ended before it was ready, with exit code ${child.exitCode}.`);
}

/** Any other HTTP server, for trackers that are none. */
export async function startListener(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, server };
}
