import { expect, statsOf, test, total } from './fixtures.ts';

test('with no click, within 20 s: 200 peers and more in three swarms, both modes, drawn', async ({
  dashboard,
}) => {
  await dashboard.waitForPeers(200, 20_000);
  expect(await dashboard.value('swarms')).toBe(3);
  expect(await dashboard.value('seeds')).toBeGreaterThan(20);
  expect(await dashboard.value('leeches')).toBeGreaterThan(50);
  // A SEED is a full disc of some hundred pixels, a LEECH an open one.
  await expect.poll(async () => (await dashboard.graphPixels()).seed).toBeGreaterThan(1500);
  await expect.poll(async () => (await dashboard.graphPixels()).leech).toBeGreaterThan(1500);
  expect(dashboard.complaints).toEqual([]);
});

test('the figures are those of GET /stats', async ({ dashboard, server }) => {
  await dashboard.waitForPeers(200);
  // Standing still, so that both can be read without a change between; then every figure must be the same.
  await dashboard.pause();
  await expect
    .poll(async () => {
      const stats = await statsOf(server);
      const shown = {
        peers: await dashboard.value('peers'),
        seeds: await dashboard.value('seeds'),
        leeches: await dashboard.value('leeches'),
        swarms: await dashboard.value('swarms'),
        requests: await dashboard.value('requests'),
        errors: await dashboard.value('errors'),
      };
      const counted = {
        peers: stats.peers,
        seeds: total(stats.swarms.map(({ seeds }) => seeds)),
        leeches: total(stats.swarms.map(({ leeches }) => leeches)),
        swarms: stats.swarms.length,
        requests: stats.requests.total,
        errors: total(Object.values(stats.requests.byError)),
      };
      return JSON.stringify(shown) === JSON.stringify(counted) ? 'the same' : { shown, counted };
    })
    .toBe('the same');
});

test('membership over time is drawn for each swarm', async ({ dashboard, page }) => {
  await dashboard.waitForPeers(200);
  for (const swarm of ['film', 'premiere', 'news live']) {
    const chart = page.getByRole('region', { name: `${swarm} over time` });
    await expect(chart).toContainText('SEED');
    // Two areas with some length of line behind them.
    await expect
      .poll(() =>
        chart
          .locator('svg path')
          .evaluateAll(
            (paths) => paths.map((path) => path.getAttribute('d') ?? '').filter((d) => d.length > 100).length,
          ),
      )
      .toBeGreaterThanOrEqual(2);
  }
});

test('a LEECH becomes SEED by downloading', async ({ dashboard, page, server }) => {
  await dashboard.waitForPeers(200);
  await dashboard.tab('Messages').click();
  await expect(page.getByText('LEAVE, to return as SEED').first()).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await statsOf(server)).requests.byError).toEqual({});
});
