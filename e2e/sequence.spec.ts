import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectNothing, expectNoWiderThan, LOOKS } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

const diagram = (page: Page) => page.getByRole('application', { name: 'Sequence diagram' });
const shownPeers = (page: Page) => page.getByRole('list', { name: 'Peers shown' }).getByRole('listitem');
const group = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

async function open(page: Page): Promise<void> {
  await page.locator('body').press('4');
  await expect(diagram(page).locator('.arrow').first()).toBeVisible();
}

test('key 4 shows the newest peers against the tracker, live; a click and Enter open the message', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(200);
  await open(page);
  await expect(shownPeers(page)).toHaveCount(4);
  await expect(diagram(page).locator('.head')).toHaveCount(5);
  await dashboard.pause();
  await diagram(page).press('ArrowDown');
  const current = diagram(page).locator('.arrow[data-current]');
  await expect(current).toHaveCount(1);
  await diagram(page).press('Enter');
  const message = page.getByRole('complementary', { name: 'Message' });
  await expect(message).toContainText('PPSPTrackerProtocol');
  await page.keyboard.press('Escape');
  await expect(message).toBeHidden();
  // By mouse: a quarter of the way along the topmost request that is in sight, which is the first half of its path.
  const spot = await current.locator('.request').evaluate((path: SVGPathElement) => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 4);
    const { left, top } = path.ownerSVGElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return { x: left + x, y: top + y };
  });
  await page.mouse.move(spot.x, spot.y);
  await expect(page.locator('.sequence-hover')).toContainText(/status.*took/s);
  await page.mouse.down();
  await page.mouse.up();
  await expect(message).toContainText('PPSPTrackerProtocol');
  expect(dashboard.complaints).toEqual([]);
});

test('repeats fold into one and open; true scale and zoom change the height, not what is shown', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  // Three publishers, who report each second.
  await dashboard.openQuiet(server.url, 3, 1);
  await open(page);
  // Reports of the same kind: three of them fold.
  const fold = diagram(page)
    .locator('.arrow')
    .filter({ hasText: /\d+ × STAT_REPORT/ });
  await expect(fold).toHaveCount(3, { timeout: 60_000 });
  await dashboard.pause();
  const arrows = async () => Number(await diagram(page).getAttribute('data-arrows'));
  const folded = await arrows();
  await group(page, 'Shown as').getByRole('button', { name: 'Steps' }).click();
  const steps = page.getByRole('region', { name: 'Steps' });
  await expect(steps.getByRole('row')).toHaveCount(folded + 1);
  await steps
    .getByRole('button', { name: /× STAT_REPORT/ })
    .first()
    .click();
  await expect.poll(() => steps.getByRole('row').count()).toBeGreaterThan(folded + 1);
  await dashboard.button('Fold repeats').click();
  await expect(steps.getByRole('row')).toHaveCount(folded + 1);
  await group(page, 'Shown as').getByRole('button', { name: 'Diagram' }).click();

  const height = () => diagram(page).evaluate((box) => box.scrollHeight);
  const before = await height();
  await dashboard.button('True scale').click();
  await expect.poll(height).toBeGreaterThan(before * 3);
  const wide = await height();
  await dashboard.button('Zoom out').click();
  await expect.poll(height).toBeLessThan(wide);
  expect(await arrows()).toBe(folded);
});

test('peers are chosen by ID, by number, and taken away', async ({ dashboard, page }) => {
  await dashboard.waitForPeers(200);
  await open(page);
  await dashboard.button('Newest 8').click();
  await expect(shownPeers(page)).toHaveCount(8);
  const id = (await shownPeers(page).last().getByRole('button').getAttribute('title')) ?? '';
  await dashboard.button('Newest 2').click();
  await expect(shownPeers(page)).toHaveCount(2);
  await page.locator('body').press('/');
  const field = page.getByLabel('Add a peer by its ID');
  await expect(field).toBeFocused();
  await field.fill(id.slice(0, 20));
  await field.press('Enter');
  await expect(shownPeers(page)).toHaveCount(3);
  await dashboard.button(`Remove the lifeline of ${id}`).click();
  await expect(shownPeers(page)).toHaveCount(2);
  for (const _ of [1, 2]) await shownPeers(page).first().getByRole('button').click();
  await expect(page.getByText('No peer is chosen.')).toBeVisible();
  await dashboard.button('Show the newest 4').click();
  await expect(shownPeers(page)).toHaveCount(4);
});

test('the whole diagram is taken as one SVG file with legend and stamp', async ({ dashboard, page }) => {
  await dashboard.waitForPeers(200);
  await open(page);
  await dashboard.pause();
  const download = page.waitForEvent('download');
  await dashboard.button('Export the whole diagram').click();
  await page.getByRole('menuitem', { name: 'SVG' }).click();
  const file = await (await download).path();
  const svg = await readFile(file, 'utf8');
  expect(svg).toMatch(/seed 42/);
  expect(svg).toMatch(/Dashed: a retransmission/);
  const drawn = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      errors: parsed.querySelectorAll('parsererror').length,
      arrows: parsed.querySelectorAll('.arrow').length,
    };
  }, svg);
  expect(drawn.errors).toBe(0);
  expect(drawn.arrows).toBe(Number(await diagram(page).getAttribute('data-arrows')));
});

test('what chosen peers say to each other is drawn between their lifelines, folded, and taken along in the file', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=60`);
  await dashboard.waitForPeers(50);
  await open(page);
  // Links come up while peers come in: who has none yet has some soon.
  await expect(async () => {
    await dashboard.button('Add neighbours').click();
    await expect(shownPeers(page)).not.toHaveCount(4, { timeout: 1000 });
  }).toPass();
  const streams = diagram(page).locator('.link');
  const said = async () => Number(await page.locator('[data-links]').getAttribute('data-links'));
  await group(page, 'Shown as').getByRole('button', { name: 'Steps' }).click();
  const steps = page.getByRole('region', { name: 'Steps' });
  const fold = steps.getByRole('button', { name: /^\d+ × (piece|request|have)/ }).first();
  await expect(fold).toBeVisible({ timeout: 60_000 });
  await dashboard.pause();
  await dashboard.button('Follow').click();
  await expect(fold).toBeVisible();
  const folded = await steps.getByRole('row').count();
  await fold.click();
  await expect.poll(() => steps.getByRole('row').count()).toBeGreaterThan(folded);
  await group(page, 'Shown as').getByRole('button', { name: 'Diagram' }).click();
  await diagram(page).press('Home');
  await expect(diagram(page)).toBeFocused();
  const download = page.waitForEvent('download');
  await dashboard.button('Export the whole diagram').click();
  await page.getByRole('menuitem', { name: 'SVG' }).click();
  const svg = await readFile(await (await download).path(), 'utf8');
  expect(svg).toMatch(/class="arrow link"/);
  expect(svg).toMatch(/messages between them/);
  await dashboard.button('Between peers').click();
  await expect.poll(said).toBe(0);
  await expect(streams).toHaveCount(0);
  expect(dashboard.complaints).toEqual([]);
});

test('axe finds nothing in the sequence, drawn or listed, dark or light, at any size', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=60`);
  await dashboard.waitForPeers(50);
  await open(page);
  await dashboard.pause();
  for (const { colorScheme, size, again } of LOOKS.slice(0, 4))
    await test.step(`${colorScheme} at ${size.width}x${size.height}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await group(page, 'Shown as').getByRole('button', { name: 'Diagram' }).click();
      await expectNothing(page, { again });
      // Only the diagram scrolls to the side.
      await expectNoWiderThan(page, size.width);
      await group(page, 'Shown as').getByRole('button', { name: 'Steps' }).click();
      await expectNothing(page, { again });
    });
});
