/** The command as a person runs it: a process of its own, built as it is shipped. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildNode, ROOT } from '../../scripts/build.mjs';
import { EDITIONS } from '../protocol/message.ts';
import { selfSigned } from './testing-certificate.ts';

let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  // Under the project, so that the built command finds its dependencies.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'swarmscope-command-'));
  await buildNode(join(folder, 'node'));
  mkdirSync(join(folder, 'web'));
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>page</title>');
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  /** What was printed so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Resolves with the first match in what is printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** `limit`: a command of the shell's for the process alone. */
function run(args: readonly string[], env: Record<string, string> = {}, limit?: string): Run {
  const { PORT: _port, HOST: _host, ...inherited } = process.env;
  const command = [process.execPath, join(folder, 'node', 'swarmscope.js'), ...args];
  const [program = '', ...rest] =
    limit === undefined ? command : ['sh', '-c', `${limit}; exec "$@"`, 'sh', ...command];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...env },
  });
  children.add(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(out);
        if (match) return match;
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then(() =>
            Promise.reject(new Error(`ended before it printed ${String(pattern)}: ${out}${err}`)),
          ),
        ]);
      }
    },
  };
}

const URL_LINE = /^(http:\/\/127\.0\.0\.1:\d+\/)$/m;

const urlOf = async (started: Run): Promise<string> => (await started.printed(URL_LINE))[1] ?? '';

async function finished(
  args: readonly string[],
  env?: Record<string, string>,
): Promise<Run & { code: number | null }> {
  const started = run(args, env);
  const { code } = await started.ended;
  return { ...started, code };
}

describe('serving', () => {
  it('prints its URL on a line of its own, serves the page and stops at SIGTERM', async () => {
    const started = run(['serve', '--port', '0']);
    const url = await urlOf(started);
    expect(await (await fetch(url)).text()).toContain('<title>page</title>');
    expect((await fetch(`${url}readyz`)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.ended).toEqual({ code: 0, signal: null });
    expect(started.err()).toBe('');
  });

  it('runs the tracker alone, takes PORT and HOST, and stops at SIGINT', async () => {
    const started = run(['tracker'], { PORT: '0', HOST: '127.0.0.1' });
    const url = await urlOf(started);
    expect((await fetch(url)).status).toBe(404);
    expect(await (await fetch(`${url}stats`)).json()).toMatchObject({ peers: 0 });
    // An open stream of events does not hold it up.
    const events = await fetch(`${url}events`);
    started.child.kill('SIGINT');
    expect(await started.ended).toEqual({ code: 0, signal: null });
    await events.text().catch(() => undefined);
  });

  it('takes an empty PORT or HOST for none', async () => {
    const started = run(['tracker', '--port', '0'], { HOST: '' });
    expect(await urlOf(started)).toContain('127.0.0.1');
    // TEST-NET-1 (RFC 5737) is nobody's.
    const { err } = await finished(['tracker', '--host', '192.0.2.1'], { PORT: '' });
    expect(err()).toContain('192.0.2.1:7846');
  });

  it.each<{ command: string; policy: string; first: (i: number) => boolean }>([
    { command: 'tracker', policy: 'seeds-first', first: (i) => i % 20 === 3 },
    { command: 'serve', policy: 'locality', first: (i) => i % 20 === 5 },
  ])('lists peers by $command --policy $policy', async ({ command, policy, first }) => {
    const url = await urlOf(run([command, '--port', '0', '--policy', policy]));
    const connect = async (peerId: string, i: number, count: number): Promise<string> => {
      const address = { ip_address: { address_type: 'ipv4', address: '192.0.2.7' }, port: 7000 };
      const body = JSON.stringify({
        PPSPTrackerProtocol: {
          version: 1,
          request_type: 'CONNECT',
          transaction_id: 't',
          peer_id: peerId,
          connect: {
            peer_num: { peer_count: count },
            peer_addr: [{ ...address, priority: 1, type: 'HOST', asn: String(64_496 + (i % 20)) }],
            swarm_action: [
              { swarm_id: 'film', action: 'JOIN', peer_mode: i % 20 === 3 ? 'SEEDER' : 'LEECH' },
            ],
          },
        },
      });
      const headers = { 'content-type': 'application/ppsp-tracker+json' };
      const response = await fetch(url, { method: 'POST', headers, body });
      expect(response.status).toBe(200);
      return response.text();
    };
    for (let i = 0; i < 60; i++) await connect(`peer${i}.`, i, 1);
    const listed = (await connect('me', 5, 3)).match(/peer\d+(?=\.)/g);
    expect(listed?.map((name) => Number(name.slice(4))).filter(first)).toHaveLength(3);
  });

  it('hands its options to the server', async () => {
    const started = run(['tracker', '-p', '0', '--max-body', '2048', '--cors', 'https://a.example']);
    const url = await urlOf(started);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://a.example' },
      body: 'x'.repeat(3000),
    });
    expect(response.status).toBe(413);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.example');
  });
});

describe('the rules it keeps', () => {
  const json = 'application/ppsp-tracker+json';
  const post = (url: string, type: string, body: string): Promise<Response> =>
    fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
  const connectJson = (peerId: string, swarmAction: unknown): string => {
    const head = { version: 1, request_type: 'CONNECT', transaction_id: 't', peer_id: peerId };
    return JSON.stringify({ PPSPTrackerProtocol: { ...head, connect: { swarm_action: swarmAction } } });
  };
  const joining = { swarm_id: 'film', action: 'JOIN', peer_mode: 'LEECH' };
  const gu04 = (method: string, transaction: string): string =>
    `<PPSPTrackerProtocol version="1.0"><Method>${method}</Method><TransactionID>${transaction}</TransactionID><PeerID>g</PeerID></PPSPTrackerProtocol>`;

  it.each(['tracker', 'serve'])('%s --strict refuses what it reads tolerantly else', async (command) => {
    const strict = await urlOf(run([command, '--port', '0', '--strict']));
    const tolerant = await urlOf(run([command, '--port', '0']));
    // An array of one written as the bare object: RFC 7846 does so in its own examples.
    const bare = connectJson('p', joining);
    expect((await post(tolerant, json, bare)).status).toBe(200);
    const refused = await post(strict, json, bare);
    expect([refused.status, refused.statusText]).toEqual([
      400,
      expect.stringMatching(
        /^Bad Request: PPSPTrackerProtocol\.connect\.swarm_action is not as the text asks: .* \(RFC 7846 section /,
      ),
    ]);
    expect(await refused.text()).toContain('"transaction_id":"t"');
    expect((await post(strict, json, connectJson('p', [joining]))).status).toBe(200);
    // base-01 table 2 has a transaction due for every action.
    const unnumbered =
      '<PPSPTrackerProtocol version="1.0"><Request>CONNECT</Request><TransactionID>t</TransactionID><PeerID>b</PeerID><SwarmID action="JOIN" peerMode="LEECH">film</SwarmID></PPSPTrackerProtocol>';
    expect((await post(tolerant, 'application/xml', unnumbered)).status).toBe(200);
    const alike = await post(strict, 'application/xml', unnumbered);
    expect([alike.status, alike.statusText]).toEqual([400, expect.stringContaining('(base-01 ')]);
  });

  it.each(['tracker', 'serve'])('%s --auth lets in who the file names', async (command) => {
    const file = join(folder, `${command}-auth.txt`);
    const hash = createHash('sha256').update('my-token').digest('hex');
    writeFileSync(file, `# token of one peer\n${hash} alice\n`);
    const started = run([command, '--port', '0', '--auth', `bearer:${file}`]);
    const url = await urlOf(started);
    const ask = async (token: string): Promise<number> => {
      const headers = { 'content-type': 'application/xml', authorization: `Bearer ${token}` };
      const body =
        '<PPSPTrackerProtocol version="1.0"><Method>CONNECT</Method><TransactionID>t</TransactionID><PeerID>alice</PeerID><Cer></Cer></PPSPTrackerProtocol>';
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    expect([await ask('other'), await ask('my-token')]).toEqual([401, 200]);
    expect(started.err()).toBe('');
  });

  it('warns when --auth goes without TLS to where others listen', async () => {
    const file = join(folder, 'warned-auth.txt');
    writeFileSync(file, `${createHash('sha256').update('t').digest('hex')} alice\n`);
    const started = run(['tracker', '--port', '0', '--host', '0.0.0.0', '--auth', `bearer:${file}`]);
    await urlOf(started);
    started.child.kill('SIGTERM');
    await started.ended;
    expect(started.err()).toMatch(/^swarmscope: Warning: --auth without --tls-cert .*\n$/);
  });

  it('--no-reflexive tells no peer where it was seen', async () => {
    const body = connectJson('p', [joining]);
    const quiet = await urlOf(run(['tracker', '--port', '0', '--no-reflexive']));
    expect(await (await post(quiet, json, body)).text()).not.toContain('REFLEXIVE');
    const usual = await urlOf(run(['tracker', '--port', '0']));
    expect(await (await post(usual, json, body)).text()).toContain('REFLEXIVE');
  });

  it('--init-timer and --report-interval are in seconds', async () => {
    const url = await urlOf(run(['tracker', '--port', '0', '--init-timer', '1', '--report-interval', '1']));
    const peers = async (): Promise<unknown> =>
      ((await (await fetch(`${url}stats`)).json()) as { peers: unknown }).peers;
    await post(url, 'application/xml', gu04('CONNECT', '1'));
    await expect.poll(peers, { timeout: 8_000 }).toBe(0);
    await post(url, 'application/xml', gu04('CONNECT', '2'));
    let asked = 3;
    await expect
      .poll(async () => (await post(url, 'application/xml', gu04('KEEPALIVE', String(asked++)))).text(), {
        timeout: 8_000,
      })
      .toContain('<Queries>');
  });
});

describe('failing to start', () => {
  it('says which port is taken and what to do', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, err, out } = await finished(['serve', '--port', String(port)]);
    holder.close();
    expect(code).toBe(1);
    expect(err()).toBe(
      `swarmscope: 127.0.0.1:${port} is taken by another program. Stop that one, or choose another port (--port 0 picks a free one).\n`,
    );
    expect(out()).toBe('');
  });

  it('has no relay where others could use it', async () => {
    const { code, err } = await finished([
      'serve',
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--relay',
      'https://t.example',
    ]);
    expect([code, err()]).toEqual([
      1,
      expect.stringMatching(/^swarmscope: --relay works on this computer alone.*\n$/),
    ]);
  });

  it('says what is wrong with the file of --auth, and quotes nothing of it', async () => {
    const file = join(folder, 'broken-auth.txt');
    writeFileSync(file, '# peers\nmy-secret alice\n');
    const broken = await finished(['tracker', '--port', '0', '--auth', `bearer:${file}`]);
    expect([broken.code, broken.out()]).toEqual([1, '']);
    expect(broken.err()).toMatch(/^swarmscope: --auth: .*broken-auth\.txt, line 2: .*\n$/);
    expect(broken.err()).not.toMatch(/my-secret|alice/);
    const missing = await finished(['serve', '--port', '0', '--auth', 'digest:no-such.txt']);
    expect([missing.code, missing.err()]).toEqual([
      1,
      expect.stringMatching(/^swarmscope: --auth: cannot read no-such\.txt/),
    ]);
    const other = await finished(['tracker', '--port', '0', '--auth', 'basic:x']);
    expect([other.code, other.err()]).toEqual([2, expect.stringMatching(/bearer:FILE or digest:FILE/)]);
  });

  it("says that an address is not this computer's", async () => {
    // TEST-NET-1 (RFC 5737) is nobody's.
    const { code, err } = await finished(['tracker', '--port', '0', '--host', '192.0.2.1']);
    expect(code).toBe(1);
    expect(err()).toMatch(/^swarmscope: .*192\.0\.2\.1.*--host 127\.0\.0\.1.*\n$/);
  });

  it('says what is wrong with the certificate', async () => {
    const missing = await finished(['tracker', '--port', '0', '--tls-cert', 'no.pem', '--tls-key', 'no.pem']);
    expect([missing.code, missing.err()]).toEqual([
      1,
      expect.stringMatching(/^swarmscope: --tls-cert.*no\.pem/),
    ]);
    const half = await finished(['tracker', '--port', '0', '--tls-cert', 'no.pem']);
    expect([half.code, half.err()]).toEqual([1, expect.stringMatching(/go together/)]);
    const broken = join(folder, 'broken.pem');
    writeFileSync(broken, 'not a certificate');
    const unfit = await finished(['tracker', '--port', '0', '--tls-cert', broken, '--tls-key', broken]);
    expect([unfit.code, unfit.err()]).toEqual([
      1,
      expect.stringMatching(/^swarmscope: The TLS certificate.*\n$/),
    ]);
  });
});

describe('proxy', () => {
  const body = JSON.stringify({
    PPSPTrackerProtocol: {
      version: 1,
      request_type: 'FIND',
      transaction_id: 't',
      peer_id: 'p',
      find: { swarm_id: 'x'.repeat(900) },
    },
  });
  const ask = (url: string): Promise<Response> =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  it('records between peers and a tracker, and finishes the file at Ctrl+C', async () => {
    const tracker = await urlOf(run(['tracker', '--port', '0']));
    const file = join(folder, 'proxy.ndjson');
    const started = run(['proxy', '--port', '0', '--target', tracker, '--record', file]);
    const url = await urlOf(started);
    const page = `http://127.0.0.1:7846/?events=${encodeURIComponent(`${url}events`)}`;
    expect(started.out().split('\n')).toContain(`Live in the page: ${page}`);
    expect((await ask(url)).status).toBe(403);
    started.child.kill('SIGINT');
    expect(await started.ended).toEqual({ code: 0, signal: null });
    expect(started.out()).toMatch(/1 exchanges recorded in .*proxy\.ndjson\n$/);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^\{"swarmscope":"exchanges","version":1\}\n\{.*"method":"FIND".*\}\n$/,
    );

    const again = await finished(['proxy', '--port', '0', '--target', tracker, '--record', file]);
    expect([again.code, again.err()]).toEqual([
      1,
      expect.stringMatching(/^swarmscope: --record: .* is there already/),
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'passes on when the disk is full, and says at its end what is lost',
    async () => {
      const tracker = await urlOf(run(['tracker', '--port', '0']));
      const file = join(folder, 'full.ndjson');
      // No file may grow beyond a block or two: for the process, the disk is full.
      const started = run(['proxy', '--port', '0', '--target', tracker, '--record', file], {}, 'ulimit -f 2');
      const url = await urlOf(started);
      for (let i = 0; i < 10; i++) expect((await ask(url)).status).toBe(403);
      started.child.kill('SIGTERM');
      expect((await started.ended).code).toBe(1);
      expect(started.err()).toMatch(/full\.ndjson is not whole \(.*\): \d+ exchanges of 10 lost\./);
    },
  );
});

describe('sizes', () => {
  it('prints a table for every edition and says where the claim holds', async () => {
    const { code, out, err } = await finished(['sizes']);
    expect([code, err()]).toEqual([0, '']);
    for (const edition of EDITIONS)
      expect(out()).toMatch(new RegExp(`^${edition} +text +gzip +packed$`, 'm'));
    expect(out()).toMatch(/^ {2}STAT_REPORT as keep-alive +\d+ +\d+ +\d+$/m);
    expect(out()).toMatch(/^20-byte hex +IPv4 +least +[\d,]+ +[\d,]+ \+ +\d+ < +\d+ < +[\d,]+$/m);
    expect(out()).toMatch(/30 peers stay under 1,024 bytes for these IDs and addresses:\n {2}text: none,\n/);
    expect(out()).toMatch(/\n {2}packed: 12 digits with IPv4, IPv6, [^\n]*20-byte hex with IPv4;/);
    expect(out()).toMatch(/\n {2}EXI of strings: none\.\n$/);
  });

  it('prints one edition alone', async () => {
    const { code, out } = await finished(['sizes', '--edition', 'rfc7846']);
    expect(code).toBe(0);
    expect(out()).toMatch(/In rfc7846, 30 peers/);
    expect(out()).not.toMatch(/^base-1\.0|EXI of strings/m);
  });

  it('prints JSON with a verdict for every form', async () => {
    const { code, out } = await finished(['sizes', '--json', '--edition', 'base-1.0']);
    expect(code).toBe(0);
    const printed = JSON.parse(out()) as { claim: unknown[]; messages: unknown[] };
    expect(printed).toMatchObject({ peers: 30, claimedBytes: 1024, segmentBytes: 1460 });
    expect(printed.claim).toHaveLength(30);
    expect(printed.claim).toContainEqual({
      edition: 'base-1.0',
      ids: 'UUID',
      addresses: 'IPv4',
      details: 'least',
      bytes: {
        text: expect.any(Number),
        gzip: expect.any(Number),
        packed: expect.any(Number),
        EXI: expect.any(Number),
        'EXI of strings': expect.any(Number),
      },
      underClaimed: { text: false, gzip: false, packed: true, EXI: true, 'EXI of strings': false },
      oneSegment: { text: false, gzip: true, packed: true, EXI: true, 'EXI of strings': false },
    });
    expect(printed.messages).toContainEqual({
      edition: 'base-1.0',
      direction: 'request',
      message: 'CONNECT JOIN',
      bytes: expect.any(Number),
      gzip: expect.any(Number),
      packed: expect.any(Number),
    });
  });
});

describe('conformance', () => {
  it('ends with 0 when no MUST fails, and with 1 when one does', async () => {
    const url = await urlOf(run(['tracker', '--port', '0']));
    const good = await finished(['conformance', url, '--only', 'rfc7846/4.1.2/*', '--level', 'MUST']);
    expect([good.code, good.err()]).toEqual([0, '']);
    expect(good.out()).toMatch(/^\d+ passed, 0 failed \(0 MUST, 0 SHOULD\), 0 inconclusive, 0 skipped\n$/m);
    // A port that hangs up is no tracker.
    const holder = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const bad = await finished([
      'conformance',
      `http://127.0.0.1:${port}/`,
      '--only',
      'rfc7846/4.3/version-2',
    ]);
    holder.close();
    expect([bad.code, bad.err()]).toEqual([1, '']);
    expect(bad.out()).toMatch(/^1\/1 {2}FAIL {2}rfc7846\/4\.3\/version-2$/m);
  });

  it('says that nobody is there', async () => {
    const { code, err } = await finished(['conformance', 'http://127.0.0.1:1/', '--edition', 'rfc7846']);
    expect([code, err()]).toEqual([
      1,
      'swarmscope: Nobody can be reached at http://127.0.0.1:1/: the connection was refused; is the tracker running?\n',
    ]);
  });

  it('tests a tracker by its https URL, whose certificate has to be trusted', async () => {
    const { cert, key } = selfSigned();
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    const tracker = run(['tracker', '--port', '0', '--tls-cert', certFile, '--tls-key', keyFile]);
    const [url = ''] = await tracker.printed(/https:\S+/);
    const only = ['--only', 'rfc7846/tls/*'];
    const wary = await finished(['conformance', url, ...only]);
    expect([wary.code, wary.err()]).toEqual([1, expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
    const trusting = await finished(['conformance', url, ...only], { NODE_EXTRA_CA_CERTS: certFile });
    expect([trusting.code, trusting.err()]).toEqual([0, '']);
    expect(trusting.out()).toMatch(/^2 passed, 0 failed/m);
  });

  it('lists its cases', async () => {
    const { code, out } = await finished([
      'conformance',
      '--list',
      '--only',
      'rfc7846/4.1.1/leave-from-start',
    ]);
    expect(code).toBe(0);
    expect(out()).toBe(
      'rfc7846/4.1.1/leave-from-start  MUST  RFC 7846 §4.1.1, table 6\n    A LEAVE from a peer ID that is not registered is refused with error 3.\n',
    );
  });
});

describe('what was typed', () => {
  const mistakes: readonly [args: string[], says: RegExp][] = [
    [['serve', '--relay', 'tracker.example'], /--relay.*http:\/\/ or https:\/\//],
    [['serve', '--relay', 'ftp://tracker.example'], /--relay.*http:\/\/ or https:\/\//],
    [['serve', '--relay', 'https://me@tracker.example'], /--relay.*no user, path or query/],
    [['serve', '--relay', 'https://tracker.example/announce'], /--relay.*no user, path or query/],
    [['serve', '--relay', 'https://tracker.example/?'], /--relay.*no user, path or query/],
    [['tracker', '--relay', 'https://tracker.example'], /unknown option '--relay'/],
    [['proxy'], /required option '--target <url>'/],
    [['proxy', '--target', 'http://127.0.0.1', '--page', 'here'], /--page.*http:\/\/ or https:/],
    [['proxy', '--target', 'https://tracker.example/announce'], /--target.*no user, path or query/],
    [['serve', '--port', '70000'], /--port.*70000.*from 0 to 65535/],
    [['serve', '--port', '80x'], /--port.*whole number/],
    [['serve', '--track-timer', '0'], /--track-timer.*from 1/],
    [['serve', '--init-timer', '0.5'], /--init-timer.*from 1 to 2147483/],
    [['tracker', '--init-timer', 'soon'], /--init-timer.*number/],
    [['tracker', '--report-interval', '-3'], /--report-interval.*from 1/],
    [['serve', '--report-interval', '9999999'], /--report-interval.*from 1 to 2147483/],
    [['tracker', '--strict', 'yes'], /too many arguments/],
    [['tracker', '--reflexive'], /unknown option '--reflexive'/],
    [['serve', '--max-body', '1.5'], /--max-body.*whole number/],
    [['serve', '--cors', 'https://a.example/'], /--cors.*no trailing slash/],
    [['serve', '--host', ''], /--host.*address/],
    [
      ['tracker', '--policy', 'best'],
      /--policy.*'best'.*random, seeds-first, locality, rarest, bandwidth, popularity/,
    ],
    [['serve', '--store', 'memory'], /unknown option '--store'/],
    [['sizes', '--edition', 'gu-06'], /--edition.*'gu-06'.*rfc7846, extended-1\.1, base-1\.0, gu-04/],
    [['conformance'], /missing required argument 'url'/],
    [['conformance', 'tracker.example'], /'url'.*http:\/\/ or https:\/\//],
    [['conformance', 'http://user:word@tracker.example/'], /no user name/],
    [['conformance', 'http://t.example/', '--level', 'MAY'], /--level.*MUST, SHOULD/],
    [['conformance', 'http://t.example/', '--track-timer', '0'], /--track-timer.*from 1/],
    [['conformance', 'http://t.example/', '--only', 'nothing'], /^swarmscope: No case is/],
    [['serve', 'extra'], /too many arguments/],
    [['serf'], /unknown command 'serf'/],
    [['--nonsense'], /unknown option '--nonsense'/],
    [[], /Usage: swarmscope/],
  ];
  it.each(mistakes)('%j is refused with exit code 2', async (args, says) => {
    const { code, err, out } = await finished(args);
    expect(code).toBe(2);
    expect(err()).toMatch(says);
    expect(err()).not.toMatch(/\n\s+at /);
    expect(out()).toBe('');
  });

  it('names the environment variable that is wrong', async () => {
    const { code, err } = await finished(['serve'], { PORT: 'http' });
    expect([code, err()]).toEqual([2, expect.stringMatching(/'PORT'/)]);
  });

  it('tells the policies in its help', async () => {
    const { out } = await finished(['tracker', '--help']);
    expect(out().replaceAll(/\s+/g, ' ')).toMatch(/--policy <name> .*"seeds-first".*default: "random"/);
  });

  it.each([['--help'], ['serve', '--help'], ['tracker', '--help']])(
    'names every edition and its text: %s %s',
    async (...args) => {
      const { out } = await finished(args);
      for (const edition of EDITIONS)
        expect(out()).toMatch(new RegExp(`^ +${edition} .*(RFC 7846|draft-).*$`, 'm'));
    },
  );

  it('tells the timers and readers in its help', async () => {
    const { out } = await finished(['tracker', '--help']);
    const text = out().replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/--track-timer <seconds> .*\(default: 90\)/);
    expect(text).toMatch(/--init-timer <seconds> .*\(default: 10\)/);
    expect(text).toMatch(/--report-interval <seconds> .*\(default: 30\)/);
    expect(text).toMatch(/--strict .* --no-reflexive /);
  });

  it('helps', async () => {
    for (const args of [
      ['--help'],
      ['serve', '--help'],
      ['tracker', '--help'],
      ['sizes', '--help'],
      ['conformance', '--help'],
      ['proxy', '--help'],
      ['--version'],
    ]) {
      const { code, out } = await finished(args);
      expect([code, out()]).toEqual([0, expect.stringMatching(/^Usage: swarmscope|^\d+\.\d+\.\d+\n$/)]);
    }
  });
});
