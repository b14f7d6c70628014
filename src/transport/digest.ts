/** HTTP Digest access authentication (RFC 7616), the client's side: qop=auth, SHA-256 or MD5. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeText } from '../protocol/text.ts';
import type { Challenge } from './challenges.ts';

export interface DigestUser {
  readonly user: string;
  readonly password: string;
}

/** A challenge that can be met. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: Algorithm;
}

/** The stronger first. */
const HASHES = { 'SHA-256': sha256, MD5: md5 } as const;
type Algorithm = keyof typeof HASHES;
const ALGORITHMS = Object.keys(HASHES) as Algorithm[];

/** The strongest of those that can be met. */
export function chooseDigest(challenges: readonly Challenge[]): DigestChallenge | undefined {
  for (const algorithm of ALGORITHMS)
    for (const { scheme, parameters } of challenges) {
      const nonce = parameters.get('nonce');
      // Without the parameter it is MD5 (RFC 7616 §3.3).
      const asked = (parameters.get('algorithm') ?? 'MD5').toUpperCase();
      if (scheme !== 'digest' || nonce === undefined || asked !== algorithm) continue;
      const qops = (parameters.get('qop') ?? '').split(',').map((qop) => qop.trim().toLowerCase());
      if (!qops.includes('auth')) continue;
      return {
        realm: parameters.get('realm') ?? '',
        nonce,
        opaque: parameters.get('opaque'),
        algorithm,
      };
    }
  return undefined;
}

export interface DigestRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly uri: string;
  /** How often this nonce was used, this time included. */
  readonly count: number;
  readonly cnonce: string;
}

/** The value of the header Authorization. */
export function digestAuthorization(
  { realm, nonce, opaque, algorithm }: DigestChallenge,
  { user, password }: DigestUser,
  { method, uri, count, cnonce }: DigestRequest,
): string {
  const hash = (...parts: readonly string[]): string =>
    bytesToHex(HASHES[algorithm](encodeText(parts.join(':'))));
  const nc = count.toString(16).padStart(8, '0');
  const response = hash(hash(user, realm, password), nonce, nc, cnonce, 'auth', hash(method, uri));
  const parts = [
    // A header holds ASCII: RFC 8187 for the rest.
    /^[\x20-\x7e]*$/.test(user) ? `username=${quoted(user)}` : `username*=UTF-8''${extended(user)}`,
    `realm=${quoted(realm)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    `nonce=${quoted(nonce)}`,
    `nc=${nc}`,
    `cnonce=${quoted(cnonce)}`,
    'qop=auth',
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

const extended = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
