import type { Locator, Page } from '@playwright/test';
import { RFC7846_EXAMPLES } from '../src/testing/golden.ts';
import { expectNothing, LOOKS } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { startListener } from './listener.ts';
import { DashboardPage } from './pages/dashboard.ts';

const ANSWER = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type, accept',
  'content-type': 'application/ppsp-tracker+json',
};

class InspectorPage {
  readonly page: Page;
  readonly whole: Locator;

  constructor(page: Page) {
    this.page = page;
    this.whole = page.getByRole('article', { name: 'Message inspector' });
  }

  /** Of the first exchange whose row matches. */
  async open(dashboard: DashboardPage, name?: RegExp): Promise<void> {
    await dashboard.tab('Messages').click();
    await dashboard.openExchange(name);
    await dashboard.button('Open in the inspector').click();
    await expect(this.whole.getByRole('treeitem').first()).toBeVisible();
  }

  async show(what: 'request' | 'response' | 'both'): Promise<void> {
    await this.whole
      .getByRole('group', { name: 'Messages shown' })
      .getByRole('button', { name: what })
      .click();
  }

  field(side: string, name: string | RegExp): Locator {
    return this.whole
      .getByRole('tree', { name: `${side}, field by field` })
      .getByRole('treeitem', { name })
      .first();
  }

  pane(name: string): Locator {
    return this.whole.getByRole('group', { name, exact: true });
  }

  /** What is marked in a pane, all in one. */
  async marked(pane: string, how: 'current' | 'hovered'): Promise<string> {
    return (await this.pane(pane).locator(`[data-at].byte-${how}`).allTextContents()).join('');
  }
}

test.describe('a tracker that departs from its grammar', () => {
  // The RFC's own example, with a member that nobody knows, and with bytes that are no UTF-8 behind it.
  const text = RFC7846_EXAMPLES.connectResponse.replace('"peer_addr"', '"x_hint": "<i>", "peer_addr"');

  test('bytes, fields and meaning are linked, by pointer and by keyboard', async ({ page, server }) => {
    const { url, server: tracker } = await startListener((request, response) => {
      request.resume();
      response.writeHead(200, ANSWER);
      response.end(text);
    });
    const dashboard = new DashboardPage(page);
    const inspector = new InspectorPage(page);
    await page.goto(`${server.url}?peers=30&edition=rfc7846&tracker=${encodeURIComponent(url)}`);
    await inspector.open(dashboard);
    await inspector.show('response');

    // From the tree to the bytes.
    await inspector.field('response', /^transaction_id/).hover();
    expect(await inspector.marked('response, laid out', 'hovered')).toMatch(/^"transaction_id": "12345"$/);
    expect(await inspector.marked('response, hex', 'hovered')).toContain('"tr');
    await expect(
      page
        .getByText('RFC 7846 §3.3.2')
        .or(page.getByText(/RFC 7846 §3/))
        .first(),
    ).toBeVisible();

    // From the bytes to the tree: a click keeps it.
    await inspector.pane('response, laid out').getByText('x_hint').click();
    await expect(inspector.field('response', /^x_hint/)).toHaveAttribute('tabindex', '0');
    expect(await inspector.marked('response, hex', 'current')).toContain('x_hi');
    await expect(inspector.whole.getByText('Nothing that the edition defines')).toBeVisible();

    // The text as it was sent marks the same.
    await inspector.whole.getByRole('button', { name: 'as sent' }).click();
    expect(await inspector.marked('response, as sent', 'current')).toBe('"x_hint": "<i>"');

    // Arrow keys in the hex dump, and in the tree.
    await inspector.pane('response, hex').focus();
    await page.keyboard.press('Home');
    const before = await inspector.marked('response, hex', 'current');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => inspector.marked('response, hex', 'current')).not.toBe(before);
    await inspector.field('response', /^version/).focus();
    expect(await inspector.marked('response, as sent', 'current')).toMatch(/^"version": +1$/);
    await page.keyboard.press('ArrowDown');
    expect(await inspector.marked('response, as sent', 'current')).toMatch(/^"response_type"/);

    // A finding leads to where something is missing.
    await inspector.whole
      .getByRole('button', { name: /peer_addr.*type: expected/ })
      .first()
      .click();
    await expect(inspector.field('response', /^type.*not there/)).toHaveAttribute('tabindex', '0');
    tracker.closeAllConnections();
    tracker.close();
    await page.close();
  });

  test('bytes that are no text are shown as they were', async ({ page, server }) => {
    const body = Buffer.concat([
      Buffer.from('{"PPSPTrackerProtocol":"'),
      Buffer.from([0xff, 0x00, 0xfe]),
      Buffer.from('"}'),
    ]);
    const { url, server: tracker } = await startListener((request, response) => {
      request.resume();
      response.writeHead(200, ANSWER);
      response.end(body);
    });
    const dashboard = new DashboardPage(page);
    const inspector = new InspectorPage(page);
    await page.goto(`${server.url}?peers=30&edition=rfc7846&tracker=${encodeURIComponent(url)}`);
    await inspector.open(dashboard, /CONNECT/);
    await inspector.show('response');
    await expect(inspector.pane('response, hex')).toContainText('ff 00 fe');
    await expect(inspector.pane('response, as sent')).toContainText('�␀�');
    await expect(inspector.whole.getByText('not UTF-8').first()).toBeVisible();
    tracker.closeAllConnections();
    tracker.close();
    await page.close();
  });
});

test('a megabyte stays fluid: only what is in sight is drawn', async ({ page, server }) => {
  const entries = Array.from({ length: 15_200 }, (_, n) => `"x${n}":"${'y'.repeat(55)}"`).join(',');
  const body = `{"PPSPTrackerProtocol":{"version":1,"response_type":0,"error_code":0,"transaction_id":"1",${entries}}}`;
  expect(body.length).toBeGreaterThan(1_000_000);
  const { url, server: tracker } = await startListener((request, response) => {
    request.resume();
    response.writeHead(200, ANSWER);
    response.end(body);
  });
  const dashboard = new DashboardPage(page);
  const inspector = new InspectorPage(page);
  await page.goto(`${server.url}?peers=2&edition=rfc7846&tracker=${encodeURIComponent(url)}`);
  await inspector.open(dashboard, /CONNECT/);
  await inspector.show('response');
  await inspector.whole.getByRole('button', { name: 'as sent' }).click();
  for (const name of ['response, hex', 'response, as sent']) {
    const pane = inspector.pane(name);
    await expect(pane).toBeVisible();
    await pane.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    // Its end is there, and little else.
    await expect(pane).toContainText('"}}');
    expect(await pane.locator('[data-at]').count()).toBeLessThan(3000);
  }
  tracker.closeAllConnections();
  tracker.close();
  await page.close();
});

test('compared with another exchange, and taken elsewhere', async ({ dashboard, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const inspector = new InspectorPage(page);
  await dashboard.waitForPeers(200);
  await dashboard.tab('Messages').click();
  await expect(page.getByRole('list', { name: /latest exchanges/i }).getByRole('button')).not.toHaveCount(0);
  await inspector.open(dashboard, /STAT_REPORT|CONNECT|FIND/);
  await inspector.show('request');
  await inspector.whole.getByLabel('Compare with').selectOption({ index: 1 });
  const comparison = inspector.whole.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByText('Not byte-identical')).toBeVisible();
  await comparison
    .getByRole('button', { name: /\.peer_id$|\.transaction_id$|PeerID$|TransactionID$/ })
    .first()
    .click();
  expect(await inspector.whole.locator('.bytes-hex .byte-current').count()).toBeGreaterThan(0);

  await inspector.whole.getByRole('button', { name: 'Copy as' }).click();
  await inspector.whole.getByRole('button', { name: 'curl command' }).click();
  await expect(inspector.whole.getByText('Copied: curl command.')).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^curl --include --request POST --url http:\/\/127\.0\.0\.1/);
  expect(command).toContain('PPSPTrackerProtocol');
  // Esc closes what is open last: first the list, then the inspector.
  await page.keyboard.press('Escape');
  await expect(inspector.whole).toBeVisible();
  await expect(inspector.whole.getByText('Copied: curl command.')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(inspector.whole).toBeHidden();
  expect(dashboard.complaints).toEqual([]);
});

for (const projector of [false, true])
  test(`axe finds nothing in the inspector, ${projector ? 'projector' : 'dark or light'}, at any size`, async ({
    page,
    server,
  }) => {
    const dashboard = new DashboardPage(page);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const inspector = new InspectorPage(page);
    await page.goto(`${server.url}?peers=60`);
    await dashboard.waitForPeers(50);
    if (projector) await page.keyboard.press('p');
    await dashboard.pause();
    await inspector.open(dashboard);
    await inspector.show('both');
    await inspector.whole.getByLabel('Compare with').selectOption({ index: 1 });
    await inspector.field('request', /PeerID|peer_id/i).click();
    await inspector.whole.getByRole('button', { name: 'Copy as' }).click();
    await inspector.whole.getByRole('button', { name: 'curl command' }).click();
    const looks = projector ? LOOKS.filter(({ colorScheme }) => colorScheme === 'light') : LOOKS;
    for (const { colorScheme, size, again } of looks)
      await test.step(`${colorScheme} at ${size.width}x${size.height}`, async () => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize(size);
        await expect
          .poll(() => inspector.whole.evaluate((element) => element.scrollWidth - element.clientWidth))
          .toBeLessThanOrEqual(0);
        await expectNothing(page, { include: ['.inspector'], again: again || projector });
      });
  });
