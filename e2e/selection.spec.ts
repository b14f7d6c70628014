import { expect, statsOf, test } from './fixtures.ts';

test('a selected peer shows its state, its history and the list the tracker gave it', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(200);
  const panel = page.getByRole('complementary', { name: 'Details' });
  await dashboard.tab('Peers').click();
  await page.getByRole('combobox', { name: /find a peer/i }).fill('news live');
  // The first of the live swarm are its publishers, who ask for no list; take a viewer.
  await page.getByRole('option').nth(20).click();
  await expect(panel).toContainText('TRACKING');
  await expect(panel).toContainText(/198\.1[89]\.\d+\.\d+:\d+/);
  await expect(panel).toContainText('registered as LEECH');
  await expect(panel).toContainText(/was given \d+ peers/);
  // As many rows as peers were given, and an arrow to each of them that is simulated here.
  const given = Number(/was given (\d+) peers/.exec(await panel.innerText())?.[1]);
  expect(given).toBeGreaterThan(5);
  await expect(panel.getByRole('list', { name: /peer list/i }).getByRole('listitem')).toHaveCount(given);
  await dashboard.button(/pause/i).click();
  await expect.poll(async () => (await dashboard.graphPixels()).selected).toBeGreaterThan(300);
  expect(dashboard.complaints).toEqual([]);
});

test('a click on a disc selects that peer; Escape lets go', async ({ dashboard, page }) => {
  await dashboard.waitForPeers(250);
  const canvas = page.locator('canvas').first();
  const panel = page.getByRole('complementary', { name: 'Details' });
  await dashboard.button(/pause/i).click();
  // A pixel in the middle of a full disc: green on all sides.
  const spot = await canvas.evaluate((element: HTMLCanvasElement) => {
    const copy = document.createElement('canvas');
    copy.width = element.width;
    copy.height = element.height;
    const context = copy.getContext('2d');
    if (context === null) throw new Error('no 2D context');
    context.drawImage(element, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, copy.width, copy.height);
    const green = (x: number, y: number): boolean => {
      const i = 4 * (y * width + x);
      const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
      return g > 130 && r < 90 && b > 80 && b < 190;
    };
    for (let y = 120; y < height - 60; y++)
      for (let x = 40; x < width - 40; x++)
        if ([-3, 0, 3].every((dx) => [-3, 0, 3].every((dy) => green(x + dx, y + dy))))
          return { x: (x * element.clientWidth) / width, y: (y * element.clientHeight) / height };
    return undefined;
  });
  if (spot === undefined) throw new Error('no disc was found');
  await canvas.click({ position: spot });
  await expect(panel).toContainText('TRACKING');
  await page.keyboard.press('Escape');
  await expect(panel).toContainText('No peer selected');
});

test('a crash made by hand: the peer is gone here, and still registered there', async ({
  dashboard,
  page,
  server,
}) => {
  // So quiet a swarm that nothing else changes: nobody comes, nobody goes.
  const still = new URL(server.url);
  still.search = 'peers=40';
  await page.goto(still.href);
  await dashboard.waitForPeers(35);
  const dialog = await dashboard.openSettings();
  await dialog.getByLabel(/peers at once/i).fill('45');
  await dialog.getByLabel(/arrivals/i).fill('0');
  await dialog.getByLabel(/leave rate/i).fill('0');
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(dialog).toBeHidden();
  const registered = async () => (await statsOf(server)).peers;
  await expect.poll(() => dashboard.drawnPeers(), { timeout: 30_000 }).toBe(45);
  const before = await registered();

  await dashboard.findPeer('film');
  const panel = page.getByRole('complementary', { name: 'Details' });
  await expect(panel).toContainText('TRACKING');
  await panel.getByRole('button', { name: /crash/i }).click();
  await expect(panel).toContainText(/crashed/i);
  await expect.poll(() => dashboard.drawnPeers()).toBe(44);
  expect(await registered()).toBeGreaterThanOrEqual(before);
});
