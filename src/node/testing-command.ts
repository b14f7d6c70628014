/** The built command as a person runs it, in processes of their own, for the tests of this folder. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface CommandRun {
  readonly child: ChildProcess;
  /** What was printed so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Resolves with the first match in what is printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

export class TestCommand {
  readonly #script: string;
  readonly #children = new Set<ChildProcess>();

  /** `folder`: where it was built to. */
  constructor(folder: string) {
    this.#script = join(folder, 'swarmscope.js');
  }

  /** `limit`: a command of the shell's for the process alone. */
  run(args: readonly string[], env: Record<string, string> = {}, limit?: string): CommandRun {
    const { PORT: _port, HOST: _host, ...inherited } = process.env;
    const command = [process.execPath, this.#script, ...args];
    const [program = '', ...rest] =
      limit === undefined ? command : ['sh', '-c', `${limit}; exec "$@"`, 'sh', ...command];
    const child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inherited, ...env },
    });
    this.#children.add(child);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const ended = once(child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as string | null,
    }));
    return {
      child,
      out: () => out,
      err: () => err,
      ended,
      async printed(pattern) {
        for (;;) {
          const match = pattern.exec(out);
          if (match) return match;
          await Promise.race([
            once(child.stdout, 'data'),
            ended.then(() =>
              Promise.reject(new Error(`ended before it printed ${String(pattern)}: ${out}${err}`)),
            ),
          ]);
        }
      },
    };
  }

  async finished(
    args: readonly string[],
    env?: Record<string, string>,
  ): Promise<CommandRun & { code: number | null }> {
    const started = this.run(args, env);
    const { code } = await started.ended;
    return { ...started, code };
  }

  /** Whatever still runs ends. */
  stop(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    this.#children.clear();
  }
}
