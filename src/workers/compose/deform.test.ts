import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { stream } from '../../simulation/random.ts';
import { blankForm, requestOf } from './form.ts';
import { deform, DEFORMATION_NAMES, withValue } from './deform.ts';
import type { Deformed, DeformationName } from './deform.ts';

const TYPE = 'application/xml';

function connect(edition: (typeof EDITIONS)[number]): Deformed {
  const read = requestOf(blankForm(edition, 'CONNECT', { peerId: 'p1', transactionId: 't1' }));
  if (!read.ok) throw new Error('A blank form is a message.');
  return { body: codecOf(edition).encodeRequest(read.request), contentType: TYPE };
}

const spoil = (message: Deformed, name: DeformationName, seed = 1) =>
  deform(message, [name], stream(seed, 'deform'));
const text = ({ body }: Deformed): string => new TextDecoder().decode(body);

/** What its own reader says of the spoilt message: the peer ID when it still reads it. */
const HARMLESS: ReadonlySet<string> = new Set(['wrong-content-type', 'over-large', 'bit-flips']);

describe.each(EDITIONS)('%s', (edition) => {
  it.each(DEFORMATION_NAMES.filter((name) => !HARMLESS.has(name)))('%s spoils a message', (name) => {
    const message = connect(edition);
    const spoilt = spoil(message, name);
    if (spoilt.without.length > 0) {
      expect([name, edition]).toEqual(['document-type', 'rfc7846']);
      return;
    }
    expect(spoilt.body).not.toEqual(message.body);
    const decoded = codecOf(edition).decodeRequest(spoilt.body);
    const isRead = name === 'wrong-peer' || (name === 'duplicate-element' && edition === 'rfc7846');
    expect(decoded.ok).toBe(isRead);
    if (decoded.ok && name === 'wrong-peer') expect(decoded.message.peerId).toBe('nobody-of-this-tracker');
    if (!decoded.ok && name === 'wrong-version') expect(decoded.error.error).toBe('unsupported-version');
  });

  it('fills a body up beyond what is read, and changes nothing in it', () => {
    const spoilt = spoil(connect(edition), 'over-large');
    expect(spoilt.body.length).toBe(1024 * 1024 + 1);
    expect(text(spoilt).trimEnd()).toBe(text(connect(edition)));
  });
});

it('flips the same bits for the same seed, others for another', () => {
  const message = connect('rfc7846');
  const bits = (seed: number): number =>
    spoil(message, 'bit-flips', seed).body.reduce((sum, byte, at) => {
      let differing = byte ^ (message.body[at] ?? 0);
      let count = 0;
      for (; differing > 0; differing >>= 1) count += differing & 1;
      return sum + count;
    }, 0);
  expect([bits(1), bits(2)]).toEqual([3, 3]);
  expect(spoil(message, 'bit-flips', 7).body).toEqual(spoil(message, 'bit-flips', 7).body);
  expect(spoil(message, 'bit-flips', 7).body).not.toEqual(spoil(message, 'bit-flips', 8).body);
});

it('takes any bytes, and says what it could not do to them', () => {
  const random = stream(1, 'deform');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.string().map((one) => encodeText(one)),
      ),
      fc.subarray(DEFORMATION_NAMES),
      (bytes, names) => {
        const spoilt = deform({ body: bytes.slice(), contentType: TYPE }, names, random);
        expect(names).toEqual(expect.arrayContaining([...spoilt.without]));
        if (names.includes('wrong-content-type')) expect(spoilt.contentType).toBe('text/plain');
      },
    ),
  );
  expect(spoil({ body: encodeText('hello'), contentType: TYPE }, 'no-peer').without).toEqual(['no-peer']);
});

it('gives a message another transaction, and leaves the rest as it was typed', () => {
  expect(withValue('{ "transaction_id" : "a", "peer_id":"b" }', 'transaction', '$&2')).toBe(
    '{ "transaction_id" : "$&2", "peer_id":"b" }',
  );
  expect(withValue('<p:TransactionID>a</p:TransactionID>', 'transaction', 'n')).toBe(
    '<p:TransactionID>n</p:TransactionID>',
  );
  expect(withValue('<Nothing/>', 'transaction', 'n')).toBeUndefined();
});
