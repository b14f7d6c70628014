import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectNothing, expectNoWiderThan, LOOKS } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { startListener } from './listener.ts';

const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type, accept' };

async function open(page: Page, server: { readonly url: string }, query = ''): Promise<void> {
  await page.goto(`${server.url}?peers=3&view=conformance${query}`);
  await expect(page.getByRole('button', { name: /^Run all [1-9]/ })).toBeEnabled();
}

const caseRow = (page: Page, id: string): Locator => page.locator(`[data-case="${id}"]`);

const ended = (page: Page): Promise<void> =>
  expect(page.getByRole('button', { name: 'Export JSON' })).toBeVisible({ timeout: 120_000 });

const standing = (page: Page, word: string): Locator =>
  page.getByRole('group', { name: 'How they stand' }).getByRole('button', { name: word });

interface Report {
  readonly subject: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly results: readonly { readonly id: string; readonly verdict: string }[];
}

test('every MUST of RFC 7846 that a page can try is met by our own server; a case shows its bytes, runs again and is taken along', async ({
  page,
  server,
}) => {
  await open(page, server);
  await page.getByRole('combobox', { name: 'Edition of the cases' }).selectOption('rfc7846');
  await page.getByRole('combobox', { name: 'Level' }).selectOption('MUST');
  const all = await page.locator('.conf-case').count();
  expect(all).toBeGreaterThan(60);
  await page.getByRole('button', { name: `Run shown ${all}` }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await ended(page);
  await expect(standing(page, 'fails')).toHaveCount(0);
  await expect(standing(page, 'open')).toHaveCount(0);
  await expect(standing(page, 'not run')).toHaveCount(0);
  const words = await page.locator('.conf-case .conf-standing').allTextContents();
  expect(words.filter((word) => word === 'passes').length).toBeGreaterThan(40);
  expect(words.filter((word) => word !== 'passes' && word !== 'skipped')).toEqual([]);

  // What a page cannot do is skipped, with the way to do it.
  await standing(page, 'skipped').click();
  await page.getByRole('searchbox', { name: 'Find cases' }).fill('rfc7846/http/*');
  await page.locator('.conf-case').first().click();
  const detail = page.getByRole('complementary', { name: 'Case' });
  await expect(detail).toContainText('needs a raw socket');
  await expect(detail.getByRole('region', { name: /command/ })).toContainText(
    `swarmscope conformance '${server.url}' --only 'rfc7846/http/`,
  );
  await standing(page, 'skipped').click();

  await page.getByRole('searchbox', { name: 'Find cases' }).fill('*/find-unregistered');
  await caseRow(page, 'rfc7846/2.3/find-unregistered').click();
  await detail.locator('summary').last().click();
  await expect(detail.getByRole('region', { name: 'Request' })).toContainText('"request_type":"FIND"');
  await expect(detail.getByRole('region', { name: 'Answer' })).toContainText('"response_type":1');
  await detail.getByRole('button', { name: 'Inspect' }).click();
  const inspector = page.getByRole('dialog', { name: 'Inspector' });
  await expect(inspector.getByRole('region', { name: 'Response' })).toContainText('403');
  await page.keyboard.press('Escape');
  await expect(inspector).toBeHidden();

  const bytes = await detail.getByRole('region', { name: 'Request' }).textContent();
  await detail.getByRole('button', { name: 'Run again' }).click();
  await ended(page);
  await expect(detail.locator('.conf-standing')).toHaveText('passes');
  // It stays open, and a run has names of its own, so that it is seen to have been sent again.
  await expect(detail.getByRole('region', { name: 'Request' })).not.toHaveText(bytes ?? '');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export JSON' }).click();
  const report = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Report;
  expect(report.subject).toBe(server.url);
  expect(report.results).toHaveLength(all);
  expect(report.counts).toMatchObject({
    pass: words.filter((word) => word === 'passes').length,
    skipped: words.filter((word) => word === 'skipped').length,
    fail: 0,
    inconclusive: 0,
    fault: 0,
  });
});

test('a run can be cancelled: what was done stays, and the rest can be run', async ({ page, server }) => {
  await open(page, server);
  // Cases that outwait it come first, and there are many: the run has not ended by the time it is cancelled.
  await page.getByRole('spinbutton', { name: 'Track timer' }).fill('3');
  await page.getByRole('button', { name: /^Run all/ }).click();
  await expect(standing(page, 'passes')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText(/Cancelled\. [1-9]\d* cases? done, which stay; [1-9]\d* left/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run the rest' })).toBeVisible();
  await expect(standing(page, 'passes')).toBeVisible();
  await expect(standing(page, 'not run')).toBeVisible();
});

test('a worker that dies is told of: what was done stays, and the rest runs in another', async ({
  page,
  server,
}) => {
  await open(page, server, '&edition=rfc7846');
  await page.getByRole('combobox', { name: 'Edition of the cases' }).selectOption('gu-04');
  await page.getByRole('button', { name: /^Run shown/ }).click();
  await expect(standing(page, 'passes')).toBeVisible();
  const worker = page.workers().find((one) => one.url().includes('conformance'));
  // Not at once: a worker that is gone could not say that it did so.
  await worker?.evaluate(() => void setTimeout(() => self.close()));
  await expect(page.getByText(/stopped answering.*done, which stay/)).toBeVisible();
  await page.getByRole('button', { name: 'Run the rest' }).click();
  await ended(page);
  await expect(standing(page, 'not run')).toHaveCount(0);
  await expect(standing(page, 'fails')).toHaveCount(0);
});

test('a server that is no tracker fails, and reads why', async ({ page, server }) => {
  const { url, server: other } = await startListener((request, response) => {
    request.resume();
    response.writeHead(200, { ...cors, 'content-type': 'text/html' });
    response.end('<!doctype html><title>It works!</title>');
  });
  await open(page, server, `&tracker=${encodeURIComponent(url)}`);
  await page.getByRole('searchbox', { name: 'Find cases' }).fill('rfc7846/4.1.1/*');
  await page.getByRole('combobox', { name: 'Level' }).selectOption('MUST');
  await page.getByRole('button', { name: /^Run shown/ }).click();
  await ended(page);
  await standing(page, 'fails').click();
  await page.locator('.conf-case').first().click();
  const detail = page.getByRole('complementary', { name: 'Case' });
  await expect(detail.locator('.conf-standing')).toHaveText('fails');
  for (const name of ['Asked for', 'Section', 'Expected', 'Actual', 'What to do'])
    await expect(detail.getByText(name, { exact: true })).toBeVisible();
  await detail.locator('summary').first().click();
  await expect(detail.getByRole('region', { name: 'Answer' })).toContainText('<title>It works!</title>');
  // Failed ones alone are run again.
  const failed = await page.locator('.conf-case').count();
  await expect(page.getByRole('button', { name: /^Run failed again/ })).toBeVisible();
  await page.getByRole('button', { name: /^Run failed again/ }).click();
  await ended(page);
  await expect(page.locator('.conf-case')).toHaveCount(failed);
  await page.close();
  other.closeAllConnections();
  other.close();
});

test('our own peers pass every case, in memory', async ({ page, server }) => {
  await open(page, server);
  await page.getByRole('button', { name: /^Peers \(ours\)/ }).click();
  await page.getByRole('button', { name: /^Run all/ }).click();
  await ended(page);
  const words = new Set(await page.locator('.conf-case .conf-standing').allTextContents());
  expect([...words]).toEqual(['passes']);
});

test('by keyboard alone: key 3, find, run, open, close', async ({ page, server }) => {
  await page.goto(`${server.url}?peers=3`);
  await expect(page.getByRole('button', { name: /^pause/i })).toBeEnabled();
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: /^Run all [1-9]/ })).toBeEnabled();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Find cases' })).toBeFocused();
  await page.keyboard.type('rfc7846/2.3/find-un*');
  const rows = page.locator('.conf-case');
  await expect(rows).toHaveCount(2);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: 'Case' });
  await detail.getByRole('button', { name: 'Run this case' }).press('Enter');
  await expect(detail.locator('.conf-standing')).toHaveText('passes');
  await rows.nth(1).focus();
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(rows.nth(1)).toBeFocused();
});

test('axe finds nothing in the suite, in any theme, at any size', async ({ page, server }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await open(page, server);
  await page.getByRole('searchbox', { name: 'Find cases' }).fill('rfc7846/2.3*');
  await page.getByRole('button', { name: /^Run shown/ }).click();
  await ended(page);
  await page.locator('.conf-case').first().click();
  await page.locator('.conf-exchange summary').first().click();
  const projector = { colorScheme: 'light', size: LOOKS[0].size, again: true, projector: true };
  for (const look of [...LOOKS, projector] as const)
    await test.step(`${'projector' in look ? 'projector' : look.colorScheme} at ${look.size.width}`, async () => {
      const { colorScheme, size, again } = look;
      await page.emulateMedia({
        colorScheme: colorScheme === 'dark' ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      await page.setViewportSize(size);
      if ('projector' in look) await page.keyboard.press('p');
      await expectNothing(page, { again });
      await expectNoWiderThan(page, size.width);
    });
});
