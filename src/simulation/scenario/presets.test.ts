/** The scenarios that come with the product, in `public/scenarios/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readScenario } from './read.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../public/scenarios');
const INDEX = 'index.json';
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const index = JSON.parse(read(INDEX)) as readonly { name: string; file: string; about: string }[];

test('the index has all of them, each under a name of its own', () => {
  const files = readdirSync(FOLDER).filter((file) => file !== INDEX);
  expect(new Set(index.map(({ file }) => file))).toEqual(new Set(files));
  expect(new Set(index.map(({ name }) => name)).size).toBe(files.length);
});

describe.each(index)('$name', ({ name, file, about }) => {
  test('is a valid scenario, and says what it shows as the index does', () => {
    const result = readScenario(read(file));
    expect(result).toMatchObject({ ok: true, scenario: { name, about, clock: 'virtual' } });
  });

  test('points editors to the schema', () => {
    expect(JSON.parse(read(file))).toMatchObject({ $schema: '../scenario.schema.json' });
  });
});
