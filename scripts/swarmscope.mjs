/**
 * The command line from a checkout: builds what is stale, then runs the built command in this very process,
 * so that signals reach it and there is no child to lose.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOrExit, ROOT } from './build.mjs';

await buildOrExit();
await import(pathToFileURL(join(ROOT, 'dist', 'node', 'swarmscope.js')).href);
