/** A tracker that browsers keep the page from: explained, and reached through the relay by one button. */
import { request as httpRequest } from 'node:http';
import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';
import { startListener } from './listener.ts';
import { startBuiltServer } from '../scripts/built-server.mjs';

/** A server in front of a tracker that takes every header of CORS away, and refuses preflights: old trackers are so. */
async function withoutCors(trackerUrl: string): Promise<{ url: string; origins: string[]; stop(): void }> {
  const origins: string[] = [];
  const { url, server } = await startListener((request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(405).end();
      return;
    }
    if (request.method === 'POST') origins.push(request.headers.origin ?? 'none');
    const { method, url: path = '/', headers } = request;
    const onward = httpRequest(new URL(path, trackerUrl), { method, headers }, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  return {
    url,
    origins,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('a tracker without CORS is explained, and one button sends the run through the relay', async ({
  page,
}) => {
  const tracker = await startBuiltServer();
  const old = await withoutCors(tracker.url);
  const origin = new URL(old.url).origin;
  const server = await startBuiltServer({ options: ['--relay', origin] });
  const dashboard = new DashboardPage(page);
  try {
    await page.goto(`${server.url}?peers=60&tracker=${encodeURIComponent(`${old.url}announce`)}`);
    await expect(dashboard.alert).toContainText('does not let this page read its answers');
    await expect(dashboard.alert).toContainText(`Access-Control-Allow-Origin: ${new URL(server.url).origin}`);
    await dashboard.button(/go through this server.s relay/i).click();

    await expect.poll(async () => (await statsOf(tracker)).peers).toBeGreaterThanOrEqual(50);
    await expect(dashboard.alert).toHaveText('');
    // What reached the tracker came from the relay, not from the page; nobody asked the page's own tracker instead.
    expect(old.origins.at(-1)).toBe('none');
    expect((await statsOf(server)).requests.total).toBe(0);

    // The page says so, and its address keeps the tracker's own URL.
    await expect(page.getByTitle(/details/)).toContainText('through the relay');
    const address = new URL(page.url()).searchParams;
    expect([address.get('tracker'), address.get('via')]).toEqual([`${old.url}announce`, 'relay']);
    await dashboard.tab('Messages').click();
    await dashboard.openExchange();
    await expect(page.getByText(`${old.url}announce`).first()).toBeVisible();
    await expect(page.getByText('/relay/')).toHaveCount(0);

    // A reload finds the same way.
    await page.reload();
    await expect(page.getByTitle(/details/)).toContainText(/through the relay.*ok/);

    // The tracker's death is told as the relay met it.
    old.stop();
    await expect(dashboard.alert).toContainText('nothing listens at that port');
    await expect(dashboard.alert).toContainText("this server's relay met");
  } finally {
    await page.close();
    old.stop();
    await server.stop();
    await tracker.stop();
  }
});

test('without a relay the command is there to copy, and a run that was to go through one goes nowhere else', async ({
  page,
  server,
}) => {
  const old = await withoutCors(server.url);
  const dashboard = new DashboardPage(page);
  const command = `npm start -- --relay ${new URL(old.url).origin} --port ${server.port}`;
  try {
    await page.goto(`${server.url}?peers=20&tracker=${encodeURIComponent(old.url)}`);
    await expect(dashboard.alert).toContainText(command);
    await expect(dashboard.button(/copy relay command/i)).toBeVisible();
    await expect(dashboard.button(/go through this server.s relay/i)).toBeHidden();

    await page.goto(`${server.url}?peers=20&via=relay&tracker=${encodeURIComponent(old.url)}`);
    await expect(dashboard.alert).toContainText("This page's server has no relay");
    await expect(dashboard.alert).toContainText(command);
    // POST to /relay/ would be PPSP-TP to the page's own tracker, were it not there.
    expect((await statsOf(server)).peers).toBe(0);
  } finally {
    await page.close();
    old.stop();
  }
});

test('a refused preflight is told from a tracker without CORS', async ({ page, server }) => {
  const { url, server: half } = await startListener((request, response) => {
    request.resume();
    if (request.method === 'OPTIONS') response.writeHead(405).end();
    else response.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}');
  });
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=20&tracker=${encodeURIComponent(url)}`);
  await expect(dashboard.alert).toContainText('refuses what the browser asks before it sends a request');
  await page.close();
  half.closeAllConnections();
  half.close();
});
