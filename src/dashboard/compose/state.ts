/** What the composer knows: the message in hand as a form and as text, how it is to be sent, and what came of it. */
import type {
  Body,
  ComposeGuide,
  DeformationName,
  FormProblem,
  MessageForm,
  RecordedExchange,
  SendPlan,
  Sent,
} from '../../workers/messages.ts';
import type { TrackerProblem } from '../state.ts';

export type {
  ComposeGuide,
  DeformationName,
  FormField,
  FormProblem,
  FormValue,
  MessageForm,
  SendPlan,
  WireWord,
} from '../../workers/messages.ts';

/** How it is to be sent, as people set it. */
export interface SendSettings extends Pick<SendPlan, 'times' | 'renew' | 'seed'> {
  /** Milliseconds between two requests, or as fast as answers come. */
  readonly pace: SendPlan['pace'];
  readonly deformations: readonly DeformationName[];
  /** `undefined`: that of the edition. */
  readonly contentType: string | undefined;
}

/** A sending under way. */
export interface Sending {
  readonly job: number;
  readonly of: number;
  readonly done: number;
  readonly cancelling: boolean;
}

/** One exchange of the history. */
export interface HistoryEntry extends Sent {
  /** Counts what was sent, from 1. */
  readonly number: number;
  /** What is in the way, where there was no answer or nobody was let in. */
  readonly problem?: TrackerProblem;
}

/** The latest sending that came to its end, for people. */
export interface Outcome {
  readonly of: number;
  readonly done: number;
  /** By what was answered: `ok`, an error's name, why there was no answer. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface ComposeState {
  readonly guide: ComposeGuide | undefined;
  /** Why the composer cannot work. */
  readonly failure: string | undefined;
  /** `undefined`: the text is no message that a form could stand for. */
  readonly form: MessageForm | undefined;
  /** Why the form is no message; the text is still the one before. */
  readonly problems: readonly FormProblem[];
  /** What is sent, as text; of bytes that are no UTF-8, what can be shown of them. */
  readonly text: string;
  /** The bytes that are sent instead of the text, until it is changed. */
  readonly raw: Uint8Array | undefined;
  /** Why the text has no form. */
  readonly why: string | undefined;
  /** Where it came from: `blank CONNECT`. */
  readonly origin: string;
  readonly settings: SendSettings;
  readonly sending: Sending | undefined;
  readonly outcome: Outcome | undefined;
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** The number of the one that is shown. */
  readonly open: number | undefined;
}

export const SETTINGS_AT_FIRST: SendSettings = {
  times: 1,
  pace: 'answers',
  renew: 'transaction',
  deformations: [],
  seed: 1,
  contentType: undefined,
};

export const COMPOSE_AT_FIRST: ComposeState = {
  guide: undefined,
  failure: undefined,
  form: undefined,
  problems: [],
  text: '',
  raw: undefined,
  why: undefined,
  origin: '',
  settings: SETTINGS_AT_FIRST,
  sending: undefined,
  outcome: undefined,
  history: [],
  open: undefined,
};

/** Exchanges kept at the most, and bytes of their bodies: the wire view has the others. */
export const MAX_HISTORY = 200;
const MAX_BYTES = 8 * 1024 * 1024;

const bytesIn = ({ exchange: { request, result } }: HistoryEntry): number =>
  request.bytes + (result.kind === 'answered' ? result.bytes : 0);

/** With newer ones, newest first, within its bounds. The newest stays, however large. */
export function withHistory(
  history: readonly HistoryEntry[],
  newer: readonly HistoryEntry[],
): readonly HistoryEntry[] {
  let bytes = 0;
  return [...newer, ...history].slice(0, MAX_HISTORY).filter((entry, place) => {
    bytes += bytesIn(entry);
    return place === 0 || bytes <= MAX_BYTES;
  });
}

export const entryShown = ({ history, open }: ComposeState): HistoryEntry | undefined =>
  history.find(({ number }) => number === open);

/** What came of it, in a word: an error's name, why there was no answer. */
export const outcomeOf = ({ verdict, error, result }: RecordedExchange): string =>
  result.kind === 'failed' ? result.failure : (error ?? verdict);

export const bodyOfMessage = ({ text, raw }: ComposeState): Body => raw ?? text;

/** What goes out with it unless people say otherwise: by what it looks like where it is in no edition. */
export function contentTypeOf({ settings, form, text, guide }: ComposeState): string {
  if (settings.contentType !== undefined) return settings.contentType;
  const edition = form?.edition ?? (text.trimStart().startsWith('<') ? 'base-1.0' : 'rfc7846');
  return guide?.editions[edition].mediaType ?? '';
}
