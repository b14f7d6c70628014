import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;

for (const colorScheme of ['dark', 'light'] as const)
  test(`axe finds nothing in the ${colorScheme} page, at any size, whatever is open`, async ({
    dashboard,
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await dashboard.waitForPeers(200);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // Nothing to scroll to the side for.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
      for (const tab of ['Peers', 'Messages', 'Peer'] as const) {
        await dashboard.tab(tab).click();
        if (tab === 'Peers') await page.getByRole('option').nth(5).click();
        if (tab === 'Messages') {
          const back = dashboard.button('All messages');
          // The list, and after it the first exchange opened.
          if (await back.isVisible()) await back.click();
          await expectNothing(page);
          await page
            .getByRole('list', { name: /latest exchanges/i })
            .getByRole('button')
            .first()
            .click();
        }
        await expectNothing(page);
      }
    }
    await page.keyboard.press('Escape');
    await page.setViewportSize(SIZES[0]);
    await dashboard.openSettings();
    await expectNothing(page);
  });

async function expectNothing(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
