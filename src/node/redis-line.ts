/** A line to a Redis server. Its URL may hold a password: what is said of it here holds none. */
import type { Redis } from 'ioredis';
import { StartError } from './start-error.ts';

/** Milliseconds. */
const CONNECT_LIMIT = 10_000;
const LONGEST_WAIT = 5_000;

/** `redis://host:6379/0`, without user, password and options. */
export function redisPlace(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/**
 * Connected; from then on a line that breaks is opened again for as long as it takes, and `lost` is told once each time.
 * @throws {StartError} When nobody is there, or it will not have us.
 */
export async function connectRedis(url: URL, lost: (problem: string) => void): Promise<Redis> {
  const { Redis } = await import('ioredis');
  let connected = false;
  const redis = new Redis(url.href, {
    lazyConnect: true,
    connectTimeout: CONNECT_LIMIT,
    // A request waits until the line is there again: what was queued must not be lost for a server that restarts.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (connected ? Math.min(times * 100, LONGEST_WAIT) : null),
  });
  let last = 'the connection was closed';
  redis.on('error', (cause: NodeJS.ErrnoException) => {
    last = problemOf(cause);
    if (connected && redis.status !== 'reconnecting') lost(last);
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    redis.disconnect();
    const problem = cause instanceof Error && cause.message !== '' ? problemOf(cause) : last;
    // ioredis says only that the connection was closed where the error before has the reason.
    const reason = /Connection is closed/.test(problem) ? last : problem;
    throw new StartError(`No Redis at ${redisPlace(url)}: ${reason}`, { cause });
  }
  connected = true;
  return redis;
}

function problemOf(cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case 'ECONNREFUSED':
      return 'the connection was refused; is it running?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name is unknown.';
    case 'ETIMEDOUT':
      return 'no connection in time.';
    default:
      if (/^(NOAUTH|WRONGPASS)/.test(cause.message)) return 'it wants another user or password.';
      return cause.message;
  }
}
