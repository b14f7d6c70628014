import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';

test('stop lets every peer LEAVE; start begins anew', async ({ page, server }) => {
  const dashboard = new DashboardPage(page);
  const everyone = 120;
  await dashboard.openQuiet(server.url, everyone);
  await expect.poll(async () => (await statsOf(server)).peers).toBe(everyone);
  await dashboard.button(/^stop/i).click();
  await expect(dashboard.button(/^start/i)).toBeEnabled();
  expect((await statsOf(server)).peers).toBe(0);
  await expect.poll(() => dashboard.drawnPeers()).toBe(0);
  await dashboard.button(/^start/i).click();
  await expect.poll(() => dashboard.drawnPeers()).toBe(everyone);
  await expect.poll(async () => (await statsOf(server)).peers).toBe(everyone);
});

test('pause holds the swarm, resume lets it go on', async ({ dashboard, server }) => {
  await dashboard.waitForPeers(200);
  await dashboard.pause();
  // Requests under way come to their end first.
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = (await statsOf(server)).requests.total;
        const still = now === before;
        before = now;
        return still;
      },
      { intervals: [1500] },
    )
    .toBe(true);
  await dashboard.button(/^resume/i).click();
  await expect.poll(async () => (await statsOf(server)).requests.total).toBeGreaterThan(before);
});

test('the settings say what is wrong, and take what is right', async ({ dashboard, page, server }) => {
  await dashboard.waitForPeers(200);
  const dialog = await dashboard.openSettings();
  const peers = dialog.getByLabel(/peers at once/i);
  await peers.fill('2.5');
  await dialog.getByLabel(/tracker url/i).fill('ftp://tracker.example');
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(dialog).toContainText('Enter a whole number.');
  await expect(dialog).toContainText('Only http: and https: can carry PPSP-TP.');
  await peers.fill('40');
  await dialog.getByLabel(/arrivals/i).fill('0');
  await dialog.getByLabel(/leave rate/i).fill('0');
  await dialog.getByLabel(/tracker url/i).fill(server.url);
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(dialog).toBeHidden();
  // The new run is open: a number of peers that is only passed on the way to another does not count.
  await expect(dashboard.button(/^pause/i)).toBeEnabled();
  await expect.poll(() => dashboard.drawnPeers()).toBe(40);
  await expect(page).toHaveURL(/[?&]peers=40\b/);
});

test('a worker that dies is replaced; its peers show as crashed, the page goes on', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  const everyone = 240;
  await dashboard.openQuiet(server.url, everyone);
  // Peers are dealt out to the workers in turn; how many workers there are is the machine's affair.
  const share = everyone / dashboard.peerWorkers().length;
  await dashboard.killPeerWorker();
  await expect(page.getByText(/worker.*(again|restart|replaced)/i).first()).toBeVisible();
  const { total } = (await statsOf(server)).requests;
  // Its share is gone, but for publishers, nine at most, who begin again; everyone else is still there.
  await expect.poll(() => dashboard.drawnPeers()).toBeLessThanOrEqual(everyone - Math.floor(share) + 9);
  expect(await dashboard.drawnPeers()).toBeGreaterThanOrEqual(everyone - Math.ceil(share));
  await expect.poll(async () => (await statsOf(server)).requests.total).toBeGreaterThan(total);
  await expect.poll(() => dashboard.value('rate')).toBeGreaterThan(1);
  expect(dashboard.complaints).toEqual([]);
});

test('a worker that dies while peers leave does not keep the run from ending', async ({ dashboard }) => {
  await dashboard.waitForPeers(200);
  await Promise.all([dashboard.button(/^stop/i).click(), dashboard.killPeerWorker()]);
  await expect(dashboard.button(/^start/i)).toBeEnabled();
  await expect.poll(() => dashboard.drawnPeers()).toBe(0);
  await dashboard.button(/^start/i).click();
  // Counted here: the tracker still has those whom the worker took with it.
  await expect.poll(() => dashboard.drawnPeers()).toBeGreaterThanOrEqual(200);
  await dashboard.waitForPeers(200);
});
