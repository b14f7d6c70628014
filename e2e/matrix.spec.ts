import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

test('a config is run in the page; a cell says what came of it, and opens its trace; the matrix is taken along and opened again', async ({
  page,
  server,
}) => {
  await page.goto(`${server.url}?peers=3&view=matrix`);
  const config = {
    trackers: [
      { name: 'this server', url: server.url },
      { name: 'nobody', url: 'http://127.0.0.1:9/' },
    ],
    peers: [
      { name: 'whole life', behaviour: 'complete' },
      { name: 'a program', command: ['peer', '{tracker}'] },
    ],
    editions: ['rfc7846', 'gu-04'],
    reportInterval: 0.2,
    timeout: 1,
  };
  const input = page.getByLabel('Matrix files');
  const opened = (name: string, text: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await input.setInputFiles(opened('config.json', JSON.stringify({ ...config, extra: 1 })));
  const problems = page.getByRole('alert').filter({ hasText: 'config.json' });
  await expect(problems).toContainText('$.extra is not known here: take it out');
  await input.setInputFiles(opened('config.json', JSON.stringify(config)));
  await page.getByRole('button', { name: 'Run 8 cells' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: '2 works, 2 fails, 4 not applicable; 8 cells' }),
  ).toBeVisible({ timeout: 60_000 });

  // By keyboard alone, from the first cell on.
  const cells = page.locator('.matrix-cell');
  await cells.first().focus();
  const detail = page.getByRole('region', { name: 'Cell' });
  await expect(detail).toContainText('both sides to the letter');
  await expect(detail.getByRole('list', { name: 'Stages' })).toContainText('seed done');
  await page.keyboard.press('ArrowDown');
  await expect(detail).toContainText('It did not come into the swarm: CONNECT met no answer');
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(violations).toEqual([]);
  }
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Close 001-this-server-whole-life-rfc7846/ })).toBeVisible();
  await expect(page.getByText(/^1[0-9] exchanges/).first()).toBeVisible();

  await page.keyboard.press('6');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save matrix.json' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  await page.reload();
  await input.setInputFiles(opened('matrix.json', saved));
  await expect(cells).toHaveCount(8);
  await cells.first().focus();
  await expect(detail).toContainText('was not opened with the matrix');
});
