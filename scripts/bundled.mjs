/** Modules of `src/` for the benchmarks: bundled as the command line is, so that what is measured is what runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ROOT } from './build.mjs';

/**
 * @param {Readonly<Record<string, string>>} input Files by a name of one's own.
 * @returns {Promise<any>} The modules by the same names.
 */
export async function loadBundled(input) {
  // Beneath the project, for the bundle imports its dependencies.
  const outDir = mkdtempSync(join(ROOT, 'node_modules', '.bench-'));
  try {
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
        rolldownOptions: { input: { ...input }, output: { entryFileNames: '[name].mjs' } },
      },
    });
    const modules = await Promise.all(
      Object.keys(input).map(async (name) => [
        name,
        await import(pathToFileURL(join(outDir, `${name}.mjs`)).href),
      ]),
    );
    return Object.fromEntries(modules);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
