/**
 * The simulator against theory, at full size: `npm run validate [-- --json FILE --quick]`. Prints what was expected and
 * what came out, and ends with 1 when the two are too far apart. What is compared and why: docs/models.md, "Validation".
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundled } from './bundle.mjs';
import { printTable } from './tables.mjs';

/** @typedef {import('../src/testing/theory/check.ts').Check} Check */

const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const size = values.quick ? 'quick' : 'full';

const modules = await bundled({
  check: 'src/testing/theory/check.ts',
  distributions: 'src/testing/theory/distributions.ts',
  occupancy: 'src/testing/theory/occupancy.ts',
  fluid: 'src/testing/theory/fluid.ts',
  lists: 'src/testing/theory/lists.ts',
});
/** @type {readonly ((size: string) => Check[] | Promise<Check[]>)[]} */
const parts = [
  modules.distributions.distributions,
  modules.occupancy.occupancy,
  modules.fluid.fluid,
  modules.lists.lists,
];
const start = performance.now();
/** @type {Check[]} */
const checks = [];
// One after the other: each needs a processor and memory of its own.
for (const part of parts) checks.push(...(await part(size)));
const results = checks.map((check) => ({
  ...check,
  deviation: check.measured - check.expected,
  holds: /** @type {boolean} */ (modules.check.holds(check)),
}));

/** @param {number} value */
const figure = (value) => value.toLocaleString('en', { maximumFractionDigits: value > 100 ? 1 : 3 });
printTable(
  ['what', 'expected', 'measured', 'deviation', 'allowed', 'verdict'],
  results.map(({ what, expected, measured, deviation, allowed, holds }) => [
    what,
    figure(expected),
    figure(measured),
    figure(deviation),
    figure(allowed),
    holds ? 'holds' : 'FAILS',
  ]),
  [1, 2, 3, 4],
);
const failed = results.filter(({ holds }) => !holds).length;
console.log(
  `\n${results.length - failed} of ${results.length} hold; ${size} size, ${Math.round((performance.now() - start) / 1000)} s`,
);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ size, results }, undefined, 2)}\n`);
if (failed > 0) process.exitCode = 1;
