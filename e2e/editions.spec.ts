import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';

test('another edition restarts the swarm in it, and the messages show its bytes', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  const everyone = 120;
  await dashboard.openQuiet(server.url, everyone);
  await expect.poll(async () => (await statsOf(server)).peers).toBe(everyone);
  expect(Object.keys((await statsOf(server)).requests.byEdition)).toEqual(['rfc7846']);
  await page
    .getByLabel(/edition/i)
    .first()
    .selectOption('base-1.0');
  await expect
    .poll(async () => (await statsOf(server)).requests.byEdition['base-1.0'] ?? 0)
    .toBeGreaterThanOrEqual(everyone);
  // Everyone left in the old edition before anyone came in the new: nobody stands there twice.
  await expect.poll(async () => (await statsOf(server)).peers).toBe(everyone);
  await dashboard.waitForPeers(everyone);

  await dashboard.tab('Messages').click();
  await dashboard.openExchange(/CONNECT/);
  await dashboard.showBodies('raw');
  const request = page.getByRole('region', { name: 'request, as sent' });
  const response = page.getByRole('region', { name: 'response, as sent' });
  await expect(request).toContainText(
    '<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Request>CONNECT</Request>',
  );
  await expect(response).toContainText('<PPSPTrackerProtocol version="1.0"><Response>SUCCESSFUL</Response>');
  await dashboard.showBodies('pretty');
  await expect(page.getByRole('region', { name: 'request, laid out' })).toContainText(
    '<Request>CONNECT</Request>',
  );
  expect(dashboard.complaints).toEqual([]);
});

test('the edition stands in the address', async ({ page, server }) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?edition=base-1.0&peers=60&seed=7`);
  await dashboard.waitForPeers(50);
  const { byEdition } = (await statsOf(server)).requests;
  expect(Object.keys(byEdition)).toEqual(['base-1.0']);
  expect(byEdition['base-1.0']).toBeGreaterThanOrEqual(50);
  await expect(page.getByText(/seed\s*7/)).toBeVisible();
});
