import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asPeerId, asSwarmId, asTransactionId, MAX_ID_BYTES } from '../../ids.ts';
import type { Request, Response } from '../../message.ts';
import { encodeText } from '../../text.ts';
import { Body } from './json.ts';
import { readPlainAnswer, readPlainReport } from './plain.ts';
import { judgeRequest } from './read-request.ts';
import { judgeResponse } from './read-response.ts';
import { encodeRequest, encodeResponse } from './write.ts';

const PLAIN = /^[ !#-[\]-~]+$/;
const id = fc.oneof(
  fc.stringMatching(/^[ !#-[\]-~]{1,40}$/),
  fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
);
const count = fc.oneof(fc.nat(), fc.constantFrom(0, 1e14, 999_999_999_999_999));

const report = fc
  .record({ transaction: id, peer: id, swarm: id, up: count, down: count, rate: count, links: count })
  .map(({ transaction, peer, swarm, up, down, rate, links }): Request => ({
    edition: 'rfc7846',
    version: '1',
    transactionId: asTransactionId(transaction),
    peerId: asPeerId(peer),
    method: 'STAT_REPORT',
    stats: [
      {
        swarmId: asSwarmId(swarm),
        uploadedBytes: BigInt(up),
        downloadedBytes: BigInt(down),
        availableBandwidth: rate,
        concurrentLinks: links,
      },
    ],
    contentMaps: [],
    properties: [],
  }));
const answer = fc.record({ transaction: id, swarm: id }).map(({ transaction, swarm }): Response => ({
  edition: 'rfc7846',
  version: '1',
  method: 'STAT_REPORT',
  outcome: 'success',
  transactionId: asTransactionId(transaction),
  results: [{ swarmId: asSwarmId(swarm), ok: true }],
  peerLists: [],
  queries: [],
}));

const isPlain = (...texts: readonly string[]): boolean => texts.every((text) => PLAIN.test(text));

test('reports and their answers as our writer has them are taken, unless something in them is escaped', () => {
  fc.assert(
    fc.property(report, answer, (request, response) => {
      const [stats] = request.method === 'STAT_REPORT' ? request.stats : [];
      const plainly = isPlain(request.transactionId, request.peerId, stats?.swarmId ?? '');
      expect(readPlainReport(new Body(encodeRequest(request)))).toEqual(plainly ? request : undefined);
      const [result] = response.outcome === 'success' ? response.results : [];
      const heard = isPlain(response.transactionId, result?.swarmId ?? '');
      const bytes = encodeResponse(response);
      expect(readPlainAnswer(new Body(bytes), 'STAT_REPORT')).toEqual(heard ? response : undefined);
    }),
  );
});

test('whatever is taken is what the readers of any JSON make of it, with nothing to report', () => {
  const change = fc.record({
    at: fc.nat(),
    drop: fc.nat(3),
    put: fc.constantFrom(
      '',
      '0',
      '-',
      '.5',
      'e9',
      '"',
      '\\',
      ' ',
      ',',
      '}',
      '\u007f',
      '\u00e9',
      '12345678901234567',
    ),
  });
  const changed = (bytes: Uint8Array, { at, drop, put }: { at: number; drop: number; put: string }) => {
    const text = new TextDecoder().decode(bytes);
    const place = at % (text.length + 1);
    return encodeText(text.slice(0, place) + put + text.slice(place + drop));
  };
  const agrees = (message: Request | Response | undefined, judged: unknown): number => {
    if (message === undefined) return 0;
    expect(judged).toStrictEqual({ ok: true, message, findings: [] });
    return 1;
  };
  let taken = 0;
  fc.assert(
    fc.property(report, answer, change, (request, response, edit) => {
      const asked = changed(encodeRequest(request), edit);
      const told = changed(encodeResponse(response), edit);
      taken += agrees(readPlainReport(new Body(asked)), judgeRequest(new Body(asked)));
      taken += agrees(
        readPlainAnswer(new Body(told), 'STAT_REPORT'),
        judgeResponse(new Body(told), 'STAT_REPORT'),
      );
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(40);
});

test('an identifier that is too long is never taken', () => {
  const long = asPeerId('p'.repeat(MAX_ID_BYTES + 1));
  const [request] = fc.sample(report, 1);
  if (request === undefined) throw new Error('no report');
  const bytes = encodeRequest({ ...request, peerId: long });
  expect(readPlainReport(new Body(bytes))).toBeUndefined();
  expect(judgeRequest(new Body(bytes)).ok).toBe(false);
});
