/** For tests: a certificate of its own making (RFC 5280 §4.1), so that no key has to lie in the repository. */
import { createSign, generateKeyPairSync } from 'node:crypto';

/** DER (X.690): tag, length, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

/** PEM texts, for `localhost` and 127.0.0.1. */
export function selfSigned(): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  // ecdsa-with-SHA256, commonName and subjectAltName: 1.2.840.10045.4.3.2, 2.5.4.3 and 2.5.29.17.
  const algorithm = sequence(identifier('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from('localhost')))));
  const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = der(0xa3, sequence(sequence(identifier('551d11'), der(0x04, names))));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const version3 = der(0xa0, integer(2));
  const body = sequence(version3, integer(1), algorithm, name, validity, name, spki, extensions);
  const signature = createSign('sha256').update(body).sign(privateKey);
  const certificate = sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}
