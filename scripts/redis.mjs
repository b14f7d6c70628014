/**
 * Finds a Redis server for the tests of sweeps on many machines, and gets one when there is none: what the
 * environment names, an installed one, Debian's package. `node scripts/redis.mjs` prints its path.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['redis-server', 'valkey-server'];
const APT_LIMIT = 300_000;

/** @param {string} path */
const isFile = (path) => existsSync(path) && statSync(path).isFile();

/** Whether it starts at all. @param {string} path */
const runs = (path) => spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;

function installed() {
  const named = process.env['SWARMSCOPE_REDIS'];
  if (named !== undefined && named !== '') {
    if (isFile(named)) return named;
    throw new Error(`SWARMSCOPE_REDIS names ${named}, and there is no such file`);
  }
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => isFile(path) && runs(path));
}

/** Its output goes to stderr, because stdout is for the path. @param {string} command @param {readonly string[]} args */
function run(command, args) {
  console.error(`swarmscope: no Redis found; trying ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    timeout: APT_LIMIT,
    killSignal: 'SIGKILL',
    // Only the program is wanted: the package would start a server of its own.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
  return status === 0;
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !isFile('/usr/bin/apt-get')) return undefined;
  if (!run('apt-get', ['update', '-q'])) return undefined;
  if (!run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'redis-server'])) return undefined;
  return installed();
}

/** @returns {string} The path of a Redis server that runs. */
export function findRedis() {
  const found = installed() ?? fromDebian();
  if (found !== undefined) return found;
  throw new Error(
    'No redis-server found, and none could be got. Install Redis or Valkey ' +
      '(Debian: apt-get install redis-server; macOS: brew install redis), or name one in SWARMSCOPE_REDIS.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(findRedis());
  } catch (error) {
    console.error(`swarmscope: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
