import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchTransport } from '../testing/fetch.ts';
import { authenticated } from './authentication.ts';
import type { Credentials } from './authentication.ts';
import { readChallenges } from './challenges.ts';
import { chooseDigest, digestAuthorization } from './digest.ts';
import type { Transport, WireAnswer } from './transport.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => listener(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (transport: Transport, url: string): Promise<WireAnswer> =>
  transport.send({
    url,
    contentType: 'application/json',
    body: new TextEncoder().encode('{}'),
    timeout: 5000,
  });
const statusOf = async (transport: Transport, url: string): Promise<unknown> => {
  const answer = await send(transport, url);
  return answer.kind === 'answered' ? answer.status : answer;
};

const jason = {
  scheme: 'digest',
  user: 'Jäsøn "J\\" Doe',
  password: 'Secret, or not?',
} as const satisfies Credentials;
let cnonces = 0;
const cnonce = (): string => `c${++cnonces}`;

/** The server's side of RFC 7616, after its text and with Node's own hashes. */
class Gate {
  readonly algorithm: 'SHA-256' | 'MD5';
  readonly realm = 'peers "only"';
  nonce = 'n1';
  stale = false;
  readonly seen: (string | undefined)[] = [];
  readonly counts = new Set<string>();
  url = '';

  constructor(algorithm: 'SHA-256' | 'MD5' = 'SHA-256') {
    this.algorithm = algorithm;
  }

  async open(): Promise<this> {
    this.url = await listen((request, response) => {
      const { authorization } = request.headers;
      this.seen.push(authorization);
      if (authorization !== undefined && this.#admits(authorization, request.url ?? ''))
        response.end('{"in":1}');
      else {
        const realm = this.realm.replaceAll('"', '\\"');
        const own = `Digest realm="${realm}", qop="auth-int, auth", algorithm=${this.algorithm}, nonce="${this.nonce}", opaque="o=,"`;
        response.setHeader('www-authenticate', ['Basic realm="x"', own + (this.stale ? ', stale=TRUE' : '')]);
        response.writeHead(401).end();
      }
    });
    return this;
  }

  #admits(authorization: string, target: string): boolean {
    const value = (name: string): string => {
      const found = new RegExp(`[ ,]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^, ]+))`).exec(authorization);
      return (found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? found?.[2] ?? '').replace(/^UTF-8''/, '');
    };
    const user = value('username') || decodeURIComponent(value(String.raw`username\*`));
    const hash = (text: string): string =>
      createHash(this.algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex');
    if (user !== jason.user || value('uri') !== target) return false;
    if (value('nonce') !== this.nonce || value('opaque') !== 'o=,' || value('qop') !== 'auth') return false;
    // A nonce count that comes twice is a replay.
    if (this.counts.has(value('nonce') + value('nc'))) return false;
    this.counts.add(value('nonce') + value('nc'));
    const secret = hash(`${user}:${this.realm}:${jason.password}`);
    const rest = `${value('nonce')}:${value('nc')}:${value('cnonce')}:auth:${hash(`POST:${target}`)}`;
    return value('response') === hash(`${secret}:${rest}`);
  }
}

describe('Digest', () => {
  it.each(['SHA-256', 'MD5'] as const)(
    'is admitted with %s, and counts the uses of a nonce',
    async (algorithm) => {
      const gate = await new Gate(algorithm).open();
      const transport = authenticated(fetchTransport, jason, cnonce);
      const url = `${gate.url}/announce?x=%22&y=1#part`;
      for (let i = 0; i < 3; i++) expect(await statusOf(transport, url)).toBe(200);
      // One refusal for the challenge, none after.
      expect(gate.seen[0]).toBeUndefined();
      expect(gate.seen.slice(1).map((value) => /nc=(\w+)/.exec(value ?? '')?.[1])).toEqual([
        '00000001',
        '00000002',
        '00000003',
      ]);
      expect(gate.seen.join()).not.toContain('Secret');
    },
  );

  it('goes on when the nonce is stale, without a refusal being seen', async () => {
    const gate = await new Gate().open();
    const transport = authenticated(fetchTransport, jason, cnonce);
    expect(await statusOf(transport, gate.url)).toBe(200);
    gate.nonce = 'n2';
    gate.stale = true;
    expect(await statusOf(transport, gate.url)).toBe(200);
    expect(gate.seen).toHaveLength(4);
  });

  it('serves many requests at once, from the first', async () => {
    const gate = await new Gate().open();
    const transport = authenticated(fetchTransport, jason, cnonce);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(transport, gate.url)));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('is not tried for ever with a wrong password', async () => {
    const gate = await new Gate().open();
    const wrong = authenticated(fetchTransport, { ...jason, password: 'no' }, cnonce);
    expect(await statusOf(wrong, gate.url)).toBe(401);
    expect(gate.seen).toHaveLength(2);
    expect(await statusOf(wrong, gate.url)).toBe(401);
    expect(gate.seen).toHaveLength(3);
  });

  it('recovers on its own when the server was started anew and says nothing of stale', async () => {
    const gate = await new Gate().open();
    const transport = authenticated(fetchTransport, jason, cnonce);
    expect(await statusOf(transport, gate.url)).toBe(200);
    gate.nonce = 'n2';
    expect(await statusOf(transport, gate.url)).toBe(200);
  });

  it('tells nothing to who asks for something else', async () => {
    const seen: (string | undefined)[] = [];
    for (const header of [
      'Basic realm="x"',
      'Digest realm="x", nonce="n"',
      'Digest realm="x", nonce="n", qop="auth", algorithm=SHA-256-sess',
      'Digest , , =',
      '',
    ]) {
      const url = await listen((request, response) => {
        seen.push(request.headers.authorization);
        if (header !== '') response.setHeader('www-authenticate', header);
        response.writeHead(401).end();
      });
      expect(await statusOf(authenticated(fetchTransport, jason, cnonce), url)).toBe(401);
    }
    expect(seen).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('writes what RFC 7616 §3.9.1 shows', () => {
    const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
    const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
    const header = ['SHA-256', 'MD5']
      .map(
        (one) =>
          `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${one}, nonce="${nonce}", opaque="${opaque}"`,
      )
      .join(', ');
    const user = { user: 'Mufasa', password: 'Circle of Life' };
    const request = {
      method: 'GET',
      uri: '/dir/index.html',
      count: 1,
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    };
    const strongest = chooseDigest(readChallenges(header));
    expect(strongest).toMatchObject({ algorithm: 'SHA-256', nonce, opaque });
    if (strongest === undefined) return;
    expect(digestAuthorization(strongest, user, request)).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    );
    expect(digestAuthorization({ ...strongest, algorithm: 'MD5' }, user, request)).toContain(
      'response="8ca523f5e9506fed4657c9700eebdbec"',
    );
  });
});

it('takes a challenge that names no algorithm for MD5 (RFC 7616 §3.3), and the strongest of several', () => {
  const algorithmOf = (header: string): string | undefined => chooseDigest(readChallenges(header))?.algorithm;
  expect(algorithmOf('Digest nonce="n", qop="auth"')).toBe('MD5');
  expect(algorithmOf('Digest nonce="n", qop="auth", Digest nonce="m", qop="auth", algorithm=sha-256')).toBe(
    'SHA-256',
  );
});

describe('Bearer', () => {
  it('is on every request, and the answer is as it is', async () => {
    const seen: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(seen.length === 1 ? 401 : 200).end();
    });
    const transport = authenticated(fetchTransport, { scheme: 'bearer', token: 'abc==' }, cnonce);
    expect([await statusOf(transport, url), await statusOf(transport, url)]).toEqual([401, 200]);
    expect(seen).toEqual(['Bearer abc==', 'Bearer abc==']);
  });
});

it('challenges are read whatever their order and spacing, and hostile ones end', () => {
  const read = (text: string): unknown =>
    readChallenges(text).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
  expect(read('Bearer realm="a, b=\\"c\\"" , DIGEST Nonce=n,QOP="auth"')).toEqual([
    ['bearer', { realm: 'a, b="c"' }],
    ['digest', { nonce: 'n', qop: 'auth' }],
  ]);
  expect(read('Negotiate, NTLM, Digest nonce="x"')).toEqual([
    ['negotiate', {}],
    ['ntlm', {}],
    ['digest', { nonce: 'x' }],
  ]);
  for (const text of [
    '"'.repeat(9000),
    'a='.repeat(9000),
    '\\'.repeat(9000),
    `Digest nonce="${'\\'.repeat(9000)}`,
  ])
    expect(() => readChallenges(text)).not.toThrow();
});
