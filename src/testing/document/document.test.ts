/** What `docs/protocol.md` says of the code is what the code does, and what it points to is there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SELECTIONS } from '../../tracker/policies.ts';
import { fill, headings, REGIONS } from './document.ts';
import { anchor } from './markdown.ts';
import { MODEL_REGIONS } from './models.ts';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../../docs/protocol.md');
const document = readFileSync(FILE, 'utf8');
const links = Array.from(document.matchAll(/\]\((?<to>[^)\s]+)\)/g), ([, to = '']) => to);

describe('docs/protocol.md', () => {
  test('every region is as the code makes it now (npm run docs fills them)', () => {
    expect(document).toBe(fill(document));
  });

  test('no region is left out', () => {
    const used = Array.from(document.matchAll(/^<!-- generated: (.+) -->$/gm), ([, name]) => name);
    expect(new Set(used)).toEqual(new Set([...Object.keys(REGIONS), 'contents']));
  });

  test('links lead to files and headings that are there', () => {
    const all = headings(document).map(({ text }) => `#${anchor(text)}`);
    const anchors = new Set(all);
    // Of two alike, GitHub would give the second a number.
    expect(anchors.size).toBe(all.length);
    const broken = links.filter((to) => {
      if (to.startsWith('https://')) return false;
      return to.startsWith('#') ? !anchors.has(to) : !existsSync(join(dirname(FILE), to));
    });
    expect(broken).toEqual([]);
    expect(links.length).toBeGreaterThan(50);
  });

  test('every selection policy is told of', () => {
    expect(SELECTIONS.filter((name) => !document.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('docs/models.md', () => {
  const models = readFileSync(join(dirname(FILE), 'models.md'), 'utf8');

  test('every region is as the code makes it now, and none is left out (npm run docs fills them)', () => {
    expect(models).toBe(fill(models, MODEL_REGIONS));
    const used = Array.from(models.matchAll(/^<!-- generated: (.+) -->$/gm), ([, name]) => name);
    expect(new Set(used)).toEqual(new Set([...Object.keys(MODEL_REGIONS), 'contents']));
  });

  test('every selection policy is told of', () => {
    expect(SELECTIONS.filter((name) => !models.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('every preset is told of', () => {
    const index = readFileSync(join(dirname(FILE), '../public/scenarios/index.json'), 'utf8');
    const names = (JSON.parse(index) as readonly { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => !models.includes(`| ${name} |`))).toEqual([]);
  });

  test('links lead to headings that are there', () => {
    const anchors = headings(models).map(({ text }) => `#${anchor(text)}`);
    const inner = Array.from(models.matchAll(/\]\((?<to>#[^)\s]+)\)/g), ([, to = '']) => to);
    expect(inner.filter((to) => !anchors.includes(to))).toEqual([]);
    expect(inner.length).toBeGreaterThan(10);
  });
});

test('a region that nothing makes is no region', () => {
  expect(() => fill('<!-- generated: nonsense -->\n<!-- /generated -->')).toThrow('nonsense');
});
