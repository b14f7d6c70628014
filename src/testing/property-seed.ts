/**
 * Where properties begin: anywhere on a developer's machine, so that every run looks somewhere new; at one place
 * in CI, so that a build is red for what changed and for nothing else. A failure prints the seed that repeats it.
 */
import * as fc from 'fast-check';

const CI_SEED = 7846;

if (process.env['CI'] === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: CI_SEED });
