import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;

for (const colorScheme of ['dark', 'light'] as const)
  for (const size of SIZES)
    test(`axe finds nothing in the ${colorScheme} page at ${size.width}x${size.height}, whatever is open`, async ({
      dashboard,
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await dashboard.waitForPeers(200);
      // Nothing to scroll to the side for.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(size.width);
      for (const tab of ['Peers', 'Messages', 'Peer'] as const) {
        await dashboard.tab(tab).click();
        if (tab === 'Peers') await page.getByRole('option').nth(5).click();
        if (tab === 'Messages') {
          // The list, and after it an exchange opened.
          await expectNothing(page);
          await dashboard.openExchange();
        }
        await expectNothing(page);
        if (tab === 'Messages') await dashboard.button('All messages').click();
      }
      await page.keyboard.press('Escape');
      await dashboard.openSettings();
      await expectNothing(page);
    });

async function expectNothing(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
