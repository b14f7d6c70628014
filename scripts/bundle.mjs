/** TypeScript of ours for a script to use, bundled as the command line is, so that what is measured is what runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ROOT } from './build.mjs';

/**
 * The modules under these names.
 * @template {Record<string, string>} Entries Paths from the root.
 * @param {Entries} entries
 * @returns {Promise<{ [Name in keyof Entries]: any }>} `any`: what a path holds is known to whoever names it.
 */
export async function bundled(entries) {
  // Beneath the project, for the bundle imports its dependencies.
  const outDir = mkdtempSync(join(ROOT, 'node_modules', '.bundled-'));
  try {
    await bundle(entries, outDir);
    const modules = await Promise.all(
      Object.keys(entries).map(async (name) => [
        name,
        await import(pathToFileURL(join(outDir, `${name}.mjs`)).href),
      ]),
    );
    return Object.fromEntries(modules);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/**
 * The same as files, `[name].mjs` each, for a thread to begin with.
 * @param {Record<string, string>} entries Paths from the root.
 * @param {string} outDir Beneath the project.
 */
export async function bundle(entries, outDir) {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { input: entries, output: { entryFileNames: '[name].mjs' } },
    },
  });
}
