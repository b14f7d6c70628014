/** The command's work, over real HTTP: trackers of ours, right and wrong, peers of ours, and a program of somebody else's. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReport } from '../conformance/matrix/report.ts';
import type { MatrixReport } from '../conformance/matrix/report.ts';
import { EDITIONS } from '../protocol/message.ts';
import { NdjsonReader } from '../recording/ndjson.ts';
import type { RecordedExchange } from '../recording/record.ts';
import { trackerWith } from '../testing/mutants/tracker-faults.ts';
import type { Wrong } from '../testing/mutants/tracker-faults.ts';
import { TRACKER_MUTANTS } from '../testing/mutants/trackers.ts';
import { readAccessList } from './access-file.ts';
import { SelectionError } from './conformance.ts';
import { runMatrixCommand } from './matrix.ts';
import { startServer } from './server.ts';

let folder: string;
const cleanups: (() => unknown)[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'swarmscope-matrix-'))));
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

/** Serves a tracker with that wrong. */
async function served(wrong: Wrong): Promise<string> {
  const answer = trackerWith(wrong);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { status, reason, headers, body } = answer(
        {
          method: request.method ?? '',
          target: request.url ?? '/',
          contentType: request.headers['content-type'],
          body: new Uint8Array(Buffer.concat(parts)),
          remote: { address: '127.0.0.1', port: request.socket.remotePort ?? 0 },
        },
        performance.now(),
      );
      response.writeHead(status, reason, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/announce?a=b`;
}

interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
  readonly report: MatrixReport;
}

async function ran(config: object, signal?: AbortSignal): Promise<Ran> {
  const file = join(folder, 'matrix-config.json');
  writeFileSync(file, JSON.stringify({ reportInterval: 0.2, concurrency: 16, timeout: 2, ...config }));
  const lines: string[] = [];
  const out = join(folder, 'out');
  const options = { config: file, out, json: undefined };
  const code = await runMatrixCommand(options, {
    print: (line) => lines.push(line),
    tool: 'swarmscope 0.0.0',
    signal,
  });
  const read = readReport(readFileSync(join(out, 'matrix.json'), 'utf8'));
  if (!read.ok) throw new Error(read.problem);
  return { code, lines, report: read.report };
}

function exchangesIn(file: string): readonly RecordedExchange[] {
  const exchanges: RecordedExchange[] = [];
  const reader = new NdjsonReader((one) => exchanges.push(one));
  reader.push(readFileSync(file));
  expect(reader.end().problems).toEqual([]);
  return exchanges;
}

const PEERS = [
  { name: 'whole life', behaviour: 'complete' },
  { name: 'twice', behaviour: 'repeats' },
];

/** Joins, reports and leaves, with fetch alone; it asks for 50 peers, which is more than the text lets it. */
const PROGRAM = `
const [tracker, swarm, edition] = process.argv.slice(2);
let count = 0;
const ask = async (type, more) => {
  const head = { version: 1, request_type: type, transaction_id: 't' + ++count, peer_id: 'stranger' };
  await fetch(tracker, {
    method: 'POST',
    headers: { 'content-type': 'application/ppsp-tracker+json' },
    body: JSON.stringify({ PPSPTrackerProtocol: { ...head, ...more } }),
  });
};
const act = (action) => ({
  connect: { peer_num: { peer_count: 50 }, swarm_action: [{ swarm_id: swarm, action, peer_mode: 'LEECH' }] },
});
if (edition === 'rfc7846') {
  await ask('CONNECT', act('JOIN'));
  await ask('STAT_REPORT', {});
  await ask('STAT_REPORT', {});
  await ask('CONNECT', { connect: { swarm_action: [{ swarm_id: swarm, action: 'LEAVE', peer_mode: 'LEECH' }] } });
}
`;

describe('the command', { timeout: 60_000 }, () => {
  it('tells a tracker in order from a wrong one, in every edition, with a trace of each cell', async () => {
    const wrong = await served(TRACKER_MUTANTS['refuses statistics of any swarm']);
    const odd = await served(TRACKER_MUTANTS['lists a peer twice']);
    const { code, lines, report } = await ran({
      trackers: [
        { name: 'ours', own: {} },
        { name: 'wrong', url: wrong },
        { name: 'odd', url: odd },
      ],
      peers: PEERS,
    });
    expect(code).toBe(1);
    const verdicts = (name: string): ReadonlySet<string> =>
      new Set(report.cells.filter(({ tracker }) => tracker === name).map(({ verdict }) => verdict));
    expect(report.cells).toHaveLength(3 * PEERS.length * EDITIONS.length);
    expect(verdicts('ours')).toEqual(new Set(['works']));
    expect(verdicts('wrong')).toEqual(new Set(['fails']));
    expect(verdicts('odd')).toEqual(new Set(['deviates']));
    expect(lines.at(-1)).toBe('8 works, 8 works with deviations, 8 fails; 24 cells');
    const out = join(folder, 'out');
    for (const { trace = '', counts } of report.cells)
      expect(exchangesIn(join(out, trace))).toHaveLength(counts.exchanges);
    expect(readdirSync(out)).toHaveLength(report.cells.length + 2);
    expect(readFileSync(join(out, 'matrix.html'), 'utf8')).toContain('✗ fails');
  });

  it('starts somebody else’s peer, and judges both sides by what they said', async () => {
    const program = join(folder, 'peer.mjs');
    writeFileSync(program, PROGRAM);
    const command = [process.execPath, program, '{tracker}', '{swarm}', '{edition}'];
    const { code, report } = await ran({
      trackers: [{ name: 'ours', url: await served({}) }],
      peers: [
        { name: 'stranger', command, editions: ['rfc7846', 'gu-04'] },
        { name: 'nobody', command: [join(folder, 'missing'), '{tracker}'], editions: ['rfc7846'] },
      ],
      editions: ['rfc7846', 'base-1.0', 'gu-04'],
    });
    expect(code).toBe(1);
    expect(report.cells.map(({ peer, edition, verdict }) => `${peer} ${edition}: ${verdict}`)).toEqual([
      'stranger rfc7846: deviates',
      'stranger base-1.0: not-applicable',
      'stranger gu-04: fails',
      'nobody rfc7846: fails',
      'nobody base-1.0: not-applicable',
      'nobody gu-04: not-applicable',
    ]);
    const [stranger, , silent, nobody] = report.cells;
    expect(stranger?.findings).toContainEqual(
      expect.objectContaining({ side: 'peer', section: 'RFC 7846 §3.2.2' }),
    );
    expect(silent?.reason).toBe('The peer sent nothing.');
    expect(nobody?.reason).toMatch(/program cannot be started: .*ENOENT/);
    const exchanges = exchangesIn(join(folder, 'out', stranger?.trace ?? ''));
    expect(exchanges.filter(({ peerId }) => peerId === 'stranger').map(({ method }) => method)).toEqual([
      'CONNECT',
      'STAT_REPORT',
      'STAT_REPORT',
      'CONNECT',
    ]);
    expect(exchanges.every(({ from }) => from === 'foreign')).toBe(true);
  });

  it.each(['bearer', 'digest'] as const)(
    'asks as whom the %s file says, and writes that nowhere',
    async (scheme) => {
      const secret = 'a-secret-of-28-characters-00';
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
      const entry = scheme === 'bearer' ? `${hash(secret)} me *` : `me:here:${hash(`me:here:${secret}`)} *`;
      const access = readAccessList(scheme, entry, 'access');
      const server = await startServer({ host: '127.0.0.1', port: 0, access });
      cleanups.push(() => server.stop());
      writeFileSync(
        join(folder, 'secret.txt'),
        scheme === 'bearer' ? `# mine\n${secret}\n` : `me:${secret}\n`,
      );
      const config = (auth: object): object => ({
        trackers: [{ name: 'guarded', url: server.url, ...auth }],
        peers: [{ name: 'p', behaviour: 'leech' }],
        editions: ['rfc7846', 'gu-04'],
        timeout: 1,
      });
      const { code, report } = await ran(config({ auth: `${scheme}:secret.txt` }));
      expect(report.cells.map(({ verdict, reason }) => [verdict, reason])).toEqual([
        ['works', expect.any(String)],
        ['works', expect.any(String)],
      ]);
      expect(code).toBe(0);
      for (const name of readdirSync(join(folder, 'out'))) {
        const text = readFileSync(join(folder, 'out', name), 'utf8');
        expect(text).not.toContain(secret);
        expect(text).not.toMatch(/authorization/i);
      }
    },
  );

  it('ends early at a signal, with what there is written, and says so by its exit code', async () => {
    const stop = new AbortController();
    stop.abort();
    const { code, report, lines } = await ran(
      { trackers: [{ name: 'a', own: {} }], peers: PEERS },
      stop.signal,
    );
    expect(code).toBe(1);
    expect(report.cells).toEqual([]);
    expect(lines).toEqual(['8 not run; 8 cells']);
  });

  it('says what is wrong with a config, where, and what to do, and writes nothing', async () => {
    const attempt = ran({ trackers: [{ name: 'a', own: {}, port: 1 }], peers: PEERS });
    await expect(attempt).rejects.toThrow(SelectionError);
    await expect(attempt).rejects.toThrow(
      /\$\.trackers\[0\]\.port is not known here: take it out, or write one of "name", "url"/,
    );
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
