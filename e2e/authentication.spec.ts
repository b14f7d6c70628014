/** A tracker that wants to know who asks: explained, served, and nothing of the secret left anywhere. */
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { DashboardPage } from './pages/dashboard.ts';
import { expect, statsOf, test } from './fixtures.ts';
import { startListener } from './listener.ts';

const SECRET = 'circle-of-life-7616';
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type, authorization',
  'access-control-expose-headers': 'www-authenticate',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function admits(authorization: string): boolean {
  const value = (name: string): string => new RegExp(`[ ,]${name}="?([^",]*)`).exec(authorization)?.[1] ?? '';
  const rest = [value('nonce'), value('nc'), value('cnonce'), 'auth', sha256(`POST:${value('uri')}`)].join(
    ':',
  );
  return value('response') === sha256(`${sha256(`mufasa:peers:${SECRET}`)}:${rest}`);
}

test('Digest: 401 is explained, credentials given in the settings serve, and stay in memory', async ({
  page,
  server,
}) => {
  // A gate before the tracker, as a web server in front of it is one.
  const { url, server: gate } = await startListener((request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS).end();
      return;
    }
    if (request.method === 'POST' && !admits(request.headers.authorization ?? '')) {
      request.resume();
      response.writeHead(401, {
        ...CORS,
        'www-authenticate': 'Digest realm="peers", qop="auth", algorithm=SHA-256, nonce="abc"',
      });
      response.end();
      return;
    }
    const { method, headers, url: path = '/' } = request;
    const onward = httpRequest(new URL(path, server.url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  const dashboard = new DashboardPage(page);
  await page.goto(`${server.url}?peers=30&tracker=${encodeURIComponent(url)}`);
  await expect(dashboard.alert).toContainText('wants to know who asks');

  const dialog = await dashboard.openSettings();
  const group = dialog.getByRole('group', { name: 'Authentication' });
  await group.getByLabel('Scheme').selectOption({ label: 'Digest (user and password)' });
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(group.getByRole('status')).toHaveText('Enter the user.');
  await group.getByLabel('User').fill('mufasa');
  await group.getByLabel('Password').fill('wrong');
  await dialog.getByRole('button', { name: /apply/i }).click();
  await expect(dashboard.alert).toContainText('does not accept the credentials');

  const again = await dashboard.openSettings();
  await expect(again.getByLabel('Password')).toHaveValue('');
  await again.getByLabel('User').fill('mufasa');
  await again.getByLabel('Password').fill(SECRET);
  await again.getByRole('button', { name: /apply/i }).click();
  await expect.poll(async () => (await statsOf(server)).peers).toBeGreaterThanOrEqual(25);
  await expect(dashboard.alert).toHaveText('');

  // Opened once more and applied with nothing typed: the same go on.
  const kept = await dashboard.openSettings();
  await kept.getByRole('button', { name: /apply/i }).click();
  await expect(page.getByTitle(/details/)).toContainText('ok');

  const left = await page.evaluate(() => [
    location.href,
    JSON.stringify(Object.entries(localStorage)),
    JSON.stringify(Object.entries(sessionStorage)),
    document.documentElement.outerHTML,
  ]);
  for (const text of [...left, ...dashboard.complaints]) expect(text).not.toContain(SECRET);

  // Another tracker is not told: this one admits anybody, and sees no Authorization.
  const seen: (string | undefined)[] = [];
  const { url: elsewhere, server: other } = await startListener((request, response) => {
    if (request.method === 'POST') seen.push(request.headers.authorization);
    request.resume();
    response.writeHead(request.method === 'OPTIONS' ? 204 : 200, CORS).end();
  });
  const moved = await dashboard.openSettings();
  await moved.getByLabel('Tracker URL').fill(elsewhere);
  await moved.getByRole('button', { name: /apply/i }).click();
  await expect.poll(() => seen.length).toBeGreaterThan(3);
  expect(new Set(seen)).toEqual(new Set([undefined]));
  await page.close();
  for (const one of [gate, other]) {
    one.closeAllConnections();
    one.close();
  }
});
