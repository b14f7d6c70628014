import { describe, expect, test } from 'vitest';
import { codecOf } from '../protocol/editions/index.ts';
import { asTransactionId } from '../protocol/ids.ts';
import type { EditionId } from '../protocol/message.ts';
import { success } from '../peer/testing.ts';
import { createMemoryTransport } from '../transport/memory-transport.ts';
import { WoundClock } from '../testing/wound-clock.ts';
import { LonePeer } from './lone-peer.ts';

/** What a lone peer asks within so many seconds, when answers bear what `named` makes of the transaction's name. */
async function asks(edition: EditionId, seconds: number, named: (id: string) => string): Promise<string[]> {
  const clock = new WoundClock();
  const codec = codecOf(edition);
  const words: string[] = [];
  const transport = createMemoryTransport(
    ({ body }) => {
      const { message } = codec.decodeRequest(body) as Extract<
        ReturnType<typeof codec.decodeRequest>,
        { readonly ok: true }
      >;
      words.push(message.method);
      const transactionId = asTransactionId(named(message.transactionId));
      return {
        status: 200,
        reason: 'OK',
        headers: { 'content-type': codec.mediaType },
        body: codec.encodeResponse({ ...success(message), transactionId }),
      };
    },
    { address: '127.0.0.1', port: 50_000 },
  );
  const peer = new LonePeer({
    edition,
    mode: 'LEECH',
    url: 'http://tracker.example/announce',
    name: 'one',
    seed: 1,
    transport,
    clock,
    reportInterval: 30,
    swarm: 'film',
    fault: (cause) => {
      throw cause;
    },
  });
  peer.begin();
  await clock.until(new Promise<void>((resolve) => void clock.after(seconds * 1000, resolve)));
  peer.end();
  return words;
}

describe('the transaction that an answer names', () => {
  test('is the request’s, or it is no answer to it: the request is repeated (RFC 7846 §4.3)', async () => {
    expect(await asks('rfc7846', 5, (id) => id)).toEqual(['CONNECT']);
    expect((await asks('rfc7846', 5, () => 'nobody-asked')).length).toBeGreaterThan(2);
  });

  test('may be the root of a CONNECT, as the examples of extended-04 §5.1 have it', async () => {
    for (const edition of ['base-1.0', 'extended-1.1'] as const)
      expect(await asks(edition, 5, (id) => id.replace(/\.0$/, ''))).toEqual(['CONNECT']);
    expect((await asks('rfc7846', 5, (id) => id.replace(/\d$/, ''))).length).toBeGreaterThan(2);
  });
});

test('a lone peer reports while it stays, and says nothing once it was ended', async () => {
  const words = await asks('rfc7846', 100, (id) => id);
  expect(words.slice(0, 3)).toEqual(['CONNECT', 'STAT_REPORT', 'STAT_REPORT']);
});
