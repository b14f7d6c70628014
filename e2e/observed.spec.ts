import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

/** The figures that the three places have of a run: each is asked for when it is opened, and knows what was before. */
async function expectFigures(dashboard: DashboardPage): Promise<void> {
  const { page } = dashboard;
  const place = page.getByRole('main');
  await page.keyboard.press('7');
  await expect(place.getByText(/[1-9]\d* pairs of asker and listed/).first()).toBeVisible();
  await page.keyboard.press('8');
  await expect(place).toContainText(/SEED\s*[1-9]/);
  await page.keyboard.press('9');
  await expect(place).toContainText(/[1-9]\d* registrations/);
}

test('on the virtual clock, in two workers: lists, time and states have their figures, and have them anew after a restart', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?clock=virtual&scenario=steady-film&speed=10&workers=2`);
  await expect.poll(() => dashboard.value('peers')).toBeGreaterThan(20);
  await expectFigures(dashboard);
  await page.goto(`${server.url}?clock=virtual&scenario=flash-crowd&speed=max&view=time`);
  await expect(page.getByRole('main')).toContainText(/SEED\s*[1-9]/);
  expect(dashboard.complaints).toEqual([]);
});

test('on the real clock lists, time and states have their figures; when a worker dies, time has a gap', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  const everyone = 120;
  await dashboard.openQuiet(server.url, everyone);
  await expectFigures(dashboard);
  await page.keyboard.press('8');
  const place = page.getByRole('main');
  await expect(place).not.toContainText('without data');
  await dashboard.killPeerWorker();
  await expect(place.getByRole('status').filter({ hasText: /\b1\b.*without data/ })).toBeVisible();
  // The others are still told of.
  await page.keyboard.press('9');
  await expect(place).toContainText(/[1-9]\d* registrations/);
  expect(dashboard.complaints).toEqual([]);
});
