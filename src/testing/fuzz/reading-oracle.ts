/** What must hold of any bytes, whoever reads them. */
import type { Asked, Decoded, Finding } from '../../protocol/codec.ts';
import { detectEdition } from '../../protocol/editions/index.ts';
import { explain } from '../../protocol/explain/explain.ts';
import type { ExplainedNode } from '../../protocol/explain/explanation.ts';
import { asPeerId, asSwarmId } from '../../protocol/ids.ts';
import type { Method, Request, Response } from '../../protocol/message.ts';
import { pretty } from '../../protocol/pretty.ts';
import { demand } from './complaint.ts';
import type { Dice } from './dice.ts';
import { difference } from './difference.ts';
import { MARKER } from './hostile.ts';
import { isLasting, kept } from './losses.ts';
import type { Reader } from './readers.ts';
import { formOf } from './sources.ts';
import type { Target } from './sources.ts';

/** Paths are made of the grammar's names and indices, sentences of ASCII and the sign of a section. */
const PATH = /^[A-Za-z0-9_.@[\] -]{0,200}$/;
const SENTENCE = /^[\x20-\x7e§]{1,300}$/;

/** How often the strict reader is asked too: it has no reading of its own. */
const STRICT = 0.25;

function demandOwnWords(text: string, what: string, form = SENTENCE): void {
  demand(form.test(text), `${what} is no text of ours`);
  demand(!text.includes(MARKER), `${what} repeats input`);
}

function demandFinding({ path, expected, section }: Finding): void {
  demandOwnWords(path, 'the path of a finding', PATH);
  demandOwnWords(expected, 'what a finding expects');
  demandOwnWords(section, 'the section of a finding');
}

function demandError(decoded: Decoded<Request | Response>, reader: string): void {
  if (decoded.ok) return decoded.findings.forEach(demandFinding);
  const { path, problem, section, findings, error } = decoded.error;
  demand(error === 'bad-request' || error === 'unsupported-version', `${reader}: an unknown error`);
  demandOwnWords(path, `${reader}: the path of an error`, PATH);
  demandOwnWords(problem, `${reader}: a problem`);
  if (section !== undefined) demandOwnWords(section, `${reader}: the section of an error`);
  findings?.forEach(demandFinding);
}

/** The strict reader is the tolerant one less its findings. */
function demandAgreement(tolerant: Decoded<unknown>, strict: Decoded<unknown>): void {
  const clean = tolerant.ok && tolerant.findings.length === 0;
  demand(
    strict.ok === clean,
    'the strict reader takes other messages than the tolerant one without findings',
  );
  demand(!clean || difference(tolerant, strict) === undefined, 'the strict reader reads something else');
}

/** What was read is written, and read again as the same; written once more, it is the same bytes. */
function demandRoundTrip<M extends Request | Response>(
  decoded: Decoded<M>,
  target: Target,
  write: (message: M) => Uint8Array,
  read: (body: Uint8Array) => Decoded<M>,
): void {
  if (!decoded.ok) return;
  const { message } = decoded;
  const written = write(message);
  // A failure that the edition tells by the status line alone.
  if (written.length === 0) return;
  const again = read(written);
  demand(
    again.ok,
    `what was read and written is refused: ${again.ok ? '' : `${again.error.path} ${again.error.problem}`}`,
  );
  const odd = again.findings.find((finding) => !isLasting(finding));
  demand(odd === undefined, `what we write departs from the grammar: ${odd?.path} ${odd?.expected}`);
  const expected = kept(message, target);
  if (expected === undefined) return;
  const lost = difference(again.message, expected);
  demand(lost === undefined, `what was read and written is read as another message: ${lost}`);
  demand(isSame(write(again.message), written), 'what was read and written is written differently');
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

/** A request whose answer the bytes may be. */
function askedOf(dice: Dice): Asked {
  if (dice.chance(0.5)) return {};
  return { peerId: asPeerId(MARKER), ...(dice.chance(0.5) ? { swarmId: asSwarmId('film') } : {}) };
}

/** @throws {Complaint} */
export function judgeReading(body: Uint8Array, target: Target, reader: Reader, dice: Dice): void {
  const request = reader.request(body);
  demandError(request, 'request');
  demandRoundTrip(request, target, reader.writeRequest, reader.request);
  if (reader.strictRequest && dice.chance(STRICT)) demandAgreement(request, reader.strictRequest(body));

  const answers = dice.pick(reader.methods);
  const asked = askedOf(dice);
  const response = reader.response(body, answers, asked);
  demandError(response, 'response');
  demandRoundTrip(response, target, reader.writeResponse, (written) =>
    reader.response(written, answers, asked),
  );
  if (reader.strictResponse && dice.chance(STRICT))
    demandAgreement(response, reader.strictResponse(body, answers, asked));

  const detected = detectEdition(body);
  if (target === 'packed') return;
  demand(!request.ok || detected !== undefined, 'what its codec reads is of no edition');
  if (dice.chance(0.5)) judgeExplanation(body, target, answers, dice);
  const form = formOf(target);
  if (form !== 'packed' && dice.chance(0.5)) judgeLayout(body, form);
}

function judgeExplanation(
  body: Uint8Array,
  target: Exclude<Target, 'packed'>,
  answers: Method,
  dice: Dice,
): void {
  const told = explain(
    body,
    dice.pick([{}, { kind: 'request', edition: target }, { edition: target, answers }] as const),
  );
  demandOwnWords(told.summary, 'the summary');
  told.findings.forEach(demandFinding);
  const visit = (node: ExplainedNode): void => {
    const { start, end } = node.bytes;
    demand(start >= 0 && start <= end && end <= body.length, 'a field is outside of the body');
    demandOwnWords(node.meaning, 'a meaning');
    demandOwnWords(node.section, 'a section');
    if (node.problem !== undefined) demandOwnWords(node.problem, 'a problem told of a field');
    if (node.expected !== undefined) demandOwnWords(node.expected, 'what is expected of a field');
    node.children.forEach(visit);
  };
  visit(told.root);
}

const DECODER = new TextDecoder();

/** Only white space between tokens changes. */
function judgeLayout(body: Uint8Array, form: 'json' | 'xml'): void {
  const text = DECODER.decode(body);
  const lines = pretty(form, text);
  if (lines.at(-1)?.[0]?.text === '…') return;
  const laid = lines.map((line) => line.map((piece) => piece.text).join('')).join('');
  demand(laid.replaceAll(/\s/g, '') === text.replaceAll(/\s/g, ''), 'laid out, the text is another');
}
