import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

it('finds a file by a whole URL too (RFC 9112 §3.2.2)', async () => {
  const asked = request(server.url, { path: `${server.url}assets/main-abc.js?x` }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(response.resume().statusCode).toBe(200);
});

it.each(['bytes=5-2', 'bytes=0-3', 'bytes=99-', 'bytes=-', 'lines=1'])(
  'answers the whole file to Range: %s (RFC 9110 §14.2)',
  async (range) => {
    const response = await fetch(`${server.url}assets/main-abc.js`, { headers: { range } });
    expect([response.status, await response.text()]).toEqual([200, 'export {};']);
  },
);

// Linux tells which files a process has open.
describe.runIf(existsSync('/proc/self/fd'))('a file of which a client reads nothing', () => {
  const opened = (): number =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
      } catch {
        return false; // closed meanwhile
      }
    }).length;

  /** Asks `times` times in one go. */
  const ask = (of: RunningServer, times: number): Socket => {
    const get = 'GET /assets/large-abc.js HTTP/1.1\r\nHost: a\r\n\r\n';
    const socket = connect(of.port, '127.0.0.1', () => socket.write(get.repeat(times)));
    // To listen for it is not to read it.
    return socket.on('readable', () => undefined).on('error', () => undefined);
  };

  beforeEach(async () => {
    await server.stop();
    const large = join(folder, 'assets', 'large-abc.js');
    writeFileSync(large, '');
    // More than the system buffers for a connection.
    truncateSync(large, 64 * 1024 * 1024);
    server = await startServer({ host: '127.0.0.1', port: 0, dashboard: folder });
  });

  it('is closed when the client goes, answers that waited behind another included', async () => {
    const socket = ask(server, 10);
    await expect.poll(opened).toBe(10);
    socket.resetAndDestroy();
    await expect.poll(opened).toBe(0);
  });

  it('is closed when the client stays', async () => {
    await server.stop();
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      dashboard: folder,
      limits: { silence: 100 },
    });
    const socket = ask(server, 1);
    await once(socket, 'readable');
    await expect.poll(opened).toBe(0);
    socket.destroy();
  });
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
