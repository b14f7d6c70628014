/** Answers that are in order and unusual, and answers meant to harm: the peer goes on. */
import { asPeerId } from '../../../protocol/ids.ts';
import type { PeerInfo, SuccessResponse } from '../../../protocol/message.ts';
import { encodeText } from '../../../protocol/text.ts';
import { Desk, isReport, read } from '../../desk.ts';
import { neighbours, succeed } from '../../good-tracker.ts';
import { expectReports } from '../../peer-body.ts';
import type { PeerBody } from '../../peer-body.ts';
import type { PeerBench, PlainAnswer, Received } from '../../peer-bench.ts';
import { expect } from '../../verify.ts';

type Answer = (bench: PeerBench, asked: Received) => PlainAnswer | SuccessResponse;

/** The answer counts: what follows is no second try, and in the end a report. */
const takes = (name: string, requirement: string, advice: string, answer: Answer): PeerBody => [
  name,
  requirement,
  advice,
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    // The peer is in, whatever the bytes of the answer.
    desk.grant({ ...asked, answer: () => asked.answer(answer(bench, asked)) });
    const { transactionId } = read(asked);
    const report = await desk.until(
      (request) => isReport(request) || request.transactionId === transactionId,
    );
    const again = report !== undefined && !isReport(read(report));
    expect(!again, 'reports, as after any success', 'the same request again');
    await expectReports(bench, report !== undefined, 'the peer came no more');
  },
];

/** Whatever it makes of the answer, it is still there, and reports once it is answered well. */
const survives = (name: string, requirement: string, advice: string, answer: Answer): PeerBody => [
  name,
  requirement,
  advice,
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    desk.grant({ ...asked, answer: () => asked.answer(answer(bench, asked)) });
    const report = await desk.until(isReport);
    await expectReports(bench, report !== undefined, 'the peer came no more');
  },
];

const own = (asked: Received): PeerInfo => ({
  peerId: read(asked).peerId,
  addresses: neighbours(1)[0]?.addresses ?? [],
  mode: 'LEECH',
});

export const EMPTY_LIST = takes(
  'empty-list',
  'A success without any peer is a success: the swarm has nobody else.',
  'Stay in the swarm, and ask again later.',
  (_bench, asked) => succeed(read(asked), { list: [] }),
);

export const OWN_ENTRY = takes(
  'own-entry',
  'A list that has the asker itself on it is a list (RFC 7846 §4.1.2.1 shows one).',
  'Skip the entry with the peer’s own ID.',
  (_bench, asked) => succeed(read(asked), { list: [own(asked), ...neighbours(2)] }),
);

export const FULL_LIST = takes(
  'full-list',
  'A list of 30 peers, the most there is, is taken.',
  'Make room for 30 entries.',
  (_bench, asked) => succeed(read(asked), { list: neighbours(30) }),
);

export const DUPLICATES = takes(
  'duplicates',
  'A list that names one peer twice is taken.',
  'Know peers by their ID: the second entry replaces or is skipped.',
  (_bench, asked) => succeed(read(asked), { list: [...neighbours(3), ...neighbours(3)] }),
);

export const IPV6_LIST = takes(
  'ipv6-list',
  'A list with IPv6 addresses is taken, by peers that have IPv4 only too.',
  'Skip addresses that cannot be reached; do not refuse the list for them.',
  (_bench, asked) =>
    succeed(read(asked), {
      list: [
        {
          peerId: asPeerId('neighbour-6'),
          mode: 'SEED',
          addresses: [{ addressType: 'ipv6', address: '2001:db8::6', port: 7007, priority: 2, type: 'HOST' }],
        },
        ...neighbours(1),
      ],
    }),
);

const right = (bench: PeerBench, asked: Received): string => {
  let text = '';
  for (const byte of bench.codec.encodeResponse(succeed(read(asked)))) text += String.fromCharCode(byte);
  return text;
};

/** Members or elements that no text has, in every place that takes any. */
function extended(bench: PeerBench, asked: Received): string {
  const text = right(bench, asked);
  if (bench.edition !== 'rfc7846')
    return text.replaceAll(
      /<\/(PPSPTrackerProtocol|PeerInfo|PeerGroup|Peers)>/g,
      '<Extra level="2"><Inner>x</Inner></Extra></$1>',
    );
  return JSON.stringify(
    JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { ...value, x_extra: { level: 2, inner: ['x', null] } }
        : value,
    ),
  );
}

export const UNKNOWN_MEMBERS = takes(
  'unknown-members',
  'Members (elements) of an answer that the peer does not know are ignored.',
  'Read what is known, and skip the rest: extensions add to messages.',
  (bench, asked) => ({
    status: 200,
    headers: { 'content-type': bench.codec.mediaType },
    body: encodeText(extended(bench, asked)),
  }),
);

const labelled =
  (type: string | undefined): Answer =>
  (bench, asked) => ({
    status: 200,
    headers: type === undefined ? {} : { 'content-type': type },
    body: encodeText(right(bench, asked)),
  });

export const WRONG_TYPE = survives(
  'wrong-content-type',
  'An answer whose Content-Type is wrong does not end the peer.',
  'Read the body all the same, or repeat the request.',
  labelled('text/plain'),
);

export const NO_TYPE = survives(
  'no-content-type',
  'An answer without Content-Type does not end the peer.',
  'Read the body all the same, or repeat the request.',
  labelled(undefined),
);

export const HUGE_LIST = survives(
  'huge-list',
  'A list of 600 peers, twenty times what may be asked, does not end the peer.',
  'Bound what is read of a list; refuse the answer or keep the first entries.',
  (_bench, asked) => succeed(read(asked), { list: neighbours(600) }),
);

/** Bytes: more than any answer has use for. */
const OVERSIZE = 3 * 1024 * 1024;

export const OVERSIZE_BODY = survives(
  'oversize-answer',
  'An answer of 3 MiB does not end the peer.',
  'Bound the bytes read of an answer, and close the connection beyond them.',
  (bench) => ({
    status: 200,
    headers: { 'content-type': bench.codec.mediaType },
    body: new Uint8Array(OVERSIZE).fill(0x20),
  }),
);

/** Levels: far more than any message has. */
const DEEP = 20_000;

export const DEEP_NESTING = survives(
  'deep-nesting',
  'An answer nested without end does not end the peer.',
  'Bound the depth that the reader follows.',
  (bench) => ({
    status: 200,
    headers: { 'content-type': bench.codec.mediaType },
    body:
      bench.edition === 'rfc7846'
        ? `{"PPSPTrackerProtocol":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`
        : `<?xml version="1.0"?><PPSPTrackerProtocol version="1.0">${'<a>'.repeat(DEEP)}${'</a>'.repeat(DEEP)}</PPSPTrackerProtocol>`,
  }),
);

export const ENTITY_BOMB = survives(
  'entity-bomb',
  'An answer with a document type whose entities multiply does not end the peer.',
  'Refuse document types: no message of the protocol has one.',
  (bench) => ({
    status: 200,
    headers: { 'content-type': bench.codec.mediaType },
    body: `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "${'x'.repeat(100)}">${Array.from(
      { length: 12 },
      (_, i) => `<!ENTITY ${'b'.repeat(i + 1)} "${`&${i === 0 ? 'a' : 'b'.repeat(i)};`.repeat(10)}">`,
    ).join(
      '',
    )}]><PPSPTrackerProtocol version="1.0"><Response>&${'b'.repeat(12)};</Response></PPSPTrackerProtocol>`,
  }),
);

/** Milliseconds: slow for a tracker, and within what a peer has to wait. */
const SLOW = 4000;

export const SLOW_ANSWER: PeerBody = [
  'slow-answer',
  `An answer that takes ${SLOW / 1000} s is waited for: meanwhile the peer sends nothing but the same request.`,
  'Have one request under way at a time, and a time limit of some seconds more than that.',
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    desk.grant(asked, {}, { after: SLOW });
    const { transactionId } = read(asked);
    const meanwhile = await bench.next(SLOW - 100);
    const same = meanwhile === undefined || read(meanwhile).transactionId === transactionId;
    expect(
      same,
      'patience',
      `${meanwhile === undefined ? '' : read(meanwhile).method} before the answer was there`,
    );
    if (meanwhile !== undefined) desk.grant(meanwhile);
    const report = await desk.until(isReport);
    await expectReports(bench, report !== undefined, 'the peer came no more');
  },
];

/** More than any HTTP client follows in a row (the Fetch standard stops at 20). */
const HOPS = 30;

export const REDIRECT_LOOP: PeerBody = [
  'redirect-loop',
  'A redirect that leads to itself is not followed without end.',
  'Bound the number of redirects followed, or follow none.',
  async (bench) => {
    const desk = new Desk(bench);
    let asked = await desk.arriving();
    const start = bench.now();
    for (let hops = 0; ; hops++) {
      expect(hops <= HOPS, `${HOPS} hops at most within a second`, `${hops} of them`);
      asked.answer({ status: 307, headers: { location: asked.target } });
      const next = await bench.next(Math.max(1, start + 1000 - bench.now()));
      if (next === undefined) return;
      asked = next;
    }
  },
];
