/** Somebody else's peer in a cell: a program that is sent to a door of ours, behind which the tracker is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Arrival } from '../conformance/peer-source.ts';
import type { ForeignPeer, StartedPeer } from '../conformance/matrix/run.ts';
import { headerOf } from '../conformance/tracker-bench.ts';
import { CLOCK } from './conformance.ts';
import { openPeerDoor } from './peer-door.ts';

/** Milliseconds that a program gets to end by itself when it is told to. */
const GRACE = 2000;
const HERE = { host: '127.0.0.1', port: 0 } as const;

/** @throws {Error} When the program cannot be started. */
export async function startForeignPeer(foreign: ForeignPeer): Promise<StartedPeer> {
  const target = new URL(foreign.tracker.url);
  const door = await openPeerDoor(HERE, (arrival) => void passOn(arrival, foreign, target.origin));
  const path = `${target.pathname}${target.search}`;
  const [program = '', ...rest] = foreign.command.map((argument) =>
    argument
      .replaceAll('{tracker}', new URL(path, door.url).href)
      .replaceAll('{edition}', foreign.edition)
      .replaceAll('{swarm}', foreign.swarm),
  );
  // What it prints is its own affair; without a shell, nothing in an argument means anything.
  const child = spawn(program, rest, { stdio: 'ignore' });
  const closed = once(child, 'close').catch(() => undefined);
  try {
    await once(child, 'spawn');
  } catch (error) {
    await door.close();
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(`The peer’s program cannot be started: ${problem}`, { cause: error });
  }
  return {
    ended: closed.then(() => undefined),
    async stop() {
      child.kill('SIGTERM');
      const callOff = CLOCK.after(GRACE, () => child.kill('SIGKILL'));
      await closed;
      callOff();
      await door.close();
    },
  };
}

/** The tracker's answer as it was; where none came, none is given. */
async function passOn(arrival: Arrival, { tracker, ledger }: ForeignPeer, origin: string): Promise<void> {
  if (arrival.method !== 'POST') {
    arrival.answer({ status: 405, headers: { allow: 'POST, OPTIONS' } });
    return;
  }
  const headers = arrival.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  const authorization = headerOf(arrival.headers, 'authorization');
  const answer = await ledger.pass(
    tracker.transport,
    {
      url: `${origin}${arrival.target}`,
      contentType: headerOf(headers, 'content-type') ?? '',
      body: new Uint8Array(arrival.body),
      ...(authorization === undefined ? {} : { authorization }),
      timeout: 0,
    },
    headers,
  );
  if (answer.kind === 'failed') {
    arrival.drop();
    return;
  }
  const { status, reason, contentType, retryAfter, authenticate, body } = answer;
  arrival.answer({
    status,
    ...(reason === '' ? {} : { reason }),
    headers: {
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(authenticate === undefined ? {} : { 'www-authenticate': authenticate }),
    },
    body: new Uint8Array(body),
  });
}
