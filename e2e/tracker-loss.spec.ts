import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';
import { startBuiltServer } from '../scripts/built-server.mjs';

test('the tracker goes and comes back: the page says so within 5 s, and everyone is back without a reload, once', async ({
  page,
}) => {
  const first = await startBuiltServer();
  const dashboard = new DashboardPage(page);
  await page.goto(first.url);
  await dashboard.waitForPeers(200);
  await first.stop();
  await expect(dashboard.alert).toContainText('The tracker is gone', { timeout: 5000 });

  const second = await startBuiltServer({ port: first.port });
  try {
    await expect(dashboard.alert).toHaveText('', { timeout: 15_000 });
    // Reports are sent every 15 s; whoever is not known there joins again.
    await expect.poll(async () => (await statsOf(second)).peers, { timeout: 40_000 }).toBeGreaterThan(200);
    await expect.poll(async () => (await statsOf(second)).peers - (await dashboard.value('peers'))).toBe(0);
    // Paused, the page's own peers can be counted against the tracker's: each stands there at most once.
    await dashboard.button(/pause/i).click();
    const stats = await statsOf(second);
    const simulated = Number(await page.locator('[data-graph-nodes]').getAttribute('data-graph-nodes'));
    expect(stats.peers).toBeLessThanOrEqual(simulated + 15);
  } finally {
    await page.close();
    await second.stop();
  }
});
