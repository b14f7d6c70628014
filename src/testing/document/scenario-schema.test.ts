import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scenarioSchema } from './scenario-schema.ts';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../../public/scenario.schema.json');

test('public/scenario.schema.json is as the code makes it now (npm run docs writes it)', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(scenarioSchema());
});

type Schema = { readonly [key: string]: Schema } & { readonly description?: string };

test('every field of the published schema says what it means, and what is unknown is refused', () => {
  const schema = JSON.parse(scenarioSchema()) as Schema;
  let fields = 0;
  const look = (node: unknown, path: string): void => {
    if (Array.isArray(node)) return node.forEach((one, i) => look(one, `${path}/${i}`));
    if (typeof node !== 'object' || node === null) return;
    const { properties, type, additionalProperties, $ref } = node as Record<string, unknown>;
    if (type === 'object') expect([path, additionalProperties]).toEqual([path, false]);
    if (typeof $ref === 'string')
      expect(Object.keys(schema['$defs'] ?? {})).toContain($ref.slice('#/$defs/'.length));
    for (const [name, field] of Object.entries((properties ?? {}) as Record<string, Schema>)) {
      fields++;
      const told = field.description ?? field['$ref'];
      expect([`${path}/${name}`, typeof told]).toEqual([`${path}/${name}`, 'string']);
    }
    for (const [key, inner] of Object.entries(node)) look(inner, `${path}/${key}`);
  };
  look(schema, '');
  expect(fields).toBeGreaterThan(100);
});
