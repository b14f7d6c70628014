import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sweepSchema } from './sweep-schema.ts';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../../public/sweep.schema.json');

test('public/sweep.schema.json is as the code makes it now (npm run docs writes it)', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(sweepSchema());
});

test('every field says what it means, what is unknown is refused, a scenario in full is one', () => {
  const { properties, additionalProperties } = JSON.parse(sweepSchema()) as {
    readonly properties: Readonly<
      Record<string, { readonly description?: string; readonly anyOf?: unknown }>
    >;
    readonly additionalProperties: unknown;
  };
  expect(additionalProperties).toBe(false);
  for (const [name, { description }] of Object.entries(properties))
    expect([name, description]).not.toContain(undefined);
  expect(properties['scenario']?.anyOf).toContainEqual({ $ref: 'scenario.schema.json' });
});
