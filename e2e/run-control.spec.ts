import { expect, statsOf, test } from './fixtures.ts';

test('stop lets every peer LEAVE; start begins anew', async ({ dashboard, server }) => {
  await dashboard.waitForPeers(200);
  await dashboard.button(/^stop/i).click();
  await expect(dashboard.button(/^start/i)).toBeEnabled({ timeout: 30_000 });
  await expect.poll(() => dashboard.drawnPeers()).toBe(0);
  // Registered are those that crashed before, and no one else.
  expect((await statsOf(server)).peers).toBeLessThan(20);
  await dashboard.button(/^start/i).click();
  await dashboard.waitForPeers(200);
});

test('pause holds the swarm, resume lets it go on', async ({ dashboard, server }) => {
  await dashboard.waitForPeers(200);
  await dashboard.button(/pause/i).click();
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
  await dashboard.button(/resume/i).click();
  await expect.poll(async () => (await statsOf(server)).requests.total).toBeGreaterThan(before);
});

test('the settings say what is wrong, and take what is right', async ({ dashboard, server }) => {
  await dashboard.waitForPeers(200);
  const dialog = await dashboard.openSettings();
  const peers = dialog.getByLabel(/peers at once/i);
  await peers.fill('2.5');
  await dialog.getByLabel(/tracker url/i).fill('ftp://tracker.example');
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(dialog).toContainText('Enter a whole number.');
  await expect(dialog).toContainText('Only http: and https: can carry PPSP-TP.');
  await peers.fill('40');
  await dialog.getByLabel(/tracker url/i).fill(server.url);
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => dashboard.drawnPeers(), { timeout: 30_000 }).toBeLessThan(70);
  await expect.poll(() => dashboard.drawnPeers()).toBeGreaterThan(30);
});

test('a worker that dies is replaced; its peers show as crashed, the page goes on', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(200);
  // Everyone of the opening is in.
  await expect.poll(() => dashboard.drawnPeers()).toBeGreaterThan(280);
  const alive = await dashboard.drawnPeers();
  const worker = page.workers().find((one) => one.url().includes('peers'));
  if (worker === undefined) throw new Error('no peer worker was found');
  await worker.evaluate(() => self.close());
  await expect(page.getByText(/worker.*(again|restart|replaced)/i).first()).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => dashboard.drawnPeers()).toBeLessThan(0.8 * alive);
  await expect.poll(() => dashboard.value('rate'), { timeout: 15_000 }).toBeGreaterThan(1);
  expect(dashboard.complaints).toEqual([]);
});

test('a worker that dies while peers leave does not keep the run from ending', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(200);
  const worker = page.workers().find((one) => one.url().includes('peers'));
  if (worker === undefined) throw new Error('no peer worker was found');
  await Promise.all([dashboard.button(/^stop/i).click(), worker.evaluate(() => self.close())]);
  await expect(dashboard.button(/^start/i)).toBeEnabled({ timeout: 30_000 });
  await expect.poll(() => dashboard.drawnPeers()).toBe(0);
  await dashboard.button(/^start/i).click();
  await dashboard.waitForPeers(200);
});
