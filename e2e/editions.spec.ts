import type { Page } from '@playwright/test';
import type { BuiltServer } from '../scripts/built-server.mjs';
import { EDITIONS, type EditionId } from '../src/protocol/message.ts';
import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';

/** How each edition's messages begin, request and answer. */
const BODIES: Record<EditionId, { readonly request: RegExp; readonly response: RegExp }> = {
  rfc7846: {
    request: /\{"PPSPTrackerProtocol":\{"version":1,/,
    response: /\{"PPSPTrackerProtocol":\{"version":1,/,
  },
  'extended-1.1': {
    request: /<PPSPTrackerProtocol version="1\.1"><Request>/,
    response: /<PPSPTrackerProtocol version="1\.1"><Response>SUCCESSFUL</,
  },
  'base-1.0': {
    request: /<PPSPTrackerProtocol version="1\.0"><Request>/,
    response: /<PPSPTrackerProtocol version="1\.0"><Response>SUCCESSFUL</,
  },
  'gu-04': {
    request: /<PPSPTrackerProtocol version="1\.0"><Method>/,
    response: /<PPSPTrackerProtocol version="1\.0"><Response>(OK|FIND)</,
  },
};

test('a run in each edition: peers, the bytes of both directions, no error', async ({ context, server }) => {
  // Four pages of sixty peers each, at one tracker: together as many as one page has.
  await Promise.all(
    EDITIONS.map((edition) =>
      test.step(edition, async () => runIn(edition, await context.newPage(), server)),
    ),
  );
  // Reports have come in by now, of each some twenty, and none was refused.
  await expect
    .poll(async () => (await statsOf(server)).requests.byMethod['STAT_REPORT'] ?? 0)
    .toBeGreaterThan(80);
  expect((await statsOf(server)).requests.byError).toEqual({});
});

async function runIn(edition: EditionId, page: Page, server: BuiltServer): Promise<void> {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?edition=${edition}&peers=60`);
  await expect.poll(() => dashboard.drawnPeers()).toBeGreaterThan(50);
  await expect.poll(async () => (await statsOf(server)).requests.byEdition[edition] ?? 0).toBeGreaterThan(50);
  await dashboard.tab('Messages').click();
  await dashboard.openExchange(/\bCONNECT/);
  await dashboard.showBodies('raw');
  await expect(page.getByRole('region', { name: 'request, as sent' })).toContainText(BODIES[edition].request);
  await expect(page.getByRole('region', { name: 'response, as sent' })).toContainText(
    BODIES[edition].response,
  );
  expect(dashboard.complaints).toEqual([]);
}

test('all four editions in one run: the tracker serves each, the page says who speaks what', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?edition=mixed&peers=120`);
  await dashboard.waitForPeers(100);
  const { byEdition, byError } = (await statsOf(server)).requests;
  for (const edition of EDITIONS) expect(byEdition[edition] ?? 0).toBeGreaterThan(10);
  expect(byError).toEqual({});
  await expect(page.getByLabel(/edition/i).first()).toHaveValue('mixed');

  for (const edition of EDITIONS) {
    await dashboard.findPeer(edition);
    await expect(page.getByRole('tabpanel').getByText(new RegExp(`^${edition} · (JSON|XML)$`))).toBeVisible();
  }
  expect(dashboard.complaints).toEqual([]);
});

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
