import { readFile } from 'node:fs/promises';
import { expectNothing } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

/** Width and height in the header of a PNG. */
const sizeOf = (png: Buffer): readonly [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

test('the state machines count everybody, tell who is where, and are taken along in every form', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?clock=virtual&scenario=steady-film&speed=10&view=states`);
  const place = page.getByRole('main');
  const state = (name: string) => place.locator(`[data-pick="state ${name}"]`);
  const peersIn = async (name: string) => Number(await state(name).getAttribute('data-count'));
  await expect.poll(() => peersIn('TRACKING')).toBeGreaterThan(20);
  await dashboard.pause();
  // Nobody moves any more: those in the states are those of the run.
  await expect
    .poll(async () => (await peersIn('START')) + (await peersIn('TRACKING')))
    .toBe(await dashboard.value('peers'));
  await expectNothing(page);

  await state('TRACKING').focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('complementary', { name: 'Peers: in TRACKING' });
  const tracked = await peersIn('TRACKING');
  await expect(list.getByRole('listitem')).toHaveCount(Math.min(200, tracked));
  await expect(list.getByRole('status').first()).toContainText(`${tracked} peers`);
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await place.getByRole('button', { name: /^swarm actions valid/ }).press('Enter');
  await expect(page.getByRole('complementary').getByRole('listitem').first()).toBeVisible();

  const choose = async (item: string): Promise<void> => {
    await dashboard.button('Export the state machines').press('Enter');
    // The menu puts the focus on its first item in the next frame: a key pressed before would be that item's.
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  const take = async (item: string): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await choose(item);
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^states_.*_seed-\d+_.*virtual-clock_.*\.(svg|png|csv)$/);
    return readFile(await file.path());
  };
  const svg = (await take('SVG')).toString();
  expect(svg).toMatch(/PEER REGISTERED/);
  expect(svg).toMatch(/seed \d+ · rfc7846 · virtual clock/);
  expect(svg).not.toMatch(/var\(--|<style|<script/);
  const [width] = sizeOf(await take('PNG at 2x'));
  const [, drawn = '0'] = /<svg[^>]* width="(\d+)/.exec(svg) ?? [];
  expect(Math.abs(width - 2 * Number(drawn))).toBeLessThanOrEqual(2);
  const csv = (await take('CSV')).toString();
  expect(csv).toContain(`peers there,TRACKING,,,${tracked},`);
  expect(csv.split('\r\n').filter((line) => line.startsWith('transition,')).length).toBeGreaterThan(5);
  await expect(page.getByRole('status').filter({ hasText: /^Saved states_/ })).toBeAttached();

  // A browser that gives no clipboard is said to.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  await choose('Copy data');
  await expect(page.getByRole('status').filter({ hasText: 'refused the clipboard' })).toBeAttached();
  expect(dashboard.complaints).toEqual([]);
});
