import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectNothing, expectNoWiderThan, LOOKS } from './axe.ts';
import { expect, test as base } from './fixtures.ts';

/** The wire view, as a person has it. */
class WirePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async go(): Promise<void> {
    await this.page.getByRole('link', { name: 'Wire' }).click();
    await expect(this.grid).toBeVisible();
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Exchanges' });
  }

  get rows(): Locator {
    return this.grid.locator('.wire-rows [data-row]');
  }

  get counts(): Locator {
    return this.page.locator('.wire-counts');
  }

  async count(which: 'total' | 'matching'): Promise<number> {
    return Number(await this.counts.getAttribute(`data-${which}`));
  }

  /** Rows that the table has, in sight or not. */
  async shown(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1;
  }

  async waitForRows(least: number): Promise<void> {
    await expect.poll(() => this.count('total')).toBeGreaterThanOrEqual(least);
  }

  async importFile(name: string, text: string): Promise<void> {
    await this.page
      .getByLabel('Files to import')
      .setInputFiles({ name, mimeType: 'application/x-ndjson', buffer: Buffer.from(text) });
  }

  /** What the export of what matches holds. */
  async export(format: 'NDJSON' | 'HAR'): Promise<string> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: new RegExp(`export .* ${format}`, 'i') }).click();
    return readFile(await (await download).path(), 'utf8');
  }
}

const test = base.extend<{ readonly wire: WirePage }>({
  wire: async ({ dashboard }, lend) => {
    const wire = new WirePage(dashboard.page);
    await wire.go();
    await lend(wire);
  },
});

const line = (id: number, method: string, members: object = {}): string =>
  JSON.stringify({
    id,
    time: id * 10,
    took: id,
    from: 'foreign',
    peerId: `peer-${id}`,
    swarms: ['film'],
    edition: 'rfc7846',
    method,
    transactionId: `t${id}`,
    url: 'http://127.0.0.1/',
    attempt: 1,
    verdict: 'ok',
    findings: [0, 0],
    request: { contentType: 'application/ppsp-tracker+json', bytes: 2, body: '{}' },
    response: {
      status: 200,
      reason: 'OK',
      contentType: 'application/ppsp-tracker+json',
      bytes: 2,
      body: '{}',
    },
    ...members,
  });

const HEADER = '{"swarmscope":"exchanges","version":1}';

test('live exchanges come in as rows, all of them, and a row opens its message', async ({
  dashboard,
  page,
  wire,
}) => {
  expect(new URL(page.url()).searchParams.get('view')).toBe('wire');
  await wire.waitForRows(100);
  await expect(wire.rows.first()).toContainText('CONNECT');
  await wire.rows.first().click();
  await expect(page.getByRole('complementary', { name: 'Message' })).toContainText('PPSPTrackerProtocol');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Message' })).toBeHidden();
  // None is left out: paused and settled, there are as many as the page counts.
  await dashboard.pause();
  await expect
    .poll(async () => (await wire.count('total')) - (await dashboard.value('requests')), { timeout: 60_000 })
    .toBe(0);
});

test('the picture keeps its state while the wire is shown, and keys lead to and fro', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(200);
  const canvas = await page.locator('canvas').first().elementHandle();
  await page.keyboard.press('2');
  await expect(new WirePage(page).grid).toBeVisible();
  await expect(page.locator('#stage')).toBeHidden();
  await page.keyboard.press('1');
  await expect(page.locator('#stage')).toBeVisible();
  expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true);
  await page.goBack();
  await expect(new WirePage(page).grid).toBeVisible();
});

test('a filter narrows, a head sorts', async ({ page, wire }) => {
  const broken = Array.from({ length: 40 }, (_, id) =>
    line(id, id % 4 === 0 ? 'FIND' : 'CONNECT', { took: (id * 7) % 40 }),
  );
  await wire.importFile('forty.ndjson', [HEADER, ...broken].join('\n'));
  await expect.poll(() => wire.count('total')).toBe(40);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: /^FIND 10$/ }).click();
  await expect.poll(() => wire.count('matching')).toBe(10);
  await expect(wire.rows).toHaveCount(10);
  await page.getByRole('button', { name: 'Remove the filter method FIND' }).click();
  await expect.poll(() => wire.shown()).toBe(40);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();

  await page.getByRole('button', { name: 'Latency' }).click();
  await expect(page.getByRole('columnheader', { name: 'Latency' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(wire.rows.first()).toContainText('peer-0');
  await page.getByRole('button', { name: 'Latency' }).click();
  await expect(page.getByRole('columnheader', { name: 'Latency' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(wire.rows.first()).toContainText('39 ms');

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: /find in exchanges/i })).toBeFocused();
  await page.keyboard.type('peer-17');
  await expect.poll(() => wire.count('matching')).toBe(1);
});

test('held, the view stands still and nothing is lost', async ({ page, wire }) => {
  await wire.waitForRows(50);
  await page.getByRole('button', { name: 'Hold' }).click();
  await expect(page.getByRole('button', { name: /^\d+ new$/ })).toBeVisible();
  const [shown, total] = [await wire.shown(), await wire.count('total')];
  await wire.waitForRows(total + 20);
  expect(await wire.shown()).toBe(shown);
  await expect(page.getByRole('button', { name: /^\d+ new$/ })).not.toHaveText(/^0/);
  await page.getByRole('button', { name: /^[\d,]+ new$/ }).click();
  await expect.poll(async () => (await wire.shown()) - (await wire.count('total'))).toBe(0);
  // The first row is still the first one, and the last is in sight.
  await wire.grid.focus();
  await page.keyboard.press('Home');
  await expect(wire.rows.first()).toHaveAttribute('data-row', '0');
});

test('a file with a broken line names the line and shows the rest', async ({ page, wire }) => {
  const lines = [HEADER, line(1, 'CONNECT'), line(2, 'FIND'), '{"id":3,"time":', line(4, 'STAT_REPORT')];
  await wire.importFile('broken.ndjson', lines.join('\n'));
  await expect(page.getByText('line 4', { exact: true })).toBeVisible();
  await expect(page.getByText(/3 exchanges read as NDJSON/)).toBeVisible();
  await expect(wire.rows).toHaveCount(3);
  // The live log is still there, beside it.
  await page.getByRole('button', { name: /^Live/ }).click();
  await wire.waitForRows(10);
});

test('what is exported is what matches, and comes in again', async ({ page, wire }) => {
  const all = Array.from({ length: 30 }, (_, id) => line(id, id % 3 === 0 ? 'FIND' : 'CONNECT'));
  await wire.importFile('thirty.ndjson', [HEADER, ...all].join('\n'));
  await expect.poll(() => wire.count('total')).toBe(30);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: /^FIND 10$/ }).click();
  await expect.poll(() => wire.count('matching')).toBe(10);

  const ndjson = await wire.export('NDJSON');
  expect(ndjson.trim().split('\n')).toEqual([HEADER, ...all.filter((_, id) => id % 3 === 0)]);
  const har = await wire.export('HAR');
  for (const [name, text] of [
    ['again.ndjson', ndjson],
    ['again.har', har],
  ] as const) {
    await wire.importFile(name, text);
    await expect(page.getByRole('button', { name: new RegExp(`^${name}`) })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect.poll(() => wire.count('total')).toBe(10);
  }
});

test("somebody else's peer shows within a second, marked foreign, with its departures", async ({
  dashboard,
  page,
  server,
  wire,
}) => {
  await dashboard.waitForPeers(200);
  // The stream of the tracker's exchanges is open once the page has been at it for a while.
  await wire.waitForRows(300);
  // `version` as text, where the grammar has a number.
  const body = JSON.stringify({
    PPSPTrackerProtocol: {
      version: '1',
      request_type: 'CONNECT',
      transaction_id: 'by-hand',
      peer_id: 'somebody-else',
      peer_num: { peer_count: 3 },
      swarm_action: { action: 'JOIN', peer_mode: 'LEECH', swarm_id: 'film' },
    },
  });
  const foreign = page.getByRole('button', { name: /^foreign 1$/ });
  const seen = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const button = [...document.querySelectorAll('.wire-quick button')].find((one) =>
            /^foreign [1-9]/.test(one.textContent ?? ''),
          );
          if (button === undefined) requestAnimationFrame(look);
          else resolve(Date.now());
        };
        look();
      }),
  );
  const sent = Date.now();
  await fetch(server.url, { method: 'POST', body });
  expect((await seen) - sent).toBeLessThan(1000);
  await foreign.click();
  await expect(wire.rows).toHaveCount(1);
  await expect(wire.rows.getByText('foreign')).toBeVisible();
  await expect(wire.rows.locator('.wire-findings')).toHaveText(/[1-9]/);
  await wire.rows.click();
  await expect(page.getByRole('complementary', { name: 'Message' })).toContainText('by-hand');
});

test('two messages are compared: pinned, found by ID, of the same peer before; a link leads to one of them', async ({
  context,
  dashboard,
  page,
  server,
  wire,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lines = [
    line(1, 'CONNECT'),
    line(2, 'FIND'),
    line(3, 'CONNECT', { peerId: 'peer-1', request: { bytes: 3, body: '{ }' } }),
  ];
  await wire.importFile('three.ndjson', [HEADER, ...lines].join('\n'));
  await expect(wire.rows).toHaveCount(3);
  await wire.rows.nth(1).locator('[data-pin]').click();
  await wire.rows.nth(2).click();
  const message = page.getByRole('complementary', { name: 'Message' });
  const other = message.getByLabel('Compare with');
  const compared = message.getByRole('region', { name: 'Comparison' });
  await expect(other.locator('option')).toHaveText([
    /^nothing/,
    /^pinned: FIND/,
    /^this peer’s request before: CONNECT/,
  ]);
  await other.selectOption({ index: 2 });
  await expect(compared).toContainText('Not byte-identical');
  await message.getByRole('searchbox', { name: 'Find another exchange' }).fill('t2');
  await message.getByRole('searchbox', { name: 'Find another exchange' }).fill('peer-1');
  await expect(message.getByRole('status').filter({ hasText: '1 found' })).toBeAttached();
  await page.keyboard.press('Enter');
  await expect(compared).toContainText('Not byte-identical');
  await other.selectOption({ index: 1 });
  await expect(compared).toContainText('pinned: FIND');

  // A link names the message of the live log, and a place that there is not is told of.
  await page.getByRole('button', { name: /^Live/ }).click();
  await wire.waitForRows(50);
  await wire.rows.first().click();
  await dashboard.button('Copy link to this view').click();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.searchParams.get('message')).toMatch(/^\d+$/);
  await page.goto(`${server.url}?peers=60&message=0&t=2&peer=198.18.0.2:6881`);
  await expect(message).toContainText('PPSPTrackerProtocol');
  await page.keyboard.press('1');
  await expect(page.getByText('198.18.0.2:6881').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'traffic over time' })).toContainText('at 0:02');
  await page.goto(`${server.url}?peers=30&view=nowhere&t=9999&message=nobody-s`);
  await expect(page.getByText(/view: one of swarm, wire/)).toContainText('t: the run has not come');
  await expect(page.getByText(/message: no exchange of that transaction/)).toBeVisible();
});

test('axe finds nothing in the wire view, at any size, dark or light', async ({ dashboard, page, wire }) => {
  await wire.waitForRows(100);
  // Rows that move on are judged anew again and again.
  await dashboard.pause();
  // The inspector has tests of its own.
  const part = { include: ['.wire', '.rail'], exclude: ['.inspector'] };
  for (const { colorScheme, size, again } of LOOKS.slice(0, 4))
    await test.step(`${colorScheme} at ${size.width}x${size.height}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await expectNothing(page, { ...part, again });
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await wire.rows.nth(3).click();
      await page.getByRole('button', { name: 'Columns', exact: true }).click();
      await expectNothing(page, { ...part, again });
      await page.getByRole('button', { name: 'Columns', exact: true }).click();
      await expectNoWiderThan(page, size.width);
      await page.getByRole('button', { name: 'Close the message' }).click();
    });
});
