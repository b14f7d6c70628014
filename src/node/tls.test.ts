import { createSign, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';

/** DER (X.690): tag, length, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);

/** A certificate of its own making (RFC 5280 §4.1), so that no key has to lie in the repository. */
function selfSigned(publicKey: KeyObject, privateKey: KeyObject): string {
  // ecdsa-with-SHA256, and commonName: 1.2.840.10045.4.3.2 and 2.5.4.3.
  const algorithm = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const name = sequence(
    der(0x31, sequence(der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('localhost')))),
  );
  const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(der(0x02, Buffer.from([1])), algorithm, name, validity, name, key);
  const signature = createSign('sha256').update(body).sign(privateKey);
  const certificate = sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const cert = selfSigned(publicKey, privateKey);
const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

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
