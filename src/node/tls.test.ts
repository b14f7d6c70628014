import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';
import { selfSigned } from './testing-certificate.ts';

const { cert, key } = selfSigned();

let server: RunningServer | undefined;
afterEach(() => server?.stop());

it('speaks HTTPS with a certificate and its key (RFC 7846 §5)', async () => {
  server = await startServer({ host: '127.0.0.1', port: 0, tls: { cert, key } });
  expect(server.url).toMatch(/^https:/);
  const options = { ca: cert, servername: 'localhost' };
  const [response] = (await once(get(`${server.url}healthz`, options), 'response')) as [IncomingMessage];
  expect(response.resume().statusCode).toBe(200);
});

it('gives up on a client that never shakes hands', async () => {
  const limits = { headersTimeout: 50 };
  server = await startServer({ host: '127.0.0.1', port: 0, tls: { cert, key }, limits });
  const socket = connect(server.port, '127.0.0.1').resume();
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect(socket.bytesRead).toBe(0);
});
