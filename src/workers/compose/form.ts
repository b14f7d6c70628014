/**
 * A request as a form, whatever its edition and method: the fields that the edition's text has for the method, with
 * what it says of them, and values as people type them. Fields are the message model's members (`form-model.ts`) that
 * the explain catalogue finds in the edition.
 */
import { canonicalAddress, typedAddress } from '../../protocol/address.ts';
import { FIELDS, belongs } from '../../protocol/explain/catalogue.ts';
import { withoutIndices } from '../../protocol/explain/field.ts';
import type { Field } from '../../protocol/explain/field.ts';
import { idProblem, MAX_NOTE_BYTES } from '../../protocol/ids.ts';
import type { EditionId, Method, Request } from '../../protocol/message.ts';
import { MAX_COUNTER } from '../../protocol/reading.ts';
import { RULES } from '../../protocol/rules.ts';
import { HEAD, MEMBERS } from './form-model.ts';
import type { Member, MemberKind } from './form-model.ts';

export interface FormField {
  /** As the message model calls it; empty: the item of a list itself. */
  readonly key: string;
  /** As the edition calls it on the wire. */
  readonly name: string;
  readonly kind: MemberKind;
  readonly required: boolean;
  /** The form of the value in words, the section that asks for it, what it means: of the explain catalogue. */
  readonly value: string;
  readonly section: string;
  readonly meaning: string;
  /** The words that the text allows, as it spells them and as the message model has them. */
  readonly options?: readonly { readonly word: string; readonly value: string }[];
  /** What a blank one holds; undefined: nothing. */
  readonly blank: FormValue | undefined;
  /** Of a group, or of each item of a list. */
  readonly fields?: readonly FormField[];
}

/** Texts as typed; a member that is left out is not there. */
export type FormValue = string | FormRecord | readonly FormValue[];
export interface FormRecord {
  readonly [key: string]: FormValue;
}

export interface MessageForm {
  readonly edition: EditionId;
  readonly method: Method;
  /** As on the wire. */
  readonly version: string;
  readonly values: FormRecord;
}

export interface FormProblem {
  /** Keys and places from the top: `actions.0.swarmId`. */
  readonly path: string;
  readonly problem: string;
}

/** gu-04's reader takes what later drafts write, its writer writes none of it. */
const isOfLater = (edition: EditionId, { section }: Field): boolean =>
  edition === 'gu-04' && section.startsWith('base-01');

/** The drafts' own spellings of what the model calls otherwise. */
const MODEL_WORDS: Readonly<Record<string, string>> = { SEEDER: 'SEED', 'No-NAT': 'NO_NAT' };

/** `HIGH, NORMAL or LOW`: a list of words and nothing else. */
const WORDS = /^[\w-]+(?:, [\w-]+)* or [\w-]+$/;

const optionsIn = (value: string): FormField['options'] =>
  WORDS.test(value)
    ? value.split(/, | or /).map((word) => ({ word, value: MODEL_WORDS[word] ?? word }))
    : undefined;

/** Fields of the form, in its order. */
export function fieldsOf(edition: EditionId, method: Method): readonly FormField[] {
  const fields = FIELDS[edition].filter(
    (field) =>
      field.side === 'request' &&
      field.use !== 'departure' &&
      belongs(field, method) &&
      !isOfLater(edition, field),
  );
  const find = (names: readonly string[], under: string): Field | undefined =>
    fields.find(({ name, path }) => names.includes(name) && withoutIndices(path).startsWith(under));

  function fieldOf(member: Member, under: string): FormField[] {
    const field = find(member.names, under) ?? find(member.names, '');
    if (field === undefined) return [];
    const { name, use, value, section, meaning } = field;
    const inside = member.members?.flatMap((one) => fieldOf(one, withoutIndices(field.path)));
    const options = member.kind === 'word' || member.kind === 'capability' ? optionsIn(value) : undefined;
    const required = member.required === true || (member.required === 'text' && use === 'mandatory');
    const isList = member.kind === 'list';
    const wanted = required || use === 'mandatory' || member.offered === true || isList;
    const blank = isList ? (required && inside ? [blankOf(inside)] : []) : member.blank;
    return [
      {
        ...{ key: member.key, name, kind: member.kind, required, value, section, meaning },
        blank: wanted ? blank : undefined,
        ...(options && { options }),
        ...(inside && { fields: inside }),
      },
    ];
  }
  return [...HEAD, ...MEMBERS[method]].flatMap((member) => fieldOf(member, ''));
}

/** Values of a form, or of an item of a list, that nobody has filled in yet. */
export function blankOf(fields: readonly FormField[]): FormValue {
  const [only] = fields;
  if (only?.key === '') return only.blank ?? '';
  return Object.fromEntries(
    fields.flatMap(({ key, blank }): [string, FormValue][] => (blank === undefined ? [] : [[key, blank]])),
  );
}

/** A form with what its method asks for at the least. */
export function blankForm(
  edition: EditionId,
  method: Method,
  ids: { readonly peerId: string; readonly transactionId: string },
): MessageForm {
  const values = blankOf(fieldsOf(edition, method)) as FormRecord;
  return { edition, method, version: RULES[edition].version, values: { ...values, ...ids } };
}

export function formOf(request: Request): MessageForm {
  const { edition, method, version } = request;
  return { edition, method, version, values: recordOf(fieldsOf(edition, method), { ...request }) };
}

type Members = Readonly<Record<string, unknown>>;

function recordOf(fields: readonly FormField[], members: Members): FormRecord {
  return Object.fromEntries(
    fields.flatMap((field): [string, FormValue][] => {
      const value = field.kind === 'bits' ? members : members[field.key];
      return value === undefined ? [] : [[field.key, valueOf(field, value)]];
    }),
  );
}

function valueOf({ kind, fields = [] }: FormField, value: unknown): FormValue {
  switch (kind) {
    case 'group':
      return recordOf(fields, value as Members);
    case 'list': {
      const [only] = fields;
      return (value as readonly unknown[]).map((item) =>
        only?.key === '' ? valueOf(only, item) : recordOf(fields, item as Members),
      );
    }
    case 'bits': {
      const { bitmap, startIndex, endIndex } = value as {
        readonly bitmap: Uint8Array;
        readonly startIndex: number;
        readonly endIndex: number;
      };
      return Array.from({ length: endIndex - startIndex + 1 }, (_, index) =>
        String(((bitmap[index >> 3] ?? 0) >> (7 - (index & 7))) & 1),
      ).join('');
    }
    default:
      return String(value);
  }
}

export type FormReading =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly problems: readonly FormProblem[] };

/** The message that the form stands for, or what is wrong with it. Values that have no field are passed over. */
export function requestOf({ edition, method, version, values }: MessageForm): FormReading {
  const problems: FormProblem[] = [];
  const members = membersOf(fieldsOf(edition, method), values, '', problems);
  if (problems.length > 0) return { ok: false, problems };
  // The model has its lists whether or not the edition writes them.
  const lists = Object.fromEntries(
    MEMBERS[method].flatMap(({ key, kind, optional }): [string, unknown][] =>
      kind === 'list' && optional === undefined ? [[key, []]] : [],
    ),
  );
  return { ok: true, request: { edition, version, method, ...lists, ...members } as unknown as Request };
}

function membersOf(
  fields: readonly FormField[],
  values: FormRecord,
  under: string,
  problems: FormProblem[],
): Members {
  const members: Record<string, unknown> = {};
  for (const field of fields) {
    const { key, kind, required } = field;
    const value = values[key];
    const path = under + key;
    if (value === undefined || (value === '' && kind !== 'text')) {
      if (required) problems.push({ path, problem: 'is missing' });
      continue;
    }
    const read = memberOf(field, value, path, problems);
    if (kind === 'ip') Object.assign(members, read);
    else if (kind === 'bits') Object.assign(members, mapOf(read as string, members['startIndex']));
    else if (!(kind === 'list' && field.key === 'scope' && (read as unknown[]).length === 0))
      members[key] = read;
  }
  return members;
}

function memberOf(field: FormField, value: FormValue, path: string, problems: FormProblem[]): unknown {
  const { kind, fields = [], options } = field;
  const refuse = (problem: string): undefined => {
    problems.push({ path, problem });
  };
  if (kind === 'list') {
    const items = Array.isArray(value) ? (value as readonly FormValue[]) : [];
    if (field.required && items.length === 0) refuse('has no entry');
    const [only] = fields;
    return items.map((item, index) =>
      only?.key === ''
        ? memberOf(only, item, `${path}.${index}`, problems)
        : membersOf(fields, item as FormRecord, `${path}.${index}.`, problems),
    );
  }
  if (kind === 'group') return membersOf(fields, value as FormRecord, `${path}.`, problems);
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'number':
      return wholeNumber(text) ?? refuse('is not a whole number');
    case 'counter':
      return /^\d{1,20}$/.test(text) && BigInt(text) <= MAX_COUNTER
        ? BigInt(text)
        : refuse('is not a whole number from 0 to 2^64 - 1');
    case 'capability':
      if (/^(?:HIGH|NORMAL|LOW)$/.test(text)) return text;
      return options === undefined
        ? (wholeNumber(text) ?? refuse('is not a whole number'))
        : refuse(`is not ${field.value}`);
    case 'word':
      if (options === undefined) return noteOf(text, refuse);
      return options.some((option) => option.value === text) ? text : refuse(`is not ${field.value}`);
    case 'ip': {
      const typed = typedAddress(text);
      if (typed === undefined) return refuse('is no IPv4 or IPv6 address');
      return { ...typed, address: canonicalAddress(typed.addressType, text) ?? text };
    }
    case 'bits':
      return /^[01]+$/.test(text) ? text : refuse('is not a row of 0 and 1');
    case 'text':
      return field.key === 'asn' || field.key === 'peerProtocol' ? noteOf(text, refuse) : text;
    case 'id':
    case 'secret': {
      const problem = idProblem(text);
      return problem === undefined ? text : refuse(problem);
    }
    default:
      return kind satisfies never;
  }
}

function wholeNumber(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Informative text: an AS number, an access type. */
function noteOf(text: string, refuse: (problem: string) => undefined): string | undefined {
  const problem = idProblem(text, MAX_NOTE_BYTES);
  return problem === undefined ? text : refuse(problem);
}

/** Bit i is segment startIndex + i, the most significant bit of the first byte first (extended-04 §4.4.1, table 3). */
function mapOf(held: string | undefined, startIndex: unknown): Members {
  if (held === undefined || typeof startIndex !== 'number') return {};
  const bitmap = new Uint8Array(Math.ceil(held.length / 8));
  for (let index = 0; index < held.length; index++)
    if (held[index] === '1') bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (0x80 >> (index & 7));
  return { endIndex: startIndex + held.length - 1, bitmap };
}
