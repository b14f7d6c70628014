import { expectNothing, expectNoWiderThan } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { DashboardPage } from './pages/dashboard.ts';

test('the run over time: read by keys, a part of it brushed on all charts and in the address, a table, a CSV', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?clock=virtual&scenario=tracker+outage&speed=max&view=time&from=9&to=3`);
  await expect(page.getByText('from, to: two moments of the run')).toBeVisible();
  const chart = (name: string) => page.getByRole('region', { name, exact: true });
  const words = (name: string) => chart(name).getByRole('img');
  await expect(words('Peers by swarm')).toHaveAttribute('aria-label', /^film: \d+ peers, \d+ seeds, \w+\.$/);
  const moment = page.getByRole('slider', { name: 'Moment that is read' });
  // The whole run, to its end.
  await expect(moment).toHaveAttribute('aria-valuenow', '1500', { timeout: 120_000 });
  await expect(words('Errors')).toHaveAttribute('aria-label', /no answer: timeout .* in all that is shown/);

  // Brushed on one chart, all show it.
  await words('Requests').scrollIntoViewIfNeeded();
  const box = await words('Requests').boundingBox();
  const at = (share: number) => [(box?.x ?? 0) + share * (box?.width ?? 0), (box?.y ?? 0) + 9] as const;
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.5), { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=4\d\d(\.\d+)?&to=7\d\d/);
  await expect(moment).toHaveAttribute('aria-valuemin', /^4\d\d$/);
  await page.mouse.move(0, 0);

  await moment.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(moment).toHaveAttribute('aria-valuetext', /^12:\d\d\. film: \d+ peers/);
  await page.keyboard.press('End');
  await expect(page).not.toHaveURL(/from=/);

  await page.getByLabel('Shown from').fill('400');
  await page.getByLabel('Shown to').fill('700');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=400&to=700/);
  await page.getByRole('button', { name: 'Errors as a table' }).click();
  await expect(page.getByRole('columnheader')).toHaveText(['until', /403|timeout/, /403|timeout/]);
  await page.getByRole('button', { name: 'Chunks', exact: true }).click();
  await expect(chart('Chunks')).toHaveCount(0);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export Requests' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^time-requests_tracker-outage.*\.csv$/);

  for (const [colorScheme, width] of [
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await expectNoWiderThan(page, width);
    await expectNothing(page, { include: ['main'] });
  }
  expect(dashboard.complaints).toEqual([]);
});
