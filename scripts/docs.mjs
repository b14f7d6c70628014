/** Fills from the code what it says of itself: `npm run docs`. Tests tell when it is due. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.mjs';
import { bundled } from './bundle.mjs';

const { document, models, schema, sweep } = await bundled({
  document: 'src/testing/document/document.ts',
  models: 'src/testing/document/models.ts',
  schema: 'src/testing/document/scenario-schema.ts',
  sweep: 'src/testing/document/sweep-schema.ts',
});

/** @param {string} path @param {(before: string) => string} made */
function write(path, made) {
  const file = join(ROOT, path);
  const before = readFileSync(file, 'utf8');
  const after = made(before);
  if (after !== before) writeFileSync(file, after);
  console.log(`${path}: ${after === before ? 'as it was' : 'made anew'}`);
}

write('docs/protocol.md', (before) => document.fill(before));
write('docs/models.md', (before) => document.fill(before, models.MODEL_REGIONS));
write('public/scenario.schema.json', schema.scenarioSchema);
write('public/sweep.schema.json', sweep.sweepSchema);
