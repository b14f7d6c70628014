import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choiceIn, createScenarios, DEFAULT_CHOICE, withChoice } from './scenarios.ts';

const PUBLIC = join(import.meta.dirname, '../../public');
const server = createServer(({ url = '/' }, response) => {
  try {
    response.end(readFileSync(join(PUBLIC, new URL(url, 'http://host').pathname)));
  } catch {
    response.writeHead(404).end();
  }
});
let page = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());

test('the address names a preset, by its file or by its name, and it goes back there', async () => {
  const scenarios = createScenarios(page);
  for (const id of ['flash-crowd', 'Flash Crowd']) {
    const address = `${page}?scenario=${encodeURIComponent(id)}`;
    const { choice, ignored } = await choiceIn(address, scenarios);
    expect([choice.scenario.name, choice.preset, ignored]).toEqual(['flash crowd', 'flash-crowd', []]);
    expect(withChoice(choice, page)).toBe(`${page}?scenario=flash-crowd`);
  }
  expect(withChoice(DEFAULT_CHOICE, `${page}?scenario=flash-crowd`)).toBe(page);
  expect((await choiceIn(page, scenarios)).choice).toBe(DEFAULT_CHOICE);
  for (const { about } of scenarios.store.getState()) expect(about).toMatch(/\.$/);
});

test('one that there is not is told of, with those that there are; without a list the page has its own', async () => {
  const { choice, ignored } = await choiceIn(`${page}?scenario=moon`, createScenarios(page));
  expect(choice).toBe(DEFAULT_CHOICE);
  expect(ignored).toEqual([
    expect.stringMatching(/^scenario: one of three-tempers, steady-film, .*churn\.$/),
  ]);
  const alone = createScenarios(`${page}nowhere/`);
  expect(await alone.load('three tempers')).toMatchObject({ ok: true });
  await expect(alone.load('flash-crowd')).rejects.toThrow('one of three-tempers.');
});

test('a file of one’s own is read, or said what is wrong with', async () => {
  const scenarios = createScenarios(page);
  const text = await scenarios.textOf('steady-film');
  expect(await scenarios.read(text)).toMatchObject({ ok: true, preset: undefined });
  expect(await scenarios.read(text.replace('"seed"', '"sed"'))).toMatchObject({
    ok: false,
    problems: [{ path: '$.sed', remedy: expect.stringContaining('seed') }],
  });
});
