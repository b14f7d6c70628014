import { expectNothing, expectNoWiderThan } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

test('the Lab: a preset by its form, one run with its measures, a sweep with its table, all taken along', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=3`);
  await expect(page.getByRole('link', { name: 'Lab' })).toBeVisible();
  await page.keyboard.press('l');
  await page.getByLabel('Begin from').selectOption('steady film');
  const text = page.getByLabel('Scenario as JSON');
  await expect(text).toHaveValue(/"steady film"/);

  // Form and text are the same thing; what is wrong is said in both.
  const form = page.getByRole('region', { name: 'Form' });
  await form.getByLabel('duration').fill('-1');
  await expect(text).toHaveValue(/"duration": -1/);
  await expect(page.getByText('$.duration')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run once' })).toBeDisabled();
  await form.getByLabel('duration').fill('60');
  await text.fill((await text.inputValue()).replace(/"measure": \{[^}]*\}/, '"measure": { "from": 10 }'));
  await page.getByRole('button', { name: 'Run once' }).click();
  await expect(page.locator('[data-events-sha256]')).toHaveAttribute('data-events-sha256', /^[\da-f]{64}$/, {
    timeout: 120_000,
  });
  await page.getByLabel('Measures named').fill('arrived');
  await expect(page.getByRole('rowheader')).toHaveText(['peers.arrived']);
  await expect(page.getByRole('img', { name: /peers over time/ })).toBeVisible();

  await page.getByRole('tab', { name: 'Sweep' }).click();
  await page.getByLabel('Field of the scenario').fill('peers.reportInterval');
  await page.getByLabel('Its values').fill('10, 30');
  await page.getByLabel('Replications').fill('2');
  await page.getByRole('button', { name: 'Run sweep' }).click();
  await expect(page.getByRole('button', { name: 'Run sweep' })).toBeVisible({ timeout: 120_000 });
  const table = page.getByRole('region', { name: 'Sweep' });
  await expect(table.getByRole('rowheader')).toHaveText(['10', '30']);
  await expect(table.getByText(/^± .* \(replications, 2\)$/)).toHaveCount(2);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export .* by peers\.reportInterval$/ }).click();
  await page.getByRole('menuitem', { name: 'SVG' }).click();
  expect((await download).suggestedFilename()).toMatch(/^sweep.*\.svg$/);

  for (const [colorScheme, width] of [
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await expectNoWiderThan(page, width);
    for (const tab of ['Scenario', 'Run', 'Sweep']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await expectNothing(page, { include: ['main'] });
    }
  }
  expect(dashboard.complaints).toEqual([]);
});
