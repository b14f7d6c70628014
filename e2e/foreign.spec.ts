/** Peers of others: seen at this server's tracker and through a proxy, and in recordings of other tools. */
import { execFile, spawn, type ChildProcess, type ExecFileException } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { DashboardPage } from './pages/dashboard.ts';
import { expect, test } from './fixtures.ts';
import { ROOT } from '../scripts/build.mjs';

/** What a person types; Node's own HTTP where there is no curl. */
async function curl(url: string, body: string): Promise<void> {
  const asked = ['-s', '-f', '-H', 'Content-Type: application/ppsp-tracker+json', '-d', body, url];
  const error = await new Promise<ExecFileException | null>((resolve) => {
    execFile('curl', asked, resolve);
  });
  if (error === null) return;
  if (error.code !== 'ENOENT') throw new Error('curl did not do it', { cause: error });
  await fetch(url, { method: 'POST', body });
}

/** A CONNECT that departs from the text three times: numbers as text, one action that is not in an array. */
const deviant = (peerId: string, action: 'JOIN' | 'LEAVE', swarm = 'film', mode = 'LEECH'): string =>
  JSON.stringify({
    PPSPTrackerProtocol: {
      version: '1',
      request_type: 'CONNECT',
      transaction_id: `${action} by hand`,
      peer_id: peerId,
      connect: {
        peer_num: { peer_count: '3' },
        swarm_action: { swarm_id: swarm, action, peer_mode: mode },
      },
    },
  });

/** Milliseconds from the call until the page tells of so many foreign peers, noted in the page itself. */
async function untilForeign(page: Page, count: number, act: () => Promise<void>): Promise<number> {
  const seen = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const figure = document.querySelector('[data-metric="foreign"]');
          if (Number(figure?.getAttribute('data-value') ?? 0) === wanted) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    count,
  );
  const began = Date.now();
  await act();
  return (await seen) - began;
}

const graphForeign = (page: Page) =>
  expect.poll(async () => Number(await page.locator('.graph').getAttribute('data-graph-foreign')));

test('a peer spoken by curl is in the picture within a second, marked foreign, with its deviations', async ({
  dashboard,
  page,
  server,
}) => {
  await dashboard.waitForPeers(200);
  const took = await untilForeign(page, 1, () => curl(server.url, deviant('curl-alone', 'JOIN')));
  expect(took).toBeLessThan(1000);
  await graphForeign(page).toBe(1);
  await expect(page.locator('.graph-stage')).toHaveAttribute('aria-label', /Foreign peers: 1 in film\./);
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('foreign');

  await dashboard.findPeer('curl-alone');
  const details = page.getByRole('tabpanel');
  await expect(details).toContainText('not one of this page’s peers · swarm film');
  await expect(details).toContainText('LEECH');
  const deviations = details.getByRole('region', { name: /deviations/i });
  for (const section of ['RFC 7846 §3.2.1', 'RFC 7846 §3.2.2', 'RFC 7846 §3.3.3'])
    await expect(deviations.getByRole('heading', { name: section })).toBeVisible();
  await expect(deviations).toContainText('PPSPTrackerProtocol.version a number, not a string');
  // It was listed peers of ours, and one of them is a click away.
  await expect(details.getByRole('list', { name: 'Peer list' }).getByRole('button')).toHaveCount(3);
  await details.getByRole('button', { name: /CONNECT/ }).click();
  const inspector = page.getByRole('dialog', { name: 'Inspector' });
  await expect(inspector).toContainText('JOIN by hand');
  await inspector.getByRole('button', { name: /close/i }).first().click();

  await curl(server.url, deviant('curl-alone', 'LEAVE'));
  await expect(details).toContainText('This peer has left');
  await graphForeign(page).toBe(0);
});

/** The proxy as a person starts it; the address that it prints for the page. */
async function startProxy(
  target: string,
  page: string,
): Promise<{ child: ChildProcess; url: string; link: string }> {
  const args = ['proxy', '--port', '0', '--target', new URL(target).origin, '--page', page];
  const child = spawn(process.execPath, [join(ROOT, 'dist/node/swarmscope.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (/^http:\S+\/$/.test(line)) url = line;
    const [, link] = /^Live in the page: (\S+)$/.exec(line) ?? [];
    if (link !== undefined) return { child, url, link };
  }
  throw new Error('The proxy ended before it was ready.');
}

test('what a proxy sees shows in picture and wire alike, and its loss is told', async ({ page, server }) => {
  // Both the proxy and the tracker behind it tell of the same exchanges: each shows once.
  const proxy = await startProxy(server.url, `${server.url}?peers=20`);
  try {
    const dashboard = new DashboardPage(page);
    await page.goto(proxy.link);
    await dashboard.waitForPeers(15);
    await untilForeign(page, 1, () => curl(proxy.url, deviant('behind', 'JOIN', 'film', 'SEEDER')));
    await untilForeign(page, 2, () => curl(proxy.url, deviant('elsewhere', 'JOIN', 'their-own-swarm')));
    await graphForeign(page).toBe(2);
    await expect(page.locator('.graph-stage')).toHaveAttribute('aria-label', /1 in their-own-swarm/);
    await page.keyboard.press('2');
    await page.getByRole('button', { name: /^foreign 2$/ }).click();
    await expect(page.locator('.wire-rows [data-row]')).toHaveCount(2);

    proxy.child.kill();
    await once(proxy.child, 'exit');
    const notices = page.getByRole('region', { name: 'Notices' });
    await expect(notices).toContainText('Nothing can be reached there.', { timeout: 15_000 });
  } finally {
    await page.close();
    proxy.child.kill();
  }
});

const FIXTURES = join(ROOT, 'src/recording/fixtures');

test('a HAR of Chromium and a capture by tcpdump open in the page, exchange for exchange', async ({
  dashboard,
  page,
}) => {
  await dashboard.waitForPeers(1);
  await page.keyboard.press('2');
  const files = page.getByLabel('Files to import');
  const rows = page.locator('.wire-rows [data-row]');

  await files.setInputFiles(join(FIXTURES, 'loopback.pcap'));
  await expect(page.locator('.wire-counts')).toHaveAttribute('data-total', '11');
  for (const [row, words] of [
    'CONNECT',
    'FIND',
    'CONNECT',
    'CONNECT',
    'FIND',
    'FIND',
    '400',
    'STAT_REPORT',
    'CONNECT',
    'CONNECT',
    'FIND',
  ].entries())
    await expect(rows.nth(row)).toContainText(words);
  await expect(rows.nth(5)).toContainText('403');

  const har = JSON.parse(await readFile(join(FIXTURES, 'chromium.har'), 'utf8')) as Har;
  const posts = har.log.entries.filter(({ request }) => request.method === 'POST');
  await files.setInputFiles(join(FIXTURES, 'chromium.har'));
  await expect(page.locator('.wire-counts')).toHaveAttribute('data-total', String(posts.length));
  await rows.first().click();
  const message = page.getByRole('complementary', { name: 'Message' });
  const { PPSPTrackerProtocol: first } = JSON.parse(posts[0]?.request.postData?.text ?? '') as Asked;
  await expect(message).toContainText(first.transaction_id);
});

interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: { readonly method: string; readonly postData?: { readonly text: string } };
    }[];
  };
}

interface Asked {
  readonly PPSPTrackerProtocol: { readonly transaction_id: string };
}
