/**
 * A message taken apart: every field with its place in the body, a verdict, the section of the specification
 * and what it means. Judges by the codecs' own readers, so it never says other than they do.
 */
import { readAnswer } from '../answer.ts';
import type { Decoded } from '../codec.ts';
import { detectXml } from '../editions/detect-xml.ts';
import { codecOf } from '../editions/index.ts';
import type { EditionId, Method, Request, Response } from '../message.ts';
import { RULES } from '../rules.ts';
import { decodeText } from '../text.ts';
import type { ExplainContext, Explanation } from './explanation.ts';
import type { Side } from './field.ts';
import { CONTENT_TYPE, STATUS } from './fields-http.ts';
import { judge } from './judge.ts';
import { walkJson } from './walk-json.ts';
import { walkXml } from './walk-xml.ts';
import { isBlank, textOf } from './wire-tree.ts';
import type { WireNode, WireTree } from './wire-tree.ts';

const NAMES: Readonly<Record<EditionId, string>> = {
  rfc7846: 'RFC 7846',
  'extended-1.1': 'PPSP-TP/1.1 (extended-04)',
  'base-1.0': 'PPSP-TP/1.0 (base-01)',
  'gu-04': 'gu-04',
};
const NOTHING: WireTree = { children: [], broken: undefined, truncated: false };

/** Total: whatever the bytes are, it answers, in time linear in their number. */
export function explain(body: Uint8Array, context: ExplainContext = {}): Explanation {
  const form = formOf(body);
  const tree = form === 'json' ? walkJson(body) : form === 'xml' ? walkXml(body) : NOTHING;
  const found = detected(body, form, tree);
  const kind = context.kind ?? (context.http || context.answers ? 'response' : found.kind);
  const edition = context.edition ?? found.edition;
  const decoded = read(body, tree, edition, kind, context);
  const message = decoded.ok ? withoutToken(decoded.message) : undefined;
  const method = message?.method ?? context.answers ?? methodOf(body, tree, edition);
  const findings = decoded.ok ? decoded.findings : [];
  const error = decoded.ok ? undefined : decoded.error;
  const outcome = error !== undefined ? 'refused' : findings.length > 0 ? 'departs' : 'conforms';
  const root = judge({
    body,
    tree,
    edition,
    side: kind,
    method,
    findings,
    error,
    headers: headersOf(context),
  });
  return {
    edition,
    kind,
    ...(method && { method }),
    summary: summaryOf({ body, form, tree, edition, kind, method, decoded, context }),
    outcome,
    root,
    findings,
    ...(error && { error }),
    ...(message && { message }),
    truncated: tree.truncated,
  };
}

/** What the body looks like, whatever it is said to be. */
function formOf(body: Uint8Array): 'json' | 'xml' | 'other' {
  // UTF-16 has NULs between its letters: nothing to walk over.
  if (body.length > 1 && (body[0] === 0 || body[1] === 0)) return 'other';
  let at = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  while (isBlank(body[at])) at++;
  if (body[at] === 0x7b || body[at] === 0x5b) return 'json';
  return body[at] === 0x3c ? 'xml' : 'other';
}

const localName = ({ name }: WireNode): string => name.slice(name.indexOf(':') + 1);

/** What stands below the root member or element. */
function membersOf(tree: WireTree): readonly WireNode[] {
  const [top] = tree.children;
  if (top?.kind !== 'object') return top?.children ?? [];
  return top.children.find(({ name }) => name === 'PPSPTrackerProtocol')?.children ?? [];
}

/** What it is by itself. Neither request nor response: a request, as trackers take it. */
function detected(
  body: Uint8Array,
  form: 'json' | 'xml' | 'other',
  tree: WireTree,
): { readonly edition?: EditionId; readonly kind: Side } {
  if (form === 'xml') return detectXml(body) ?? { kind: 'request' };
  if (form === 'other') return { kind: 'request' };
  const has = (name: string): boolean => membersOf(tree).some((member) => member.name === name);
  return { edition: 'rfc7846', kind: has('response_type') && !has('request_type') ? 'response' : 'request' };
}

/** Of a message that could not be read: what it says itself, where that is a word of the edition. */
function methodOf(body: Uint8Array, tree: WireTree, edition: EditionId | undefined): Method | undefined {
  if (edition === undefined) return undefined;
  const names = ['request_type', 'Request', 'Method', 'RESPONSE'];
  const member = membersOf(tree).find((node) => names.includes(localName(node)));
  if (member?.value === undefined) return undefined;
  const word = textOf(body, member.value).replaceAll('"', '').trim().replace(' ', '_').toUpperCase();
  return RULES[edition].methods.find((method) => method === word);
}

function read(
  body: Uint8Array,
  tree: WireTree,
  edition: EditionId | undefined,
  kind: Side,
  { answers, asked, http }: ExplainContext,
): Decoded<Request | Response> {
  if (edition === undefined) return none(body, tree);
  const codec = codecOf(edition);
  if (kind === 'request') return codec.decodeRequest(body);
  const readings = (answers ? [answers] : RULES[edition].methods).map((method) =>
    http ? readAnswer(codec, method, { ...http, body }, asked) : codec.decodeResponse(body, method, asked),
  );
  return readings.reduce((best, reading) => (faults(reading) < faults(best) ? reading : best));
}

/** The reading with the fewest is taken for the one that was meant. */
const faults = (decoded: Decoded<Response>): number =>
  decoded.ok ? decoded.findings.length : Number.MAX_SAFE_INTEGER;

function none(body: Uint8Array, { broken }: WireTree): Decoded<Request> {
  const text = decodeText(body);
  const problem = text.ok ? (broken?.problem ?? 'is in none of the editions') : text.problem;
  return { ok: false, error: { error: 'bad-request', path: '', problem } };
}

function withoutToken(message: Request | Response): Request | Response {
  if (!('authToken' in message)) return message;
  const { authToken: _, ...rest } = message;
  return rest;
}

const headersOf = ({ http }: ExplainContext): { readonly name: string; readonly value: string }[] =>
  http === undefined
    ? []
    : [
        { name: STATUS, value: `${http.status} ${http.reason}`.trimEnd() },
        { name: CONTENT_TYPE, value: http.contentType ?? '' },
      ];

interface Told {
  readonly body: Uint8Array;
  readonly form: 'json' | 'xml' | 'other';
  readonly tree: WireTree;
  readonly edition: EditionId | undefined;
  readonly kind: Side;
  readonly method: Method | undefined;
  readonly decoded: Decoded<Request | Response>;
  readonly context: ExplainContext;
}

function summaryOf(told: Told): string {
  const { edition, kind, method, decoded } = told;
  const what = [edition && NAMES[edition], method, kind].filter((word) => word !== undefined).join(' ');
  if (!decoded.ok) return `Refused: ${refusal(told)}`;
  const failure = 'outcome' in decoded.message && decoded.message.outcome === 'failure';
  const said = failure ? ` (${decoded.message.error})` : '';
  const { length } = decoded.findings;
  if (length === 0) return `${what}${said}: conforms.`;
  return `${what}${said}: ${length === 1 ? '1 departure' : `${length} departures`} from the grammar.`;
}

/** The reader's words, and for a body that is no message at all what it is likely to be instead. */
function refusal({ body, form, tree, edition, decoded, kind }: Told): string {
  if (decoded.ok) return '';
  const { path, problem } = decoded.error;
  if (path !== '') return `${path} ${problem}.`;
  const subject = `${problem.startsWith('answers ') ? 'the tracker' : 'the body'} ${problem}.`;
  if (body.length === 0)
    return kind === 'response'
      ? `${subject} The drafts say most errors by the HTTP status alone, without a body.`
      : `${subject} Every request has one.`;
  if (isHtml(body))
    return `${subject} It is a web page: a proxy or portal may have answered, or the URL is wrong.`;
  if (edition !== undefined || tree.broken) return subject;
  if (form === 'xml')
    return `${subject} It is XML, but without the Request, Method or Response of a PPSP-TP message.`;
  return form === 'json' ? subject : `${subject} A message begins with { (RFC 7846) or < (the drafts).`;
}

const isHtml = (body: Uint8Array): boolean =>
  /^\ufeff?\s*<(?:!doctype html|html|head|body)\b/i.test(textOf(body, { start: 0, end: 256 }));
