/** Digest (RFC 7616), the server's side: qop=auth; SHA-256, and MD5 where the file has hashes for it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { readChallenges } from '../transport/challenges.ts';
import type { Identity } from '../tracker/access.ts';
import type { AccessList, DigestEntry } from './access-file.ts';
import type { Gate, Verdict } from './access-gate.ts';
import { NonceBook } from './nonces.ts';
import { targetOf } from './plain-request.ts';

/** The stronger first (RFC 7616 §3.7); Node's names for them. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
]);

/** What a client says of itself, in the fields of RFC 7616 §3.4. */
interface Proof {
  readonly user: string;
  readonly uri: string;
  readonly algorithm: string;
  readonly nonce: string;
  readonly nc: string;
  readonly cnonce: string;
  readonly response: string;
}

export class DigestGate implements Gate {
  readonly #realm: string;
  readonly #users: ReadonlyMap<string, DigestEntry>;
  readonly #algorithms: readonly string[];
  readonly #nonces = new NonceBook();
  /** In place of a secret where there is none, so that it takes as long. */
  readonly #nobody = randomBytes(32).toString('hex');

  constructor({ realm, entries }: Extract<AccessList, { scheme: 'digest' }>) {
    this.#realm = realm;
    this.#users = new Map(entries.map((entry) => [entry.user, entry]));
    this.#algorithms = [...HASHES.keys()].filter((name) => entries.some(({ secrets }) => secrets.has(name)));
  }

  judge(request: IncomingMessage, now: number): Verdict {
    const proof = readProof(request, this.#realm);
    const found = proof === undefined ? undefined : this.#check(proof, request.method ?? '', now);
    return {
      access:
        found === undefined || found === 'stale' ? { kind: 'unknown' } : { kind: 'known', identity: found },
      challenges: () => this.#challenges(found === 'stale', now),
    };
  }

  /** `stale`: the user and the password are right, the nonce or its count is not to be used any more (RFC 7616 §3.3). */
  #check(proof: Proof, method: string, now: number): Identity | 'stale' | undefined {
    const { user, uri, algorithm, nonce, nc, cnonce, response } = proof;
    const name = HASHES.get(algorithm);
    if (name === undefined) return undefined;
    const hash = (...parts: readonly string[]): string =>
      createHash(name).update(parts.join(':')).digest('hex');
    const entry = this.#users.get(user);
    const secret = entry?.secrets.get(algorithm);
    const due = hash(secret ?? this.#nobody, nonce, nc, cnonce, 'auth', hash(method, uri));
    if (!isSame(due, response) || entry === undefined || secret === undefined) return undefined;
    return this.#nonces.use(nonce, Number.parseInt(nc, 16), now) ? entry.identity : 'stale';
  }

  #challenges(stale: boolean, now: number): string[] {
    const nonce = this.#nonces.issue(now);
    const realm = this.#realm.replaceAll(/["\\]/g, String.raw`\$&`);
    return this.#algorithms.map(
      (algorithm) =>
        `Digest realm="${realm}", qop="auth", algorithm=${algorithm}, nonce="${nonce}", charset=UTF-8${stale ? ', stale=true' : ''}`,
    );
  }
}

/** Of equal length; how long it takes does not tell where they differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `undefined`: it is no proof for this realm and this very request (RFC 7616 §3.4.6). */
function readProof(request: IncomingMessage, realm: string): Proof | undefined {
  // node:http takes bytes for Latin-1; a user's name is in UTF-8 (RFC 7616 §4).
  const header = Buffer.from(request.headers.authorization ?? '', 'latin1').toString('utf8');
  const [sent, ...others] = readChallenges(header);
  if (sent?.scheme !== 'digest' || others.length > 0) return undefined;
  const of = (name: string): string => sent.parameters.get(name) ?? '';
  const user = userOf(sent.parameters);
  const uri = of('uri');
  if (user === undefined || of('realm') !== realm || of('qop') !== 'auth') return undefined;
  if (uri !== request.url && uri !== targetOf(request)) return undefined;
  const [nc, cnonce] = [of('nc'), of('cnonce')];
  // RFC 7616 §3.4: eight digits, from 1 on.
  if (!/^[\da-f]{8}$/i.test(nc) || /^0+$/.test(nc) || cnonce === '') return undefined;
  // Without the parameter it is MD5 (RFC 7616 §3.3).
  const algorithm = (sent.parameters.get('algorithm') ?? 'MD5').toUpperCase();
  return { user, uri, algorithm, nonce: of('nonce'), nc, cnonce, response: of('response') };
}

/** One of `username` and `username*`, the latter as RFC 8187 writes it. */
function userOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const [plain, extended] = [parameters.get('username'), parameters.get('username*')];
  if (extended === undefined || plain !== undefined) return extended === undefined ? plain : undefined;
  try {
    return decodeURIComponent(/^utf-8'[^']*'(.*)$/is.exec(extended)?.[1] ?? '%');
  } catch {
    return undefined;
  }
}
