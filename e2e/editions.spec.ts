import { expect, statsOf, test } from './fixtures.ts';

test('another edition restarts the swarm in it, and the messages show its bytes', async ({
  dashboard,
  page,
  server,
}) => {
  await dashboard.waitForPeers(200);
  expect(Object.keys((await statsOf(server)).requests.byEdition)).toEqual(['rfc7846']);
  await page
    .getByLabel(/edition/i)
    .first()
    .selectOption('base-1.0');
  await expect
    .poll(async () => (await statsOf(server)).requests.byEdition['base-1.0'] ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(200);
  await dashboard.waitForPeers(200, 30_000);
  // Everyone left in the old edition before anyone came in the new: nobody stands there twice.
  const stats = await statsOf(server);
  expect(stats.peers).toBeLessThan(420);

  await dashboard.tab('Messages').click();
  const exchanges = page.getByRole('list', { name: /latest exchanges/i });
  await exchanges
    .getByRole('button', { name: /CONNECT/ })
    .first()
    .click();
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

test('the edition stands in the address', async ({ page, server, dashboard }) => {
  await page.goto(`${server.url}?edition=base-1.0&peers=60&seed=7`);
  await dashboard.waitForPeers(50);
  const { byEdition } = (await statsOf(server)).requests;
  expect(byEdition['base-1.0']).toBeGreaterThan(50);
  await expect(page.getByText(/seed\s*7/)).toBeVisible();
});
