import type { Locator } from '@playwright/test';
import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';

test('a selected peer shows its state, its history and the list the tracker gave it', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(200);
  const panel = page.getByRole('complementary', { name: 'Details' });
  // Standing still: a viewer might leave, or be given another list, while it is looked at.
  await dashboard.pause();
  await dashboard.tab('Peers').click();
  await page.getByRole('combobox', { name: /find a peer/i }).fill('news live');
  // The first of the live swarm are its publishers, who ask for no list, and viewers whom nobody was before;
  // its last may not be registered yet. Take one from the middle.
  await page.getByRole('listbox', { name: 'Peers' }).getByRole('option').nth(40).click();
  await expect(panel).toContainText('TRACKING');
  await expect(panel).toContainText(/198\.1[89]\.\d+\.\d+:\d+/);
  await expect(panel).toContainText('registered as LEECH');
  await expect(panel).toContainText(/was given \d+ peers/);
  // As many rows as peers were given, and an arrow to each of them that is simulated here.
  const listed = panel.getByRole('list', { name: /peer list/i }).getByRole('listitem');
  const given = async () => Number(/was given (\d+) peers/.exec(await panel.innerText())?.[1]);
  await expect.poll(async () => (await listed.count()) - (await given())).toBe(0);
  expect(await given()).toBeGreaterThan(5);
  await expect.poll(async () => (await dashboard.graphPixels()).selected).toBeGreaterThan(300);
  expect(dashboard.complaints).toEqual([]);
});

test('a click on a disc selects that peer; Escape lets go', async ({ dashboard, page }) => {
  await dashboard.waitForPeers(200);
  const canvas = page.locator('canvas').first();
  const panel = page.getByRole('complementary', { name: 'Details' });
  await dashboard.pause();
  // Discs go on drifting to their places for a while; how long depends on the machine.
  let spot: Spot | undefined;
  await expect
    .poll(
      async () => {
        const before = spot;
        spot = await seedDisc(canvas);
        return spot !== undefined && spot.x === before?.x && spot.y === before.y;
      },
      { intervals: [500], timeout: 60_000 },
    )
    .toBe(true);
  if (spot === undefined) throw new Error('no disc was found');
  await canvas.click({ position: spot });
  // Paused, it may stand before its first answer, or between LEAVE as LEECH and JOIN as SEED.
  await expect(panel).toContainText(/swarm (film|premiere|news live) · (TRACKING|START)/);
  // It was a full disc, so that peer is a SEED.
  await expect(panel.getByText('SEED', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toContainText('No peer selected');
});

test('a crash made by hand: the peer is gone here, and still registered there', async ({ page, server }) => {
  // So quiet a swarm that nothing else changes: nobody comes, nobody goes.
  const dashboard = new DashboardPage(page);
  await dashboard.openQuiet(server.url, 45);
  const registered = async () => (await statsOf(server)).peers;
  await expect.poll(registered).toBe(45);

  await dashboard.findPeer('film');
  const panel = page.getByRole('complementary', { name: 'Details' });
  await expect(panel).toContainText('TRACKING');
  await panel.getByRole('button', { name: /crash/i }).click();
  await expect(panel).toContainText(/crashed/i);
  await expect.poll(() => dashboard.drawnPeers()).toBe(44);
  await expect.poll(registered).toBe(45);
});

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The middle of a full disc, in the page's pixels: green on all sides. */
function seedDisc(canvas: Locator): Promise<Spot | undefined> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
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
}
