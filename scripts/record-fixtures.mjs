/**
 * Records what the tests of `src/recording/` import: a packet capture of the built tracker on loopback (needs tcpdump
 * and the right to capture) and a HAR of the page from the network panel of a real Chromium. `node scripts/record-fixtures.mjs [har | pcap]`, after a build.
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
/** Milliseconds for which the page's peers talk. */
const TALK = 15_000;

/**
 * What "Export HAR" of Chromium's own network panel gives for our page. One Chromium shows it; the panel is the front
 * end that this Chromium serves for remote debugging, and a second one works its buttons as a person would.
 * @param {string} url
 */
async function har(url) {
  const temporary = mkdtempSync(join(tmpdir(), 'swarmscope-har-'));
  const executablePath = await findChromium();
  const rights = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${join(temporary, 'profile')}`;
  const debugged = spawn(
    executablePath,
    [
      '--headless=new',
      ...rights,
      '--remote-debugging-port=0',
      '--remote-allow-origins=*',
      profile,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const origin = await debuggingOrigin(debugged.stderr);
  /** @type {readonly { id: string, type: string }[]} */
  const targets = await (await fetch(`${origin}/json`)).json();
  const id = targets.find(({ type }) => type === 'page')?.id;
  const browser = await chromium.launch({ executablePath, args: rights });
  const panel = await browser.newPage();
  const { host } = new URL(origin);
  await panel.goto(`${origin}/devtools/inspector.html?ws=${host}/devtools/page/${id}&panel=network`);
  await panel.getByRole('tab', { name: 'Network', exact: true }).click();
  await panel.getByRole('button', { name: /Stop recording network log/ }).waitFor();
  await panel.evaluate(
    `import('./core/sdk/sdk.js').then(({ TargetManager }) =>
       TargetManager.TargetManager.instance().primaryPageTarget().pageAgent().invoke_navigate({ url: ${JSON.stringify(url)} }))`,
  );
  await new Promise((resolve) => setTimeout(resolve, TALK));
  const download = panel.waitForEvent('download');
  await panel.getByRole('button', { name: /^Export HAR/ }).click();
  const recorded = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  await browser.close();
  debugged.kill();
  await once(debugged, 'exit');
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
    // Who began a request is told by its whole stack.
    entries.push(Object.fromEntries(Object.entries(entry).filter(([name]) => name !== '_initiator')));
  }
  recorded.log.entries = entries;
  const file = join(FIXTURES, 'chromium.har');
  writeFileSync(file, `${JSON.stringify(recorded, undefined, 2)}\n`);
  rmSync(temporary, { recursive: true, force: true });
  console.log(file);
}

/** `http://127.0.0.1:9222`, when it has been printed. @param {import('node:stream').Readable} output */
async function debuggingOrigin(output) {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const host = /ws:\/\/([^/\s]+)\//.exec(text)?.[1];
    if (host !== undefined) {
      output.resume();
      return `http://${host}`;
    }
  }
  throw new Error('Chromium ended before it could be debugged.');
}

mkdirSync(FIXTURES, { recursive: true });
const server = await startBuiltServer();
if (process.argv[2] !== 'har') await capture(server.url);
if (process.argv[2] !== 'pcap') await har(`${server.url}?peers=40`);
await server.stop();
