/**
 * Builds the dashboard (dist/web) and the command line (dist/node) when their sources have changed.
 * `node scripts/build.mjs` builds what is stale, `--force` builds anyway.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
/** Hash of the sources that dist/ was built from. */
const STAMP = join(DIST, 'stamp');
const LOCK = join(DIST, 'building.lock');
const WORK = '.building-';

const SOURCES =
  /^(src|public|index\.html|package\.json|package-lock\.json|vite\.config\.ts|tsconfig.*\.json|scripts)$/;
const NO_SOURCE = /\.test\.[a-z]+$|\.md$|^src\/testing\//;

/** @param {string} path @returns {Generator<string>} Every file under `path`, in a stable order. */
function* filesUnder(path) {
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** What the build depends on, as one hash: contents, not dates, so that a checkout or a copy is no change. */
function sourceHash() {
  const hash = createHash('sha256');
  for (const top of readdirSync(ROOT).sort()) {
    if (!SOURCES.test(top)) continue;
    for (const file of top === 'scripts' ? [fileURLToPath(import.meta.url)] : filesUnder(join(ROOT, top))) {
      const name = relative(ROOT, file).split(sep).join('/');
      if (NO_SOURCE.test(name)) continue;
      const content = readFileSync(file);
      hash.update(`${name}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/** @param {string} hash */
function isBuilt(hash) {
  return (
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === hash &&
    existsSync(join(DIST, 'web', 'index.html')) &&
    existsSync(join(DIST, 'node', 'swarmscope.js')) &&
    existsSync(join(DIST, 'node', 'thread.js'))
  );
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * One builder at a time. It only saves work: each builds in a folder of its own and moves the result into
 * place, so two at once would do no harm.
 */
async function lock() {
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
    // 0: just gone, or made and not yet written. Another computer's process on a shared disk looks dead: see above.
    if (holder !== 0 && !isAlive(holder)) rmSync(LOCK, { force: true });
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Leftovers of builders that were killed. */
function sweep() {
  for (const name of readdirSync(DIST)) {
    if (name.startsWith(WORK) && !isAlive(Number(name.slice(WORK.length))))
      rmSync(join(DIST, name), { recursive: true, force: true });
  }
}

/** Builds the command line into `outDir`; dependencies stay imports. @param {string} outDir */
export async function buildNode(outDir) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        // What runs in threads is a file of its own, which the command finds beside itself.
        input: { swarmscope: 'src/node/swarmscope.ts', thread: 'src/node/thread.ts' },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

/** @param {string} outDir */
async function buildWeb(outDir) {
  const { build } = await import('vite');
  await build({ root: ROOT, logLevel: 'error', build: { outDir, emptyOutDir: true } });
}

/** @param {{ force?: boolean }} [options] */
export async function buildIfStale({ force = false } = {}) {
  if (!force && isBuilt(sourceHash())) return;
  mkdirSync(DIST, { recursive: true });
  await lock();
  const work = join(DIST, `${WORK}${process.pid}`);
  try {
    // Another may have built it while this one waited for its turn.
    const hash = sourceHash();
    if (!force && isBuilt(hash)) return;
    sweep();
    process.stderr.write('swarmscope: building the dashboard and the tracker ... ');
    const start = performance.now();
    await buildWeb(join(work, 'web'));
    await buildNode(join(work, 'node'));
    // Without a stamp nothing is current: a builder killed between the two moves leaves no mix behind.
    rmSync(STAMP, { force: true });
    for (const part of ['web', 'node']) {
      if (existsSync(join(DIST, part))) renameSync(join(DIST, part), join(work, `old-${part}`));
      renameSync(join(work, part), join(DIST, part));
    }
    writeFileSync(join(work, 'stamp'), hash);
    renameSync(join(work, 'stamp'), STAMP);
    process.stderr.write(`done in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    process.stderr.write('failed\n');
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(LOCK, { force: true });
  }
}

/** Builds, or says readably why not and ends the process. @param {{ force?: boolean }} [options] */
export async function buildOrExit(options) {
  try {
    await buildIfStale(options);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('swarmscope: the build failed (see above); is `npm install` up to date?');
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildOrExit({ force: process.argv.includes('--force') });
}
