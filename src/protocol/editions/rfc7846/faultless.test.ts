import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../../testing/arbitraries.ts';
import { nearRequest, nearResponse } from '../../../testing/arbitrary-json.ts';
import type { Request, Response } from '../../message.ts';
import { encodeText } from '../../text.ts';
import { readFaultlessRequest } from './faultless-request.ts';
import { readFaultlessResponse } from './faultless-response.ts';
import { readFaultless } from './faultless.ts';
import { Body } from './json.ts';
import { judgeRequest } from './read-request.ts';
import { judgeResponse } from './read-response.ts';
import { encodeRequest, encodeResponse } from './write.ts';

const fastRequest = (bytes: Uint8Array): Request | undefined =>
  readFaultless(new Body(bytes), readFaultlessRequest);
const fastResponse = (bytes: Uint8Array): Response | undefined =>
  readFaultless(new Body(bytes), (root, tally) => readFaultlessResponse(root, tally, 'CONNECT'));

test('what is read without reports has none, and is read the same with them', () => {
  let taken = 0;
  fc.assert(
    fc.property(nearRequest, nearResponse, (question, answer) => {
      const [request, response] = [encodeText(question), encodeText(answer)];
      for (const [message, judged] of [
        [fastRequest(request), judgeRequest(new Body(request))],
        [fastResponse(response), judgeResponse(new Body(response), 'CONNECT')],
      ] as const) {
        if (message === undefined) continue;
        taken++;
        expect(judged).toStrictEqual({ ok: true, message, findings: [] });
      }
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test('what we write is read without reports, unless it has escapes', () => {
  const escaped = (bytes: Uint8Array): boolean => new TextDecoder().decode(bytes).includes('\\');
  fc.assert(
    fc.property(arbitraryRequest('rfc7846'), (message) => {
      const bytes = encodeRequest(message);
      // A number that is left out or beyond 2^53, and more peers asked for than there may be: the other reader's.
      const exact = (value?: bigint | number): boolean =>
        value !== undefined && Number.isSafeInteger(Number(value));
      const isPlain =
        message.method !== 'STAT_REPORT' ||
        message.stats.every(
          (stats) =>
            exact(stats.uploadedBytes) &&
            exact(stats.downloadedBytes) &&
            exact(stats.availableBandwidth) &&
            exact(stats.concurrentLinks),
        );
      const isModest = !('peerNum' in message) || (message.peerNum?.count ?? 0) <= 30;
      fc.pre(!escaped(bytes) && isPlain && isModest);
      expect(fastRequest(bytes)).toEqual(message);
    }),
  );
  fc.assert(
    fc.property(arbitraryResponse('rfc7846'), (message) => {
      const bytes = encodeResponse({ ...message, method: 'CONNECT' });
      fc.pre(!escaped(bytes) && message.outcome === 'success');
      expect(fastResponse(bytes)).toEqual({ ...message, method: 'CONNECT' });
    }),
  );
});

const FIND = (inside: string, root = ''): Uint8Array =>
  encodeText(
    `{"PPSPTrackerProtocol":{"version":1,"request_type":"FIND","transaction_id":"t","peer_id":"p",${root}"find":{${inside}}}}`,
  );

test('every colon is accounted for', () => {
  expect(fastRequest(FIND('"swarm_id":"a:b::c"'))).toMatchObject({ swarmId: 'a:b::c' });
  expect(fastRequest(FIND('"swarm_id" : "s"'))).toMatchObject({ swarmId: 's' });
  for (const [inside, root] of [
    ['"swarm_id":"s","x":1', ''],
    ['"swarm_id":"s"', '"":1,'],
    ['"swarm_id":"s","swarm_id":"s"', ''],
    // The one that is missing as a colon would make up for the one too many.
    ['"swarm_id":"a\\u003ab","swarm_id":"a\\u003ab"', ''],
    ['"swarm_id":"a:b","swarm_id":"s"', ''],
    ['"swarm_id":"s","peer_num":null', ''],
    ['"swarm_id":"s"', '"peer_num":{"peer_count":1},'],
  ] as const)
    expect(fastRequest(FIND(inside, root))).toBeUndefined();
});

test('what is longer than 64 KiB, or has a mark, is not for it', () => {
  expect(fastRequest(FIND(`"swarm_id":"s"${' '.repeat(65_000)}`))).toBeDefined();
  expect(fastRequest(FIND(`"swarm_id":"s"${' '.repeat(66_000)}`))).toBeUndefined();
  expect(fastRequest(new Uint8Array([0xef, 0xbb, 0xbf, ...FIND('"swarm_id":"s"')]))).toBeUndefined();
});
