/** The form's rules: what may be set, why, and how it comes from and goes to the page's address. */
import { DEFAULT_SCENARIO, RUN_EDITIONS } from '../workers/client.ts';
import type { RunEdition, Settings, Way } from '../workers/messages.ts';

export interface NumberField {
  readonly key: 'peers' | 'arrivalsPerMinute' | 'leaveFactor' | 'reportInterval' | 'seed';
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const ARRIVALS: NumberField = {
  key: 'arrivalsPerMinute',
  label: 'Arrivals',
  unit: 'peers/min',
  hint: 'New peers over all swarms, long-run mean; goes along with the number of peers until it is set.',
  min: 0,
  max: 6000,
  whole: false,
};

export const NUMBER_FIELDS: readonly NumberField[] = [
  {
    key: 'peers',
    label: 'Peers at once',
    unit: 'peers',
    hint: 'About this many from the first second, spread over the swarms as in the scenario.',
    min: 3,
    max: 5000,
    whole: true,
  },
  ARRIVALS,
  {
    key: 'leaveFactor',
    label: 'Leave rate',
    unit: '×',
    hint: '1: peers stay as the scenario says. 2: half as long. 0: nobody leaves.',
    min: 0,
    max: 20,
    whole: false,
  },
  {
    key: 'reportInterval',
    label: 'Report interval',
    unit: 's',
    hint: "Seconds between STAT_REPORTs. Keep it well below the tracker's track timer (ours: 90 s).",
    min: 1,
    max: 3600,
    whole: false,
  },
  {
    key: 'seed',
    label: 'Seed',
    unit: '',
    hint: 'Start of the random numbers: arrivals, lines, stays.',
    min: 0,
    max: 4294967295,
    whole: true,
  },
];

/** The form as typed. */
export type Draft = Readonly<
  Record<NumberField['key'] | 'edition' | 'trackerUrl' | 'via' | 'events', string>
>;
export type DraftProblems = Partial<Record<keyof Draft, string>>;

export const draftOf = (settings: Settings): Draft => ({
  edition: settings.edition,
  trackerUrl: settings.trackerUrl,
  via: settings.via,
  events: settings.events,
  peers: String(settings.peers),
  arrivalsPerMinute: String(settings.arrivalsPerMinute),
  leaveFactor: String(settings.leaveFactor),
  reportInterval: String(settings.reportInterval),
  seed: String(settings.seed),
});

/**
 * The draft with another number of peers. Arrivals go along in the proportion that `settings` has, so that
 * the swarms keep their size: more peers that stay as long need more arrivals.
 */
export function withPeers(draft: Draft, peers: string, settings: Settings): Draft {
  const factor = Number(peers) / settings.peers;
  if (!(factor > 0) || !Number.isFinite(factor)) return { ...draft, peers };
  const { max } = ARRIVALS;
  const arrivals = Math.min(max, Math.round(settings.arrivalsPerMinute * factor * 10) / 10);
  return { ...draft, peers, arrivalsPerMinute: String(arrivals) };
}

const isEdition = (text: string): text is RunEdition => (RUN_EDITIONS as readonly string[]).includes(text);

const WAYS: readonly Way[] = ['direct', 'relay'];
const isWay = (text: string): text is Way => (WAYS as readonly string[]).includes(text);

/** As people write numbers; `1e3` and `0x10` are more often a slip than meant. */
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** Why a tracker URL cannot be used, or undefined. `pageUrl`: the page's own address. */
export function trackerUrlProblem(text: string, pageUrl: string): string | undefined {
  if (text.trim() === '') return "Enter the tracker's address, such as http://127.0.0.1:7846/.";
  // A bare word would be taken for a path on this server: whoever types one means something else.
  const url = /^(\/|[a-z][a-z0-9+.-]*:)/i.test(text.trim()) ? URL.parse(text, pageUrl) : null;
  if (url === null)
    return 'This is no URL. Write it like http://127.0.0.1:7846/ or https://tracker.example/announce.';
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return 'Only http: and https: can carry PPSP-TP. Start the address with one of them.';
  if (url.username !== '' || url.password !== '')
    return 'A URL shows in logs and history: leave the user name and password out of it.';
  return undefined;
}

/** Why a source of events cannot be used, or undefined; there need not be one. */
function eventsProblem(text: string, pageUrl: string): string | undefined {
  if (text.trim() === '' || trackerUrlProblem(text, pageUrl) === undefined) return undefined;
  return 'Write it like http://127.0.0.1:7847/events: http: or https:, no user name, no password.';
}

/** The URL of a source as typed; a server's name alone means its `/events`. */
function eventsUrl(text: string, pageUrl: string): string {
  if (text.trim() === '') return '';
  const url = new URL(text, pageUrl);
  if (url.pathname === '/') url.pathname = '/events';
  return url.href;
}

/** Who tells the page of peers of others. `own`: the tracker is that of the page's server. */
export function eventSources({ trackerUrl, events }: Settings, own: boolean): readonly string[] {
  const sources = [own ? new URL('/events', trackerUrl).href : '', events];
  return [...new Set(sources.filter((url) => url !== ''))];
}

/** The settings a draft stands for, or what is wrong with it, field by field. */
export function readDraft(
  draft: Draft,
  pageUrl: string,
):
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: DraftProblems } {
  const problems: DraftProblems = {};
  const numbers: Record<NumberField['key'], number> = {
    peers: 0,
    arrivalsPerMinute: 0,
    leaveFactor: 0,
    reportInterval: 0,
    seed: 0,
  };
  for (const field of NUMBER_FIELDS) {
    const text = draft[field.key].trim();
    const value = Number(text);
    if (!DECIMAL.test(text)) problems[field.key] = 'Enter a number.';
    else if (field.whole && !Number.isInteger(value)) problems[field.key] = 'Enter a whole number.';
    else if (value < field.min || value > field.max)
      problems[field.key] = `Between ${field.min} and ${field.max}, please.`;
    else numbers[field.key] = value;
  }
  const urlProblem = trackerUrlProblem(draft.trackerUrl, pageUrl);
  if (urlProblem !== undefined) problems.trackerUrl = urlProblem;
  const eventProblem = eventsProblem(draft.events, pageUrl);
  if (eventProblem !== undefined) problems.events = eventProblem;
  const { edition, via } = draft;
  if (!isEdition(edition)) problems.edition = `Choose one of ${RUN_EDITIONS.join(', ')}.`;
  if (!isWay(via)) problems.via = `Choose one of ${WAYS.join(', ')}.`;
  if (!isEdition(edition) || !isWay(via)) return { ok: false, problems };
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const trackerUrl = new URL(draft.trackerUrl, pageUrl).href;
  const events = eventsUrl(draft.events, pageUrl);
  return { ok: true, settings: { ...numbers, edition, trackerUrl, via, events } };
}

/** The page's address with these settings in it, as far as they differ from the defaults: a link to this run. */
export function addressOf(settings: Settings, defaults: Settings, address: string): string {
  const url = new URL(address);
  const put = (parameter: string, value: string, standard: string): void => {
    if (value === standard) url.searchParams.delete(parameter);
    else url.searchParams.set(parameter, value);
  };
  put('edition', settings.edition, defaults.edition);
  put('tracker', settings.trackerUrl, defaults.trackerUrl);
  put('via', settings.via, defaults.via);
  put('events', settings.events, defaults.events);
  put('peers', String(settings.peers), String(defaults.peers));
  put('seed', String(settings.seed), String(defaults.seed));
  return url.href;
}

/** URL parameters of the contract, as far as they can be used; each one that cannot is explained. */
export function settingsFromAddress(
  address: string,
  defaults: Settings,
): { readonly settings: Settings; readonly ignored: readonly string[] } {
  const parameters = new URL(address).searchParams;
  const ignored: string[] = [];
  let draft = draftOf(defaults);
  const take = (parameter: string, key: keyof Draft): void => {
    const value = parameters.get(parameter);
    if (value === null) return;
    const attempt = readDraft({ ...draftOf(defaults), [key]: value }, address);
    if (attempt.ok) draft = key === 'peers' ? withPeers(draft, value, defaults) : { ...draft, [key]: value };
    else ignored.push(`${parameter}: ${attempt.problems[key] ?? 'cannot be used.'}`);
  };
  const only = (parameter: string, value: string): void => {
    if ((parameters.get(parameter) ?? value) !== value)
      ignored.push(`${parameter}: there is only "${value}" so far.`);
  };
  only('scenario', DEFAULT_SCENARIO.name);
  only('clock', DEFAULT_SCENARIO.clock);
  take('edition', 'edition');
  take('tracker', 'trackerUrl');
  take('via', 'via');
  take('events', 'events');
  take('peers', 'peers');
  take('seed', 'seed');
  const read = readDraft(draft, address);
  return { settings: read.ok ? read.settings : defaults, ignored };
}
