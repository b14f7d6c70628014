/**
 * Records what the tests of `src/recording/` import: a packet capture of the built tracker on loopback (needs tcpdump
 * and the right to capture) and a HAR of the page in a real Chromium. `node scripts/record-fixtures.mjs`, after a build.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ROOT } from './build.mjs';
import { startBuiltServer } from './built-server.mjs';
import { findChromium } from './chromium.mjs';

const FIXTURES = join(ROOT, 'src/recording/fixtures');
const JSON_TYPE = 'application/ppsp-tracker+json';
const XML_TYPE = 'application/xml';

/** @param {string} type @param {string} id @param {object} members */
const rfc7846 = (type, id, members) =>
  JSON.stringify({
    PPSPTrackerProtocol: {
      version: 1,
      request_type: type,
      transaction_id: id,
      peer_id: 'caught-1',
      ...members,
    },
  });
/** @param {string} action */
const action = (action) => ({
  connect: { swarm_action: [{ swarm_id: 'captured', action, peer_mode: 'LEECH' }] },
});

/** @type {readonly { type: string, body: string, chunked?: boolean }[]} */
const MESSAGES = [
  { type: JSON_TYPE, body: rfc7846('CONNECT', 'c1', action('JOIN')) },
  { type: JSON_TYPE, body: rfc7846('FIND', 'c2', { find: { swarm_id: 'captured' } }), chunked: true },
  {
    type: XML_TYPE,
    body: '<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Request>CONNECT</Request><TransactionID>x1</TransactionID><PeerID>caught-2</PeerID><PeerNum>5</PeerNum><SwarmID action="JOIN" peerMode="SEED" transactionID="x1.1">captured</SwarmID></PPSPTrackerProtocol>',
  },
  {
    type: XML_TYPE,
    body: '<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Method>CONNECT</Method><TransactionID>g1</TransactionID><PeerID>caught-3</PeerID><Cer/></PPSPTrackerProtocol>',
  },
  { type: JSON_TYPE, body: rfc7846('FIND', 'c3', { find: { swarm_id: 'captured' } }) },
  { type: JSON_TYPE, body: rfc7846('FIND', 'c4', { find: { swarm_id: 'nowhere' } }) },
  { type: JSON_TYPE, body: '{"PPSPTrackerProtocol": {"version": 1' },
  { type: JSON_TYPE, body: rfc7846('STAT_REPORT', 'c5', {}) },
  { type: JSON_TYPE, body: rfc7846('CONNECT', 'c6', action('LEAVE')) },
];

/** @param {URL} url @param {string} method @param {Agent} agent @param {{ type?: string, body?: string, chunked?: boolean }} [message] */
async function ask(url, method, agent, { type, body, chunked = false } = {}) {
  const sent = request(url, {
    method,
    agent,
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }),
    },
  });
  if (chunked && body !== undefined) {
    sent.write(body.slice(0, 20));
    sent.end(body.slice(20));
  } else sent.end(body);
  const [response] = await once(sent, 'response');
  for await (const _ of response);
}

/** @param {string} url */
async function capture(url) {
  const file = join(FIXTURES, 'loopback.pcap');
  const { port } = new URL(url);
  // -U writes each packet as it comes, -Z keeps the rights to the file.
  const dump = spawn(
    'tcpdump',
    ['-i', 'lo', '-U', '-s', '0', '-Z', 'root', '-w', file, 'tcp', 'port', port],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  await once(dump.stderr, 'data');
  const kept = new Agent({ keepAlive: true, maxSockets: 1 });
  const target = new URL('/video_1?a=b', url);
  await ask(new URL('/healthz', url), 'GET', kept);
  await ask(new URL('/', url), 'HEAD', kept);
  for (const message of MESSAGES) await ask(target, 'POST', kept, message);
  kept.destroy();
  const single = new Agent({ keepAlive: false });
  for (const message of MESSAGES.slice(0, 2)) await ask(target, 'POST', single, message);
  // The last packets are on their way to the file.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  dump.kill('SIGINT');
  await once(dump, 'exit');
  console.log(file);
}

const MAX_HAR = 60_000;

/** @param {string} url */
async function har(url) {
  const temporary = mkdtempSync(join(tmpdir(), 'swarmscope-har-'));
  const path = join(temporary, 'page.har');
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext({ recordHar: { path, content: 'embed' } });
  const page = await context.newPage();
  const posts = new Promise((resolve) => {
    let answered = 0;
    page.on('response', (response) => {
      if (response.request().method() === 'POST' && ++answered === 60) resolve(undefined);
    });
  });
  await page.goto(url);
  await posts;
  await context.close();
  await browser.close();
  const recorded = JSON.parse(readFileSync(path, 'utf8'));
  const entries = [];
  let size = 0;
  let others = 0;
  // Scripts and styles are long, and of no interest but for being there: a few are kept, without their bodies.
  for (const entry of recorded.log.entries) {
    if (entry.request.method !== 'POST') {
      delete entry.response.content.text;
      if (++others > 2) continue;
    }
    size += JSON.stringify(entry, undefined, 2).length * 1.3;
    if (size > MAX_HAR) break;
    entries.push(entry);
  }
  recorded.log.entries = entries;
  const file = join(FIXTURES, 'chromium.har');
  writeFileSync(file, `${JSON.stringify(recorded, undefined, 2)}\n`);
  rmSync(temporary, { recursive: true });
  console.log(file);
}

mkdirSync(FIXTURES, { recursive: true });
const server = await startBuiltServer();
await capture(server.url);
await har(server.url);
await server.stop();
