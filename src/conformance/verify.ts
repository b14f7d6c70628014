/**
 * Expectations, as small functions: each stops the case with what was expected and what came instead.
 * `given` is for the steps before: when one of them goes wrong, what the case is about was not reached.
 */
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import type { SwarmId } from '../protocol/ids.ts';
import type {
  ActionResult,
  FailureResponse,
  PeerInfo,
  Response,
  SuccessResponse,
} from '../protocol/message.ts';
import { Stop } from './case.ts';
import type { Sent } from './tracker-bench.ts';

/** Longest text of something that came over the wire. */
const MAX_SHOWN = 120;

/** Stops the case as failed unless `holds`. */
export function expect(holds: boolean, expected: string, actual: string): asserts holds {
  if (!holds) throw new Stop({ verdict: 'fail', expected, actual });
}

/** Stops the case as inconclusive unless `holds`. */
export function suppose(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Stop({ verdict: 'inconclusive', why });
}

/** What came from the wire, as text for people: one line of bounded length. */
export function shown(value: unknown): string {
  const text = (typeof value === 'string' ? JSON.stringify(value) : String(value)).replace(
    // eslint-disable-next-line no-control-regex -- control characters are exactly what this looks for
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}\p{Surrogate}]/gu,
    '\ufffd',
  );
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** What came back, in a few words. */
export function outcomeOf(sent: Sent): string {
  const { answer, failure, tolerant } = sent;
  if (answer === undefined || tolerant === undefined) return `no answer: ${failure ?? 'none came'}`;
  const http = `HTTP ${answer.status}`;
  if (!tolerant.ok) {
    const { path, problem } = tolerant.error;
    return `${http}, and the answer cannot be read: ${path === '' ? 'it' : path} ${problem}`;
  }
  const { message } = tolerant;
  if (message.outcome === 'success') return `${http}, success`;
  const body = answer.body.length === 0 ? 'with no body' : `error ${ERRORS[message.error].code}`;
  return `${http}, ${message.error} (${body})`;
}

const read = (sent: Sent): Response | undefined => (sent.tolerant?.ok ? sent.tolerant.message : undefined);

/** A step before the point of the case: it has to succeed, or the case says nothing. */
export function given(sent: Sent): SuccessResponse {
  const message = read(sent);
  suppose(
    message?.outcome === 'success',
    `${sent.step} was to succeed first, and did not: ${outcomeOf(sent)}`,
  );
  return message;
}

/** Any answer at all, with whatever body. */
export function expectAnswer(sent: Sent): NonNullable<Sent['answer']> {
  const { answer } = sent;
  expect(answer !== undefined, 'an answer', outcomeOf(sent));
  return answer;
}

/** Any response of the edition's, success or failure. */
export function expectResponse(sent: Sent): Response {
  const message = read(sent);
  expect(message !== undefined, 'a response that can be read', outcomeOf(sent));
  return message;
}

export function expectSuccess(sent: Sent): SuccessResponse {
  const message = read(sent);
  expect(message?.outcome === 'success', 'success', outcomeOf(sent));
  return message;
}

/** RFC 7846 §4.3 has one code for what is forbidden and what is not there; elsewhere the status tells them apart. */
const same = ({ edition, error }: FailureResponse, other: ErrorName): boolean =>
  edition === 'rfc7846' ? ERRORS[error].code === ERRORS[other].code : error === other;

/** One of these errors, by its code in the body, or by the status where the edition leaves the body empty. */
export function expectError(sent: Sent, ...errors: readonly [ErrorName, ...ErrorName[]]): FailureResponse {
  const message = read(sent);
  const fits =
    message !== undefined && message.outcome === 'failure' && errors.some((error) => same(message, error));
  const expected = errors.map((error) => `${error} (error ${ERRORS[error].code})`).join(' or ');
  expect(fits, expected, outcomeOf(sent));
  return message;
}

/** Any failure: refused, whatever the reason given. */
export function expectRefusal(sent: Sent): FailureResponse {
  const message = read(sent);
  expect(message?.outcome === 'failure', 'a refusal', outcomeOf(sent));
  return message;
}

export function expectStatus(sent: Sent, ...statuses: readonly [number, ...number[]]): void {
  const answer = expectAnswer(sent);
  expect(statuses.includes(answer.status), `HTTP ${statuses.join(' or ')}`, `HTTP ${answer.status}`);
}

/** The answer is as the text has it, with nothing for a tolerant reader to let pass. */
export function expectStrict(sent: Sent): Response {
  const { strict } = sent;
  expect(strict !== undefined, 'a response that can be read', outcomeOf(sent));
  if (!strict.ok) {
    const { path, problem, section } = strict.error;
    const where = section === undefined ? '' : ` (${section})`;
    expect(false, `a response to the letter${where}`, `${path === '' ? 'the answer' : path} ${problem}`);
  }
  return strict.message;
}

/** The peers handed out for a swarm, none when it has no list. */
export function listOf({ peerLists }: SuccessResponse, swarmId: SwarmId): readonly PeerInfo[] {
  return peerLists.find((list) => list.swarmId === swarmId)?.peers ?? [];
}

/** Names are long and say nothing: lists are told by their length and what is wrong with them. */
const peers = (count: number): string => (count === 1 ? '1 peer' : `${count} peers`);

/** Exactly these peers, in any order. */
export function expectList(
  response: SuccessResponse,
  swarmId: SwarmId,
  expected: readonly string[],
): readonly PeerInfo[] {
  const list = listOf(response, swarmId);
  const listed = new Set<string>(list.map(({ peerId }) => peerId));
  const missing = expected.filter((peerId) => !listed.has(peerId)).length;
  const extra = list.filter(({ peerId }) => !expected.includes(peerId)).length;
  expect(
    missing === 0 && extra === 0 && list.length === expected.length,
    `a list of ${peers(expected.length)}, those in the swarm`,
    `${peers(list.length)}: ${missing} missing, ${extra} that should not be there`,
  );
  return list;
}

/** `who` is on the list of that swarm; `what` says who that is. */
export function expectListed(
  response: SuccessResponse,
  swarmId: SwarmId,
  who: string,
  what: string,
): PeerInfo {
  const list = listOf(response, swarmId);
  const entry = list.find(({ peerId }) => peerId === who);
  expect(entry !== undefined, `${what} on the list`, `a list of ${peers(list.length)} without it`);
  return entry;
}

export function expectNotListed(
  response: SuccessResponse,
  swarmId: SwarmId,
  who: string,
  what: string,
): void {
  const list = listOf(response, swarmId);
  expect(
    !list.some(({ peerId }) => peerId === who),
    `a list without ${what}`,
    `${what} is on the list of ${peers(list.length)}`,
  );
}

/** The result of one action, by swarm (JSON) or by the action's transaction (XML). */
export function expectResult(
  { results }: SuccessResponse,
  of: { readonly swarmId?: string; readonly transactionId?: string },
): ActionResult {
  const result = results.find(
    ({ swarmId, transactionId }) =>
      (of.swarmId !== undefined && swarmId === of.swarmId) ||
      (of.transactionId !== undefined && transactionId === of.transactionId),
  );
  expect(result !== undefined, 'a result for the action', `${results.length} results, none of them its own`);
  expect(result.ok, 'a successful result for the action', 'a failed one');
  return result;
}
