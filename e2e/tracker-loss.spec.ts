import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';
import { startBuiltServer } from '../scripts/built-server.mjs';

test('the tracker goes and comes back: the page says so within 5 s, and everyone is back without a reload, once', async ({
  page,
}) => {
  const first = await startBuiltServer();
  const dashboard = new DashboardPage(page);
  const everyone = 250;
  await dashboard.openQuiet(first.url, everyone);
  await expect.poll(async () => (await statsOf(first)).peers).toBe(everyone);
  const told = dashboard.alertSays('The tracker is gone');
  await first.stop();
  const stoppedAt = Date.now();
  await expect(dashboard.alert).toContainText('The tracker is gone');
  expect((await told) - stoppedAt).toBeLessThan(5000);
  // A place whose code is still with the server says so, and the run goes on.
  await page.keyboard.press('6');
  const place = page.getByRole('main');
  await expect(place).toContainText('could not be loaded');

  const second = await startBuiltServer({ port: first.port });
  try {
    await place.getByRole('button', { name: 'Try again' }).click();
    await expect(place.getByRole('heading', { name: 'Matrix' })).toBeVisible();
    await page.keyboard.press('1');
    await expect(dashboard.alert).toHaveText('');
    // Reports are sent every 15 s; whoever is not known there joins again. Nobody is missing, nobody stands there twice.
    await expect.poll(async () => (await statsOf(second)).peers, { timeout: 60_000 }).toBe(everyone);
    // Two figures that are read one after the other can only be compared while both stand still.
    await dashboard.pause();
    await expect.poll(async () => (await dashboard.value('peers')) - (await statsOf(second)).peers).toBe(0);
    expect((await statsOf(second)).peers).toBeLessThanOrEqual(everyone);
    expect(await dashboard.drawnPeers()).toBe(everyone);
  } finally {
    await page.close();
    await second.stop();
  }
});
