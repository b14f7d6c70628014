import { readFile } from 'node:fs/promises';
import { expectNothing } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

test('peers drawn around are a set: told apart, shown, listed, saved; one of them is moved and pinned', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await dashboard.openQuiet(server.url, 45);
  const picked = page.getByRole('region', { name: 'Picked peers' });

  // All of a swarm, without a hand: its number stands in the picture's own words.
  const stage = page.getByRole('application');
  const film = Number(/swarm film: (\d+) peers/.exec((await stage.getAttribute('aria-label')) ?? '')?.[1]);
  await page.getByRole('combobox', { name: /pick peers/i }).selectOption({ label: 'film' });
  await expect(picked).toContainText(`${film} peers picked · swarm film`);
  await expect(picked).toContainText(`film ${film}`);
  await picked.getByRole('button', { name: 'Dim others' }).click();
  await expect.poll(async () => (await dashboard.graphPixels()).selected).toBeGreaterThan(300);
  await expectNothing(page);

  await picked.getByRole('button', { name: 'List' }).click();
  const options = page.getByRole('listbox', { name: 'Peers' }).getByRole('option');
  await expect(options).toHaveCount(film);
  const saving = page.waitForEvent('download');
  await picked.getByRole('button', { name: 'CSV' }).click();
  const table = await readFile(await (await saving).path(), 'utf8');
  expect(table.trimEnd().split('\r\n')).toHaveLength(1 + film);

  // A line around everything.
  const box = await stage.boundingBox();
  if (box === null) throw new Error('no picture');
  const corner = (right: number, down: number): [number, number] => [
    box.x + 4 + right * (box.width - 8),
    box.y + 4 + down * (box.height - 8),
  ];
  await page.keyboard.down('Shift');
  await page.mouse.move(...corner(0, 0.05));
  await page.mouse.down();
  await page.mouse.move(...corner(0.6, 0), { steps: 4 });
  await page.mouse.move(...corner(1, 0), { steps: 4 });
  await page.mouse.move(...corner(1, 1), { steps: 4 });
  await page.mouse.move(...corner(0, 1), { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(picked).toContainText('45 peers picked · drawn around');

  // From nearby not all is seen, and the overview says where one is.
  const overview = page.getByRole('img', { name: /overview/i });
  await expect(overview).toBeHidden();
  await options.first().click();
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect(overview).toBeVisible();
  await overview.click({ position: { x: 20, y: 20 } });
  await expect(page.getByText(/let go/)).toBeHidden();

  await stage.focus();
  await page.keyboard.press('Shift+ArrowRight');
  const pin = page.getByRole('button', { name: 'Pin', exact: true });
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Unpin 1 peer' })).toBeVisible();
  await page.keyboard.press('m');
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('0');
  await expect(overview).toBeHidden();
  await picked.getByRole('button', { name: /clear/i }).click();
  await expect(picked).toBeHidden();
  expect(dashboard.complaints).toEqual([]);
});
