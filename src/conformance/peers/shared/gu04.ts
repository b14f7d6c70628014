/** What only gu-04 has. */
import { asTransactionId } from '../../../protocol/ids.ts';
import { Desk, isReport, read } from '../../desk.ts';
import { succeed } from '../../good-tracker.ts';
import { expectReports } from '../../peer-body.ts';
import type { PeerBody } from '../../peer-body.ts';
import { expect, suppose } from '../../verify.ts';

const QUERY = asTransactionId('q.conformance');

export const ANSWERS_QUERY: PeerBody = [
  'answers-query',
  'A STAT_QUERY that rides on an answer is answered, by its transaction ID.',
  'POST a RESPONSE document with the query’s TransactionID, or a STAT_REPORT that bears it.',
  async (bench) => {
    const desk = new Desk(bench);
    await desk.joined();
    const report = await desk.report();
    const { peerId } = read(report);
    desk.grant(report, { queries: [{ transactionId: QUERY, peerId, properties: ['StreamStats'] }] });
    const answer = await desk.until(({ transactionId }) => transactionId === QUERY);
    expect(answer !== undefined, 'an answer to the STAT_QUERY', 'none came');
    const request = read(answer);
    const fits = request.method === 'STAT_QUERY' || request.method === 'STAT_REPORT';
    expect(fits, 'RESPONSE or STAT_REPORT', request.method);
  },
];

/** Letters and digits: nothing that a form has to escape. */
const TOKEN = 'c29tZSB0b2tlbg';

export const CARRIES_TOKEN: PeerBody = [
  'carries-token',
  'Once CONNECT was answered with an AuthToken, every request carries it (gu -06 §4.1).',
  'Keep the AuthToken of CONNECT’s answer, and put it into each request until DISCONNECT.',
  async (bench) => {
    const desk = new Desk(bench);
    await bench.begin();
    const first = await desk.until(({ method }) => method === 'CONNECT');
    suppose(first !== undefined, 'no CONNECT came');
    let body = '';
    for (const byte of bench.codec.encodeResponse(succeed(read(first)))) body += String.fromCharCode(byte);
    const withToken = body.replace('</Response>', `</Response><AuthToken>${TOKEN}</AuthToken>`);
    const headers = { 'content-type': bench.codec.mediaType };
    desk.grant({ ...first, answer: () => first.answer({ status: 200, headers, body: withToken }) });
    const next = await desk.next();
    expect(read(next).authToken === TOKEN, 'the AuthToken', `${read(next).method} without it`);
  },
];

export const NOT_FOUND: PeerBody = [
  'object-not-found',
  'OBJECT NOT FOUND to a FIND says that nobody has it: the peer stays in the swarm.',
  'Take 404 to FIND as an empty list, and ask again later.',
  async (bench) => {
    const desk = new Desk(bench);
    await desk.joined();
    const certain = await bench.urge('ask anew');
    const find = await desk.until(({ method }) => method === 'FIND' || method === 'FIND_CHUNK');
    suppose(
      find !== undefined,
      certain ? 'no FIND came' : 'no FIND came; whether it was told to is not known',
    );
    const { edition, version, method, transactionId } = read(find);
    find.answer({ edition, version, method, outcome: 'failure', transactionId, error: 'not-found' });
    const report = await desk.until(isReport);
    await expectReports(bench, report !== undefined, 'the peer came no more');
  },
];
