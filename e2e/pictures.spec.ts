/**
 * Every place of the page as it looks, against the pictures beside this file: one run on the virtual clock, by its seed
 * and at its end, in three sizes and two themes. Another machine's letters may differ a little; a layout may not.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectNothing } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

const CAPTURE = join(import.meta.dirname, '../src/recording/fixtures/loopback.pcap');

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;

// Half as fine as the page: what moves, vanishes or changes colour shows, and sixty pictures stay small.
test.use({ deviceScaleFactor: 0.5 });

/** The places with what is done there first, in this order. */
const PLACES: readonly {
  readonly name: string;
  readonly key: string;
  readonly prepare?: (page: Page) => Promise<void>;
  /** Part of the pixels that may differ, where it is not a hundredth. */
  readonly most?: number;
  /** No other test has axe judge it. */
  readonly judged?: true;
}[] = [
  {
    name: 'wire',
    key: '2',
    // Of a run at full speed the recording has a sample, which depends on the machine; a file is always the same.
    async prepare(page) {
      await page.getByLabel('Files to import').setInputFiles(CAPTURE);
      await expect(page.getByRole('list', { name: 'Logs' })).toContainText('loopback.pcap');
      await page.getByRole('grid').getByRole('row').nth(3).click();
    },
  },
  { name: 'conformance', key: '3' },
  { name: 'sequence', key: '4' },
  { name: 'compose', key: '5' },
  { name: 'matrix', key: '6' },
  { name: 'lists', key: '7', judged: true },
  {
    name: 'time',
    key: '8',
    // Who holds what is looked at by the clock on the wall: at full speed that is another moment each time.
    async prepare(page) {
      await page.getByRole('button', { name: 'Chunks', exact: true }).click();
      await page.getByRole('button', { name: 'Download progress', exact: true }).click();
    },
  },
  { name: 'states', key: '9' },
  { name: 'lab', key: 'l' },
  // Where discs come to rest hangs by a few pixels on when the view got its size.
  { name: 'swarm', key: '1', most: 0.06 },
];

/** Pixels that a line of the page's letters is wide where the pictures were taken (DejaVu Sans, Chromium on Linux). */
const LETTERS = 2079;

const widthOfLetters = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.font = `100px ${getComputedStyle(document.body).fontFamily}`;
    return Math.round(context.measureText('peers, swarms and 0123456789 requests').width);
  });

for (const colorScheme of ['dark', 'light'] as const)
  test(`every place looks as it did, ${colorScheme}`, async ({ page, server }) => {
    const dashboard = new DashboardPage(page);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The picture is first gone to when all is over: it is laid out from the seed, at once.
    await page.goto(`${server.url}?clock=virtual&scenario=live-zapping&seed=7&speed=max&view=conformance`);
    const letters = await widthOfLetters(page);
    // With other letters each line of text differs, and a picture would tell of the machine, not of the page.
    test.skip(letters !== LETTERS, `letters are ${letters} px wide here: another font than the pictures'`);
    await expect(page.locator('[data-events-sha256]')).toHaveAttribute('data-events-sha256', /./, {
      timeout: 120_000,
    });
    for (const { name, key, prepare, judged, most = 0.01 } of PLACES) {
      await page.setViewportSize(SIZES[0]);
      await page.locator('body').press(key);
      await prepare?.(page);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await expect.soft(page).toHaveScreenshot(`${name}-${size.width}-${colorScheme}.png`, {
          maxDiffPixelRatio: most,
          scale: 'device',
        });
      }
      if (judged === true) await expectNothing(page, { include: ['main'], again: colorScheme === 'light' });
      await page.keyboard.press('Escape');
    }
    expect(dashboard.complaints).toEqual([]);
  });
