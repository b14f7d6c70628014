/** Who may speak to the tracker, over real HTTP: our own transport on the other side, and clients that do it wrong. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { EditionId, Request } from '../protocol/message.ts';
import { EDITIONS } from '../protocol/message.ts';
import { fetchTransport } from '../testing/fetch.ts';
import { as, encoded } from '../tracker/testing-http.ts';
import { connect, entering, join } from '../tracker/testing.ts';
import { authenticated } from '../transport/authentication.ts';
import type { Credentials } from '../transport/authentication.ts';
import { readChallenges } from '../transport/challenges.ts';
import { chooseDigest, digestAuthorization } from '../transport/digest.ts';
import type { DigestChallenge } from '../transport/digest.ts';
import type { Transport, WireAnswer, WireRequest } from '../transport/transport.ts';
import { readAccessList } from './access-file.ts';
import { plainAccessWarning } from './access-gate.ts';
import { NONCE_LIFE } from './nonces.ts';
import { startClient, stopAll } from './testing-client.ts';
import type { Client } from './testing-client.ts';

afterEach(stopAll);

const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');

const TOKEN = 'tok-en.1~2+/==';
const BEARERS = readAccessList(
  'bearer',
  `${hash('sha256', TOKEN)} p\n${hash('sha256', 'of-a-fleet')} fleet f*\n${hash('sha256', 'too')} fleet-too f*`,
  'f',
);

const REALM = 'peers "only"';
const jason = { user: 'Jäsøn "J\\" Doe', password: 'Secret, or not?' };
const digestLine = (user: string, password: string, pattern: string): string => {
  const secret = `${user}:${REALM}:${password}`;
  return `${user}:${REALM}:${hash('sha256', secret)}:${hash('md5', secret)} ${pattern}`;
};
const DIGESTS = readAccessList(
  'digest',
  [digestLine(jason.user, jason.password, 'p'), digestLine('q', 'other', 'q')].join('\n'),
  'f',
);

let asked = 0;
const connecting = (peer: string, edition: EditionId = 'rfc7846'): Request => {
  const [first] = entering(edition, peer, 'film');
  return as(first ?? connect(edition, peer, []), `t${asked++}`);
};

function wire(client: Client, request: Request, path = 'announce?x=1'): WireRequest {
  const { body, contentType = '' } = encoded(request);
  return { url: client.server.url + path, contentType, body: new Uint8Array(body), timeout: 5000 };
}

/** The transport of the page and of our peers, with what it authenticates with. */
function speaker(client: Client, credentials: Credentials): (request: Request) => Promise<unknown> {
  const transport = authenticated(fetchTransport, credentials, () => `c${asked++}`);
  return async (request) => statusOf(await transport.send(wire(client, request)));
}

const statusOf = (answer: WireAnswer): unknown => (answer.kind === 'answered' ? answer.status : answer);

interface Raw {
  readonly status: number;
  readonly challenges: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A request with headers as they are. */
async function ask(
  client: Client,
  request: Request,
  headers: Readonly<Record<string, string>> = {},
  path?: string,
): Promise<Raw> {
  const { url, contentType, body } = wire(client, request, path);
  const outgoing = httpRequest(url, { method: 'POST', headers: { 'content-type': contentType, ...headers } });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  const challenges = response.headersDistinct['www-authenticate'] ?? [];
  return { status: response.statusCode ?? 0, challenges, headers: response.headers, body: text };
}

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

describe('bearer', () => {
  it.each(EDITIONS)('our transport is let in, in %s; the wrong token and none are not', async (edition) => {
    const client = await startClient({ access: BEARERS });
    const good = speaker(client, { scheme: 'bearer', token: TOKEN });
    const bad = speaker(client, { scheme: 'bearer', token: 'nope' });
    expect(await good(connecting('p', edition))).toBe(200);
    expect(await bad(connecting('p', edition))).toBe(401);
    expect(statusOf(await fetchTransport.send(wire(client, connecting('p', edition))))).toBe(401);
    expect((await client.stats()).requests).toMatchObject({
      total: 3,
      byEdition: { [edition]: 3 },
      byError: { 'authentication-required': 2 },
    });
  });

  it('names what is wrong with a token only to who sent one (RFC 6750 §3.1)', async () => {
    const client = await startClient({ access: BEARERS });
    const challengesTo = async (headers: Record<string, string>): Promise<readonly string[]> => {
      const { status, challenges } = await ask(client, connecting('p'), headers);
      expect(status).toBe(401);
      return challenges;
    };
    const plain = ['Bearer realm="PPSP tracker"'];
    const invalid = [expect.stringMatching(/^Bearer realm="PPSP tracker", error="invalid_token"/)];
    expect(await challengesTo({})).toEqual(plain);
    expect(await challengesTo({ authorization: 'Basic dXNlcjpw' })).toEqual(plain);
    expect(await challengesTo({ authorization: 'Bearer' })).toEqual(plain);
    for (const token of ['nope', `${TOKEN}x`, TOKEN.slice(1), hash('sha256', TOKEN), `${TOKEN} ${TOKEN}`])
      expect(await challengesTo(bearer(token))).toEqual(invalid);
    expect((await ask(client, connecting('p'), { authorization: `BEARER ${TOKEN}` })).status).toBe(200);
    // A token in the URI ends up in logs: it counts for nothing.
    expect((await ask(client, connecting('p'), {}, `?access_token=${TOKEN}`)).status).toBe(401);
  });

  it('forbids the peer IDs of others', async () => {
    const client = await startClient({ access: BEARERS });
    const one = speaker(client, { scheme: 'bearer', token: TOKEN });
    const fleet = speaker(client, { scheme: 'bearer', token: 'of-a-fleet' });
    expect([await one(connecting('f1')), await one(connecting('p'))]).toEqual([403, 200]);
    expect([
      await fleet(connecting('p')),
      await fleet(connecting('f1')),
      await fleet(connecting('f2')),
    ]).toEqual([403, 200, 200]);
    expect((await client.stats()).requests.byError).toEqual({ forbidden: 2 });
  });

  it('gives nobody the answer that was kept for another', async () => {
    const client = await startClient({ access: BEARERS });
    const events = await fetch(`${client.server.url}events`);
    const request = connecting('f1');
    for (const token of ['of-a-fleet', 'of-a-fleet', 'too', 'of-a-fleet'])
      expect((await ask(client, request, bearer(token))).status).toBe(200);
    const lines = await linesOf(events, 4);
    expect(lines.map(({ repeated }) => repeated)).toEqual([false, true, false, true]);
  });

  it('takes the AuthToken of gu-04 too (gu -06 §4.1), and a header before it', async () => {
    const client = await startClient({ access: BEARERS });
    const connectsBy = (authToken: string): Request => ({
      ...as(connect('gu-04', 'p', []), `t${asked++}`),
      authToken,
    });
    expect((await ask(client, connectsBy(TOKEN))).status).toBe(200);
    const refused = await ask(client, connectsBy('nope'));
    expect([refused.status, refused.challenges]).toEqual([
      401,
      [expect.stringContaining('error="invalid_token"')],
    ]);
    expect((await ask(client, connectsBy(TOKEN), bearer('nope'))).status).toBe(401);
  });
});

/** The lines of `/events`, as many as that. */
async function linesOf(events: Response, count: number): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of events.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const found = [...text.matchAll(/^data: ?(\{.*\})$/gm)].map(([, line = '']) => line);
    if (found.length < count) continue;
    for (const line of found) lines.push(JSON.parse(line) as Record<string, unknown>);
    break;
  }
  return lines;
}

/** What a client works out to a challenge; `change` makes it wrong. */
function proof(
  challenge: DigestChallenge,
  count: number,
  change: { uri?: string; method?: string; user?: string; password?: string } = {},
): string {
  const { uri = '/announce?x=1', method = 'POST', ...who } = change;
  return digestAuthorization(challenge, { ...jason, ...who }, { method, uri, count, cnonce: 'c' });
}

async function challenged(client: Client, algorithm?: 'MD5'): Promise<DigestChallenge> {
  const { challenges } = await ask(client, connecting('p'));
  const chosen = chooseDigest(
    readChallenges(challenges.filter((one) => algorithm === undefined || one.includes(algorithm)).join(', ')),
  );
  if (chosen === undefined) throw new Error('no challenge');
  return chosen;
}

describe('digest', () => {
  it.each(['SHA-256', 'MD5'] as const)(
    'our transport is let in with %s, in every edition',
    async (algorithm) => {
      const client = await startClient({ access: DIGESTS });
      const sent: (string | undefined)[] = [];
      // A client that knows no other algorithm sees no other challenge.
      const picky: Transport = {
        async send(request) {
          sent.push(request.authorization);
          const answer = await fetchTransport.send(request);
          if (answer.kind !== 'answered' || answer.authenticate === undefined) return answer;
          const all = answer.authenticate.split(/, (?=Digest )/);
          return { ...answer, authenticate: all.filter((one) => one.includes(algorithm)).join(', ') };
        },
      };
      const transport = authenticated(picky, { scheme: 'digest', ...jason }, () => `c${asked++}`);
      for (const edition of EDITIONS)
        expect(statusOf(await transport.send(wire(client, connecting('p', edition))))).not.toBe(401);
      // Challenged once, let in ever after.
      expect(sent.map((value) => /algorithm=([\w-]+).*nc=(\w+)/.exec(value ?? '')?.slice(1))).toEqual([
        undefined,
        ...['00000001', '00000002', '00000003', '00000004'].map((nc) => [algorithm, nc]),
      ]);
      expect((await client.stats()).requests.byError['authentication-required']).toBe(1);
    },
  );

  it('challenges with the stronger algorithm first, a line each, and another nonce each time', async () => {
    const client = await startClient({ access: DIGESTS });
    const { challenges } = await ask(client, connecting('p'));
    const read = challenges.flatMap((one) => readChallenges(one).map(({ parameters }) => parameters));
    expect(read.map((one) => one.get('algorithm'))).toEqual(['SHA-256', 'MD5']);
    for (const one of read) {
      expect([one.get('realm'), one.get('qop'), one.get('stale')]).toEqual([REALM, 'auth', undefined]);
      expect(one.get('nonce')).toMatch(/^[\w.-]{60,}$/);
    }
    expect((await challenged(client)).nonce).not.toBe((await challenged(client)).nonce);
  });

  it('renews a nonce that is too old, unseen by who asks', async () => {
    const client = await startClient({ access: DIGESTS });
    const say = speaker(client, { scheme: 'digest', ...jason });
    expect(await say(connecting('p'))).toBe(200);
    client.wait(NONCE_LIFE);
    expect(await say(connecting('p'))).toBe(200);
    expect((await client.stats()).requests.byError).toEqual({ 'authentication-required': 2 });
  });

  it('says stale to who knows the password only (RFC 7616 §3.3)', async () => {
    const client = await startClient({ access: DIGESTS });
    const old = await challenged(client);
    client.wait(NONCE_LIFE);
    const right = await ask(client, connecting('p'), { authorization: proof(old, 1) });
    const wrong = await ask(client, connecting('p'), { authorization: proof(old, 1, { password: 'no' }) });
    expect([right.status, wrong.status]).toEqual([401, 401]);
    expect(right.challenges.every((one) => one.endsWith(', stale=true'))).toBe(true);
    expect(wrong.challenges.join()).not.toContain('stale');
  });

  it('refuses a request that comes a second time, and takes many at once', async () => {
    const client = await startClient({ access: DIGESTS });
    const nonce = await challenged(client);
    const authorization = proof(nonce, 1);
    const first = await ask(client, connecting('p'), { authorization });
    const replayed = await ask(client, connecting('p'), { authorization });
    expect([first.status, replayed.status]).toEqual([200, 401]);
    const say = speaker(client, { scheme: 'digest', ...jason });
    const statuses = await Promise.all(Array.from({ length: 40 }, () => say(connecting('p'))));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('forbids the peer IDs of others', async () => {
    const client = await startClient({ access: DIGESTS });
    const say = speaker(client, { scheme: 'digest', ...jason });
    expect([await say(connecting('q')), await say(connecting('p'))]).toEqual([403, 200]);
  });

  it('refuses what is not for this request, this user, or not whole', async () => {
    const client = await startClient({ access: DIGESTS });
    const nonce = await challenged(client);
    let count = 0;
    const next = (change: Parameters<typeof proof>[2] = {}): string => proof(nonce, ++count, change);
    const refused: Record<string, string> = {
      'wrong password': next({ password: 'no' }),
      'another user': next({ user: 'q' }),
      'nobody known': next({ user: 'x' }),
      'another path': next({ uri: '/announce?x=2' }),
      'another method': next({ method: 'GET' }),
      'another realm': next().replace(/realm="[^,]*"/, 'realm="x"'),
      'another nonce': next().replace(/nonce="./, 'nonce="x'),
      'another count': next().replace(/nc=0/, 'nc=1'),
      'no count': next().replace(/nc=\w+, /, ''),
      'count 0': proof(nonce, 0),
      'no qop': next().replace('qop=auth, ', ''),
      'another qop': next().replace('qop=auth', 'qop=auth-int'),
      'another algorithm': next().replace('SHA-256', 'SHA-512-256'),
      'the other algorithm': next().replace('SHA-256', 'MD5'),
      'no response': next().replace(/response="\w+"/, 'response=""'),
      'broken name': next().replace(/username\*=[^,]+/, "username*=UTF-8''%zz"),
      'two names': `${next()}, username="q"`,
      'two proofs': `${next()}, Digest x=1`,
      'no parameters': 'Digest',
      Bearer: `Bearer ${TOKEN}`,
    };
    for (const [what, authorization] of Object.entries(refused)) {
      const { status, challenges } = await ask(client, connecting('p'), { authorization });
      expect([what, status, challenges.length]).toEqual([what, 401, 2]);
    }
    expect((await ask(client, connecting('p'), { authorization: next() })).status).toBe(200);
    // As curl writes a name: in quotes, in UTF-8.
    const name = Buffer.from(jason.user.replaceAll(/["\\]/g, String.raw`\$&`)).toString('latin1');
    const quoted = next().replace(/username\*=[^,]+/, () => `username="${name}"`);
    expect((await ask(client, connecting('p'), { authorization: quoted })).status).toBe(200);
  });
});

it('shows a refusal on /events without what it came with', async () => {
  const client = await startClient({ access: BEARERS });
  const events = await fetch(`${client.server.url}events`);
  await ask(client, connecting('p'), bearer('nope-nope'), `?access_token=${TOKEN}&x=1`);
  await ask(client, { ...connect('gu-04', 'p', []), authToken: 'nope-nope' });
  const lines = await linesOf(events, 2);
  expect(lines).toMatchObject([
    { status: 401, error: 'authentication-required', edition: 'rfc7846', peerId: 'p', swarms: [] },
    { status: 401, error: 'authentication-required', edition: 'gu-04', peerId: 'p' },
  ]);
  expect(lines[0]?.['target']).toBe('/?access_token=***&x=1');
  const said = JSON.stringify(lines);
  expect(said).not.toContain('nope-nope');
  expect(said).not.toContain(TOKEN);
});

it('refuses before the body is sent, when asked first', async () => {
  for (const access of [DIGESTS, BEARERS]) {
    const client = await startClient({ access });
    const events = await fetch(`${client.server.url}events`);
    const { url, contentType, body } = wire(client, connecting('p'));
    const outgoing = httpRequest(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'content-length': body.length,
        expect: '100-continue',
        ...bearer('x'),
      },
    });
    let continued = false;
    outgoing.on('continue', () => (continued = true));
    outgoing.on('error', () => undefined);
    outgoing.flushHeaders();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect([response.statusCode, continued]).toEqual([401, false]);
    expect(response.headers['www-authenticate']).toMatch(/^(Digest|Bearer) /);
    outgoing.destroy();
    expect(await linesOf(events, 1)).toMatchObject([{ status: 401, error: 'authentication-required' }]);
    expect((await client.stats()).requests.byError).toEqual({ 'authentication-required': 1 });
  }
});

it('lets pages of other origins authenticate, and asks nobody who only looks', async () => {
  const client = await startClient({ access: DIGESTS });
  const { url } = client.server;
  const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://page.example' } });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/\bAuthorization\b/);
  expect(preflight.headers.get('www-authenticate')).toBeNull();
  const { headers } = await ask(client, connecting('p'), { origin: 'https://page.example' });
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers['access-control-expose-headers']).toMatch(/\bWWW-Authenticate\b/);
  for (const path of ['stats', 'healthz', 'readyz', 'peers'])
    expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
});

it('warns where what authenticates passes in the open', () => {
  const tls = { cert: '', key: '' };
  const warning = (access: typeof BEARERS | undefined, host: string, secure?: typeof tls): unknown =>
    plainAccessWarning({ access, host, tls: secure });
  expect(warning(BEARERS, '0.0.0.0')).toMatch(/--tls-cert.*token/);
  expect(warning(DIGESTS, 'tracker.example')).toMatch(/--tls-cert.*passwords/);
  expect([
    warning(BEARERS, '0.0.0.0', tls),
    warning(undefined, '0.0.0.0'),
    ...['127.0.0.1', '127.1.2.3', '::1', 'localhost'].map((host) => warning(BEARERS, host)),
  ]).toEqual(Array.from({ length: 6 }));
});

it('is off unless asked for', async () => {
  const client = await startClient();
  expect((await ask(client, as(connect('rfc7846', 'p', [join('a')]), 't'))).status).toBe(200);
});
