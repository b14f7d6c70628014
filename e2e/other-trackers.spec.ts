import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';
import { startListener } from './listener.ts';

const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type, accept' };

test('nobody there: the page says so, and offers its own tracker', async ({ page, server }) => {
  const { url, server: gone } = await startListener(() => undefined);
  gone.close();
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?tracker=${encodeURIComponent(url)}`);
  await expect(dashboard.alert).toContainText(`Nothing answers at ${new URL(url).host}`);
  await dashboard.button(/use this server/i).click();
  await dashboard.waitForPeers(200);
  await expect(dashboard.alert).toHaveText('');
  // The page's figure is up to a second old, and peers may have left since.
  await expect.poll(async () => (await statsOf(server)).peers).toBeGreaterThanOrEqual(200);
});

test('a server without CORS headers: the page tells that from a dead one', async ({ page, server }) => {
  const { url, server: other } = await startListener((request, response) => {
    request.resume();
    response.end('{}');
  });
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=30&tracker=${encodeURIComponent(url)}`);
  await expect(dashboard.alert).toContainText('does not let this page read its answers');
  await expect(dashboard.alert).toContainText('CORS');
  await page.close();
  other.closeAllConnections();
  other.close();
});

test('a server that answers nonsense: the page says it is no tracker, and shows what came', async ({
  page,
  server,
}) => {
  const { url, server: other } = await startListener((request, response) => {
    request.resume();
    response.writeHead(200, { ...cors, 'content-type': 'text/html' });
    response.end('<!doctype html><title>It works!</title><img src=x onerror=alert(1)>');
  });
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=30&tracker=${encodeURIComponent(url)}`);
  await expect(dashboard.alert).toContainText('answers, but not in PPSP-TP');
  await dashboard.tab('Messages').click();
  await dashboard.openExchange();
  await dashboard.showBodies('raw');
  await expect(page.getByRole('region', { name: 'response, as sent' })).toContainText(
    '<img src=x onerror=alert(1)>',
  );
  await page.close();
  other.closeAllConnections();
  other.close();
});

test('a tracker that takes requests and never answers: the page says so, and the run can be stopped', async ({
  page,
  server,
}) => {
  const { url, server: hole } = await startListener((request) => request.resume());
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=20&tracker=${encodeURIComponent(url)}`);
  await expect(dashboard.alert).toContainText('does not answer in time');
  await dashboard.button(/^stop/i).click();
  await expect(dashboard.button(/^start/i)).toBeEnabled();
  await expect.poll(() => dashboard.drawnPeers()).toBe(0);
  await page.close();
  hole.closeAllConnections();
  hole.close();
});

test('an address that cannot be used is explained, and the rest holds', async ({ page, server }) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?edition=gu-99&peers=60`);
  await expect(page.getByText(/edition: Choose one of/)).toBeVisible();
  await dashboard.waitForPeers(50);
});
