import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';

let folder: string;
let server: RunningServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'swarmscope-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {};');
  server = await startServer({ host: '127.0.0.1', port: 0, dashboard: folder });
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('serves the page with its security headers', async () => {
  const response = await fetch(`${server.url}?scenario=x`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<title>page</title>');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': expect.stringContaining('text/html') as string,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'access-control-allow-origin': '*',
  });
});

it('lets browsers keep what carries a hash in its name, and ask again for the rest', async () => {
  const script = await fetch(`${server.url}assets/main-abc.js`);
  expect(script.headers.get('cache-control')).toContain('immutable');
  const etag = script.headers.get('etag') ?? '';
  const again = await fetch(`${server.url}assets/main-abc.js`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  const head = await fetch(server.url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

it('serves nothing else', async () => {
  for (const path of [
    'nothing.js',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%',
    'assets/%00',
  ]) {
    expect((await fetch(server.url + path)).status).toBe(404);
  }
});

it('lives through the loss of a file that it knows of', async () => {
  rmSync(join(folder, 'index.html'));
  await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow(
    /fetch failed|terminated/,
  );
  expect((await fetch(`${server.url}healthz`)).status).toBe(200);
});

it('refuses to start without a built dashboard', async () => {
  rmSync(join(folder, 'index.html'));
  await expect(startServer({ host: '127.0.0.1', port: 0, dashboard: folder })).rejects.toThrow(
    /not built.*npm run build/,
  );
});
