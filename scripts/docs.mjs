/** Fills the generated regions of docs/protocol.md from the code: `npm run docs`. A test tells when it is due. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.mjs';
import { bundled } from './bundle.mjs';

const FILE = join(ROOT, 'docs', 'protocol.md');

const { document } = await bundled({ document: 'src/testing/document/document.ts' });
const before = readFileSync(FILE, 'utf8');
const after = document.fill(before);
if (after !== before) writeFileSync(FILE, after);
console.log(`docs/protocol.md: ${after === before ? 'as it was' : 'filled anew'}`);
