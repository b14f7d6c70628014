import { expectNothing, expectNoWiderThan, LOOKS } from './axe.ts';
import { test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

test('axe finds nothing in the page, dark or light, at any size, whatever is open', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=60`);
  await dashboard.waitForPeers(50);
  // What moves on is judged anew again and again.
  await dashboard.pause();
  for (const { colorScheme, size, again } of LOOKS)
    await test.step(`${colorScheme} at ${size.width}x${size.height}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await expectNoWiderThan(page, size.width);
      for (const tab of ['Peers', 'Messages', 'Peer'] as const) {
        await dashboard.tab(tab).click();
        if (tab === 'Peers')
          await page.getByRole('listbox', { name: 'Peers' }).getByRole('option').nth(5).click();
        if (tab === 'Messages') {
          // The list, and after it an exchange opened.
          await expectNothing(page, { again });
          await dashboard.openExchange();
        }
        await expectNothing(page, { again });
        if (tab === 'Messages') await dashboard.button('All messages').click();
      }
      await page.keyboard.press('Escape');
      await dashboard.openSettings();
      await expectNothing(page, { again });
      await page.keyboard.press('Escape');
    });
});
