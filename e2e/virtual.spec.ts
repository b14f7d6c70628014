import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNothing, expectNoWiderThan } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

const ROOT = join(import.meta.dirname, '..');

/** Small, and a little of everything: two swarms, the tracker down for a while. */
const SCENARIO = {
  name: 'small',
  seed: 11,
  duration: 90,
  peers: { crash: 0.1, maxLinks: 4, reportInterval: 15 },
  network: { loss: 0.01 },
  swarms: ['film', 'series'].map((id) => ({
    id,
    kind: 'vod',
    chunks: 24,
    chunkBytes: 16_384,
    seeds: 1,
    arrivals: { process: 'poisson', rate: 0.3 },
    seedTime: { distribution: 'exponential', mean: 20 },
    upload: { distribution: 'lognormal', median: 60_000, sigma: 0.4 },
    download: { distribution: 'constant', value: 200_000 },
  })),
  faults: [{ at: 40, for: 10, kind: 'tracker-down' }],
};
const file = (value: unknown, name = 'small.json') => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(value)),
});

test('a scenario of one’s own runs in the page to the bytes that the command line writes, step by step and in several workers', async ({
  page,
  server,
}) => {
  const out = mkdtempSync(join(tmpdir(), 'swarmscope-e2e-'));
  const scenario = join(out, 'small.json');
  writeFileSync(scenario, JSON.stringify(SCENARIO));
  execFileSync('node', [join(ROOT, 'dist/node/swarmscope.js'), 'run', scenario, '--out', out]);
  const { eventsSha256 } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
    readonly eventsSha256: string;
  };

  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?clock=virtual&peers=20&speed=1`);
  const bar = page.getByRole('region', { name: 'Virtual clock' });
  await expect(bar).toBeVisible();
  // No tracker is asked for anything.
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' || request.url().endsWith('/stats')) asked.push(request.url());
  });

  // What is wrong with a file is said at its path; a file that is right is run.
  const dialog = await dashboard.openSettings();
  const input = dialog.getByLabel('Scenario file');
  await input.setInputFiles(file({ ...SCENARIO, sed: 1 }));
  await expect(dialog.getByRole('alert')).toContainText('$.sed');
  await input.setInputFiles(file(SCENARIO));
  await expect(dialog.getByLabel('Scenario', { exact: true })).toHaveValue('');
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(page.getByText('All swarms · small')).toBeVisible();

  // By keys: an event, a second, faster; the time stands in between.
  const time = page.locator('[data-virtual-time]');
  const events = page.locator('[data-events]');
  const timeNow = async (): Promise<number> => Number(await time.getAttribute('data-virtual-time'));
  const eventsNow = async (): Promise<number> => Number(await events.getAttribute('data-events'));
  await expect.poll(timeNow).toBeGreaterThan(0);
  await dashboard.pause();
  const [before, met] = [await timeNow(), await eventsNow()];
  await page.keyboard.press('>');
  await expect.poll(async () => Math.round((await timeNow()) - before)).toBe(1);
  await page.keyboard.press('.');
  await expect.poll(eventsNow).toBeGreaterThan(met);
  const speed = bar.getByRole('combobox', { name: 'Speed' });
  await page.keyboard.press(']');
  await expect(speed).toHaveValue('2');
  await page.keyboard.press('[');
  await expect(speed).toHaveValue('1');
  await speed.selectOption('as fast as it goes');
  await page.getByRole('button', { name: /^resume/i }).click();
  const hash = page.locator('[data-events-sha256]');
  await expect(hash).toHaveAttribute('data-events-sha256', eventsSha256, { timeout: 120_000 });
  await expect(page.getByText('ended', { exact: true })).toBeVisible();
  expect(asked).toEqual([]);

  // Its messages are there as those of any run, and its files to be taken along.
  await page.keyboard.press('2');
  await expect(page.getByText(/\d exchanges/).first()).toBeVisible();
  await page.keyboard.press('1');
  const saved: string[] = [];
  page.on('download', (download) => saved.push(download.suggestedFilename()));
  await page.getByRole('button', { name: /^Save results/ }).click();
  await expect.poll(() => saved.sort()).toEqual(['events.ndjson', 'series.csv', 'summary.json']);

  await expectNothing(page, { include: ['.topbar'] });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNoWiderThan(page, 390);
  await expectNothing(page, { include: ['.topbar'] });
  expect(dashboard.complaints).toEqual([]);

  // Three workers share the run: the same bytes.
  await page.goto(`${server.url}?clock=virtual&peers=3&speed=max&workers=3`);
  await dashboard.openSettings();
  await page.getByLabel('Scenario file').setInputFiles(file(SCENARIO));
  await expect(page.getByLabel('Scenario', { exact: true })).toHaveValue('');
  await page.getByRole('button', { name: /apply/i }).click();
  await expect(hash).toHaveAttribute('data-events-sha256', eventsSha256, { timeout: 120_000 });
});
