import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScenarios } from '../../dashboard/scenarios.ts';
import { inWords, pathName, resolved, skeletonOf, variantsOf, withAt, type SchemaNode } from './schema.ts';

/** There is nobody at that port: there are no presets. */
const scenarios = createScenarios('http://127.0.0.1:9/');
const judged = (value: unknown) => scenarios.read(JSON.stringify(value));

const ROOT = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../public/scenario.schema.json'), 'utf8'),
) as SchemaNode;
const swarm = resolved(ROOT.properties?.['swarms']?.items ?? {}, ROOT);

test('what the form puts down for a new scenario is one, once it has a name', async () => {
  const begun = withAt(
    withAt(skeletonOf(ROOT, ROOT), ['swarms', 0], skeletonOf(swarm, ROOT)),
    ['name'],
    'new',
  );
  const named = withAt(begun, ['swarms', 0, 'id'], 'film');
  expect(await judged(named)).toMatchObject({ ok: true });
});

test('every form that a distribution and an arrival process have can be chosen, and is valid', async () => {
  for (const field of ['upload', 'arrivals']) {
    const variants = variantsOf(resolved(swarm.properties?.[field] ?? {}, ROOT), ROOT);
    expect(variants?.all.length).toBeGreaterThanOrEqual(6);
    for (const { name, node } of variants?.all ?? []) {
      const whole = withAt(
        withAt(
          {
            name: 'new',
            duration: 10,
            swarms: [
              {
                ...(skeletonOf(swarm, ROOT) as object),
                id: 'film',
              },
            ],
          },
          ['swarms', 0, field],
          skeletonOf(node, ROOT),
        ),
        ['seed'],
        1,
      );
      const found = await judged(whole);
      // Lists and files have to be filled in; which form it is has been taken.
      const said = found.ok ? [] : found.problems.map(({ path }) => path);
      for (const path of said) expect(path).toMatch(new RegExp(`^\\$\\.swarms\\[0\\]\\.${field}`));
      expect(name).not.toBe('undefined');
    }
  }
});

test('a value is put where it belongs, made where it is missing, taken out where it is undefined', () => {
  expect(withAt({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
  expect(withAt({ a: [1, 2, 3] }, ['a', 1], undefined)).toEqual({ a: [1, 3] });
  expect(withAt({ a: [1] }, ['a', 1], 2)).toEqual({ a: [1, 2] });
  expect(withAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
});

test('paths are named as problems name them, fields as people do', () => {
  expect(pathName(['swarms', 0, 'chunks'])).toBe('$.swarms[0].chunks');
  expect(inWords('chunkBytes')).toBe('chunk bytes');
});
