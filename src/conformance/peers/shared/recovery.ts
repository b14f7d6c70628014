/** What a peer does when no answer comes, or none that it can use. */
import { detectEdition } from '../../../protocol/editions/index.ts';
import { asTransactionId } from '../../../protocol/ids.ts';
import type { SuccessResponse } from '../../../protocol/message.ts';
import { Desk, isReport, read } from '../../desk.ts';
import { succeed } from '../../good-tracker.ts';
import { expectReports } from '../../peer-body.ts';
import type { PeerBody } from '../../peer-body.ts';
import type { PeerBench, PlainAnswer, Received } from '../../peer-bench.ts';
import { expect, shown, suppose } from '../../verify.ts';

const identical = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

/** The same request comes again, byte for byte. */
async function expectRepeated(desk: Desk, asked: Received): Promise<Received> {
  const again = await desk.bench.next();
  expect(again !== undefined, 'the same request again', 'the peer came no more');
  const before = read(asked).transactionId;
  const after = again.tolerant.ok ? again.tolerant.message.transactionId : undefined;
  expect(
    after === before,
    'the same request with its transaction ID',
    'a request with another transaction ID',
  );
  expect(identical(again.body, asked.body), 'the same bytes', 'the same transaction ID with other bytes');
  return again;
}

/** The answer that would be right, in its edition's form. */
const rightAnswer = (bench: PeerBench, asked: Received): Uint8Array<ArrayBuffer> =>
  bench.codec.encodeResponse(succeed(read(asked)));

type Spoiled = (bench: PeerBench, asked: Received) => PlainAnswer | SuccessResponse;

const RETRY =
  'Keep the request’s bytes until it has a valid answer, and send the very same again after a pause.';

const afterAnswer = (name: string, what: string, spoiled: Spoiled): PeerBody => [
  `repeats-after-${name}`,
  `After ${what} the peer repeats the request with identical content, transaction ID included.`,
  RETRY,
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    asked.answer(spoiled(bench, asked));
    await expectRepeated(desk, asked);
  },
];

const typed = (bench: PeerBench, body: Uint8Array<ArrayBuffer> | string, missing = 0): PlainAnswer => ({
  status: 200,
  headers: { 'content-type': bench.codec.mediaType },
  body,
  ...(missing > 0 ? { missing } : {}),
});

export const AFTER_MALFORMED = afterAnswer(
  'malformed',
  'an answer that is cut off in the middle',
  (bench, asked) => {
    const right = rightAnswer(bench, asked);
    return typed(bench, right.slice(0, Math.floor(right.length / 2)));
  },
);

export const AFTER_EMPTY = afterAnswer('empty', 'a 200 without a body', () => ({ status: 200 }));

export const AFTER_HTML = afterAnswer('html', 'a page of HTML, as portals and proxies send', () => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><html><title>Please log in</title><p>Please log in</html>',
}));

export const AFTER_TRUNCATED = afterAnswer(
  'truncated',
  'an answer whose connection ends before its Content-Length',
  (bench, asked) => {
    const right = rightAnswer(bench, asked);
    const cut = Math.floor(right.length / 2);
    return typed(bench, right.slice(0, cut), right.length - cut);
  },
);

export const AFTER_OTHER_FORM = afterAnswer('other-form', 'an answer in another edition’s form', (bench) =>
  typed(
    bench,
    bench.codec.edition === 'rfc7846'
      ? '<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"/>'
      : '{"PPSPTrackerProtocol":{}}',
  ),
);

export const AFTER_OTHER_TRANSACTION = afterAnswer(
  'other-transaction',
  'an answer to another transaction',
  (_bench, asked) => ({ ...succeed(read(asked)), transactionId: asTransactionId('nobody-asked') }),
);

export const AFTER_SILENCE: PeerBody = [
  'repeats-after-silence',
  'A request whose connection closes without an answer is sent again, identical.',
  RETRY,
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    asked.drop();
    await expectRepeated(desk, asked);
  },
];

export const AFTER_NO_ANSWER: PeerBody = [
  'repeats-after-no-answer',
  'A request that is never answered is given up after a while, and sent again, identical.',
  'Set a time limit for answers (some seconds), close the connection, and repeat the request.',
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    await expectRepeated(desk, asked);
  },
];

export const REPORT_REPEATED: PeerBody = [
  'repeats-report',
  'A STAT_REPORT without an answer is sent again, identical: its figures are those of the first try.',
  RETRY,
  async (bench) => {
    const desk = new Desk(bench);
    await desk.joined();
    const asked = await desk.report();
    asked.drop();
    await expectRepeated(desk, asked);
  },
];

/** Requests left without an answer, one after the other. */
async function refusedByAll(desk: Desk, tries: number): Promise<readonly Received[]> {
  const all = [await desk.arriving()];
  all[0]?.drop();
  while (all.length < tries) {
    const again = await desk.bench.next();
    if (again === undefined) break;
    all.push(again);
    again.drop();
  }
  return all;
}

export const SAME_ID_SAME_BYTES: PeerBody = [
  'same-id-same-bytes',
  'A transaction ID is used again only for content that is identical.',
  'Store the encoded request, and send the stored bytes on every try; do not write it anew.',
  async (bench) => {
    const seen = new Map<string, Uint8Array>();
    for (const { tolerant, body } of await refusedByAll(new Desk(bench), 4)) {
      if (!tolerant.ok) continue;
      const before = seen.get(tolerant.message.transactionId);
      const kept = before === undefined || identical(before, body);
      expect(kept, 'the same bytes under one transaction ID', 'other bytes under the ID of an earlier try');
      seen.set(tolerant.message.transactionId, body);
    }
  },
];

/** Milliseconds: whoever comes back faster than that hammers. */
const HAMMERING = 200;

export const BACKS_OFF: PeerBody = [
  'backs-off',
  'Pauses between tries grow while no answer comes.',
  'Double the pause with each try, up to some bound, and spread it at random.',
  async (bench) => {
    const all = await refusedByAll(new Desk(bench), 5);
    const pauses = all.slice(1).map(({ at }, i) => at - (all[i]?.at ?? 0));
    const [first, ...others] = pauses;
    suppose(first !== undefined, 'the peer came no more');
    const seconds = pauses.map((pause) => `${(pause / 1000).toFixed(1)} s`).join(', ');
    expect(Math.min(...pauses) >= HAMMERING, `pauses of ${HAMMERING} ms at least`, `pauses of ${seconds}`);
    // A bound is reached at some time: the last pause of a peer that gives up early is the longest.
    const grown = others.length > 0 && Math.max(...others) > first;
    expect(grown || others.length < 2, 'pauses that grow', `pauses of ${seconds}`);
  },
];

export const TAKES_UP: PeerBody = [
  'goes-on-after-retry',
  'Once the repeated request is answered, the peer goes on as if nothing had been.',
  'Take the answer to a retry like any other.',
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    asked.drop();
    const again = await desk.next();
    desk.grant(again);
    const report = await desk.until(isReport);
    await expectReports(bench, report !== undefined, 'it was answered, and no report came');
  },
];

export const FALLS_BACK: PeerBody = [
  'falls-back',
  'After 400 "Unknown Messages" the peer speaks base-1.0 to that tracker, and sends no extended request any more.',
  'Remember that the tracker is one of the base edition: version 1.0, no FIND, DISCONNECT or ContentGroup.',
  async (bench) => {
    const desk = new Desk(bench);
    await bench.begin();
    for (let count = 0; count < 4; count++) {
      const received = await bench.next();
      suppose(received !== undefined || count > 0, 'no peer came');
      expect(received !== undefined, 'a request of base-1.0', 'after 400 the peer came no more');
      if (detectEdition(received.body) === 'base-1.0') desk.grant(received);
      else {
        expect(
          count === 0,
          'requests of base-1.0 only',
          `${shown(read(received).method)} in the extended form`,
        );
        received.answer({ status: 400, reason: 'Unknown Messages' });
      }
    }
  },
];
