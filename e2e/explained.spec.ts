import { AxeBuilder } from '@axe-core/playwright';
import { RFC7846_EXAMPLES } from '../src/testing/golden.ts';
import { expect, test } from './fixtures.ts';
import { startListener } from './listener.ts';
import { DashboardPage } from './pages/dashboard.ts';

const ANSWER = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type, accept',
  'content-type': 'application/ppsp-tracker+json',
};

test('a message field by field: verdicts, meanings, by keyboard alone, after the run too', async ({
  page,
  server,
}) => {
  // The RFC's own example, which departs from its grammar, with an extension that nobody knows.
  const body = RFC7846_EXAMPLES.connectResponse.replace('"peer_addr"', '"x_<b>hint</b>": "<i>", "peer_addr"');
  const { url, server: tracker } = await startListener((request, response) => {
    request.resume();
    response.writeHead(200, ANSWER);
    response.end(body);
  });
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=30&edition=rfc7846&tracker=${encodeURIComponent(url)}`);
  await dashboard.tab('Messages').click();
  await page
    .getByRole('list', { name: /latest exchanges/i })
    .getByRole('button')
    .first()
    .click();
  await dashboard.showBodies('explained');
  const request = page.getByRole('tree', { name: 'request, explained' });
  const response = page.getByRole('tree', { name: 'response, explained' });
  await expect(request.getByRole('treeitem', { name: /request_type "[A-Z_]+" ok/ })).toBeVisible();
  await expect(page.getByText('2 departures from the grammar')).toBeVisible();
  const type = response.getByRole('treeitem', { name: /^type.*not there.*departs/ });
  await expect(type).toContainText('HOST, REFLEXIVE or PROXY');
  await expect(type).toContainText('RFC 7846 §3.2.4');
  const hint = response.getByRole('treeitem', { name: /x_<b>hint<\/b>.*<i>.*ignored/ });
  await expect(hint).toBeVisible();
  expect((await new AxeBuilder({ page }).include('.explained').analyze()).violations).toEqual([]);

  // One stop in the page's tab order; the arrows go on from there.
  await response.getByRole('treeitem').first().focus();
  await page.keyboard.press('End');
  const last = response.getByRole('treeitem').last();
  await expect(last).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByText('The body as a whole.').last()).toBeVisible();
  const before = await response.getByRole('treeitem').count();
  await page.keyboard.press('ArrowLeft');
  await expect(response.getByRole('treeitem')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(response.getByRole('treeitem')).toHaveCount(before);

  await dashboard.button(/^stop/i).click();
  await expect(page.getByText('stopped', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await dashboard.button('All messages').click();
  await page
    .getByRole('list', { name: /latest exchanges/i })
    .getByRole('button')
    .nth(3)
    .click();
  await expect(response.getByRole('treeitem').first()).toBeVisible();
  await page.close();
  tracker.closeAllConnections();
  tracker.close();
});
