/**
 * Finds a Chromium for the end-to-end tests, and gets one when there is none:
 * what the environment names, an installed one, Playwright's own download, Debian's package.
 * `node scripts/chromium.mjs` prints its path.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where installers put it on systems that keep programs off the PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const base = process.env[name];
    return base === undefined ? [] : [join(base, 'Google', 'Chrome', 'Application', 'chrome.exe')];
  }),
];

/** A download that makes no progress must not hold up a test run for minutes. */
const DOWNLOAD_LIMIT = 240_000;
const CONNECT_LIMIT = 15_000;
const APT_LIMIT = 300_000;

/** @param {string} path */
const isFile = (path) => existsSync(path) && statSync(path).isFile();

/** Whether it starts at all: a downloaded browser may lack the system's libraries. @param {string} path */
function runs(path) {
  // On Windows `--version` opens a window instead.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function installed() {
  for (const name of ['SWARMSCOPE_CHROMIUM', 'CHROME_PATH']) {
    const path = process.env[name];
    if (path === undefined || path === '') continue;
    if (isFile(path)) return path;
    throw new Error(`${name} names ${path}, and there is no such file`);
  }
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find((path) => isFile(path) && runs(path));
}

/**
 * Runs a command to its end or its limit; its output goes to stderr, because stdout is for the path.
 * @param {string} command @param {readonly string[]} args @param {number} timeout @param {Record<string, string>} [env]
 */
function run(command, args, timeout, env = {}) {
  console.error(`swarmscope: no Chromium found; trying ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    timeout,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

async function fromPlaywright() {
  const { chromium } = await import('@playwright/test');
  const usable = () => {
    const path = chromium.executablePath();
    return path !== '' && isFile(path) && runs(path) ? path : undefined;
  };
  const present = usable();
  if (present !== undefined) return present;
  // Its own script rather than npx, which would leave a grandchild behind when the limit runs out.
  const cli = join(ROOT, 'node_modules', 'playwright', 'cli.js');
  const limits = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECT_LIMIT) };
  run(process.execPath, [cli, 'install', 'chromium'], DOWNLOAD_LIMIT, limits);
  return usable();
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !isFile('/usr/bin/apt-get')) return undefined;
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  if (!run('apt-get', ['update', '-q'], APT_LIMIT, quiet)) return undefined;
  if (!run('apt-get', install, APT_LIMIT, quiet)) return undefined;
  return installed();
}

/** @returns {Promise<string>} The path of a Chromium that runs. */
export async function findChromium() {
  const found = installed() ?? (await fromPlaywright()) ?? fromDebian();
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium found, and none could be got. Install Chrome or Chromium ' +
      '(Debian: apt-get install chromium; macOS: brew install --cask google-chrome), ' +
      'or name one in SWARMSCOPE_CHROMIUM.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await findChromium());
  } catch (error) {
    console.error(`swarmscope: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
