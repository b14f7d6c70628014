/** The matrix's config file: which trackers, which peers, which editions. Its JSON Schema is `public/matrix.schema.json`. */
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { trackerUrl } from '../tracker-url.ts';
import { MembersReader } from './members.ts';
import type { Members, Problem } from './members.ts';

/** What a peer of ours does with its life. */
export const BEHAVIOURS = ['complete', 'leech', 'seed', 'repeats'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface TrackerAuth {
  readonly scheme: 'bearer' | 'digest';
  /** As written: relative to the config file's folder. */
  readonly file: string;
}

export interface MatrixTracker {
  readonly name: string;
  readonly at:
    | { readonly kind: 'url'; readonly url: string; readonly auth?: TrackerAuth }
    /** One of this program, started for the run. */
    | { readonly kind: 'own'; readonly strict: boolean };
  /** Editions it is said to speak; every one when left out. */
  readonly editions?: readonly EditionId[];
}

export interface MatrixPeer {
  readonly name: string;
  readonly is:
    | { readonly kind: 'own'; readonly behaviour: Behaviour }
    /** Somebody else's: a program and its arguments, and how many seconds it may run. */
    | { readonly kind: 'command'; readonly command: readonly string[]; readonly seconds: number };
  /** Editions it speaks; every one when left out. */
  readonly editions?: readonly EditionId[];
}

export interface MatrixConfig {
  readonly trackers: readonly MatrixTracker[];
  readonly peers: readonly MatrixPeer[];
  readonly editions: readonly EditionId[];
  /** Seconds between two reports of a peer of ours. */
  readonly reportInterval: number;
  /** Seconds an answer may take. */
  readonly timeout: number;
  /** Cells under way at once. */
  readonly concurrency: number;
}

/** A cell to be. */
export interface Place {
  readonly tracker: MatrixTracker;
  readonly peer: MatrixPeer;
  readonly edition: EditionId;
}

/** Row by row. */
export const placesOf = ({ trackers, peers, editions }: MatrixConfig): readonly Place[] =>
  trackers.flatMap((tracker) =>
    peers.flatMap((peer) => editions.map((edition) => ({ tracker, peer, edition }))),
  );

export type ReadConfig =
  | { readonly ok: true; readonly config: MatrixConfig }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Of trackers, and of peers. */
const MAX_ENTRIES = 64;
const MAX_ARGUMENTS = 64;
const MAX_SECONDS = 600;
const DEFAULTS = { seconds: 20, reportInterval: 1, timeout: 5, concurrency: 4 } as const;

/** `text`: the whole file. Problems quote nothing of it but the names of members. */
export function readMatrixConfig(text: string): ReadConfig {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    const fix = 'look for a missing comma or quote; comments are not allowed in JSON';
    return { ok: false, problems: [{ path: '$', problem: 'is not JSON', fix }] };
  }
  const reader = new MembersReader();
  const config = readRoot(reader, value);
  const { problems } = reader;
  return config === undefined || problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

const ROOT_MEMBERS = [
  '$schema',
  'trackers',
  'peers',
  'editions',
  'reportInterval',
  'timeout',
  'concurrency',
] as const;

function readRoot(reader: MembersReader, value: unknown): MatrixConfig | undefined {
  const root = reader.members(value, '$', ROOT_MEMBERS);
  if (root === undefined) return undefined;
  reader.text(root, '$schema', '$.$schema', { optional: true });
  const trackers = reader.list(root, 'trackers', '$.trackers', MAX_ENTRIES, (one, path) =>
    readTracker(reader, one, path),
  );
  const peers = reader.list(root, 'peers', '$.peers', MAX_ENTRIES, (one, path) =>
    readPeer(reader, one, path),
  );
  reader.distinct(trackers, '$.trackers');
  reader.distinct(peers, '$.peers');
  return {
    trackers,
    peers,
    editions: editionsOf(reader, root, '$') ?? EDITIONS,
    reportInterval:
      reader.number(root, 'reportInterval', '$.reportInterval', 0.1, 60) ?? DEFAULTS.reportInterval,
    timeout: reader.number(root, 'timeout', '$.timeout', 0.1, 60) ?? DEFAULTS.timeout,
    concurrency: Math.floor(
      reader.number(root, 'concurrency', '$.concurrency', 1, 64) ?? DEFAULTS.concurrency,
    ),
  };
}

const editionsOf = (reader: MembersReader, of: Members, path: string): readonly EditionId[] | undefined =>
  reader.words(of, 'editions', `${path}.editions`, EDITIONS);

function readTracker(reader: MembersReader, value: unknown, path: string): MatrixTracker | undefined {
  const one = reader.members(value, path, ['name', 'url', 'auth', 'own', 'editions']);
  if (one === undefined) return undefined;
  const name = reader.name(one, path);
  const editions = editionsOf(reader, one, path);
  const at = one['own'] === undefined ? readUrl(reader, one, path) : readOwnTracker(reader, one, path);
  if (name === undefined || at === undefined) return undefined;
  return { name, at, ...(editions === undefined ? {} : { editions }) };
}

function readOwnTracker(reader: MembersReader, one: Members, path: string): MatrixTracker['at'] | undefined {
  for (const other of ['url', 'auth'])
    if (one[other] !== undefined)
      return reader.problem(`${path}.${other}`, 'does not go with "own"', 'take one of the two out');
  const own = reader.members(one['own'], `${path}.own`, ['strict']);
  if (own === undefined) return undefined;
  return { kind: 'own', strict: reader.flag(own, 'strict', `${path}.own.strict`) };
}

function readUrl(reader: MembersReader, one: Members, path: string): MatrixTracker['at'] | undefined {
  const place = `${path}.url`;
  if (one['url'] === undefined)
    return reader.problem(path, 'names no tracker', 'give it a "url", or "own": {} for a tracker of ours');
  const url = reader.text(one, 'url', place);
  if (url === undefined) return undefined;
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(url))
    return reader.problem(
      place,
      'has a user name or password in it',
      'take it out, and name a file in "auth": "digest:FILE" or "bearer:FILE"',
    );
  if (trackerUrl(url) === undefined)
    return reader.problem(
      place,
      'is no URL of a tracker',
      'write it as peers are told it: http://tracker.example:7846/path',
    );
  const auth = reader.text(one, 'auth', `${path}.auth`, { optional: true });
  if (auth === undefined) return { kind: 'url', url };
  const [, scheme, file] = /^(bearer|digest):(.+)$/s.exec(auth) ?? [];
  if (file === undefined || (scheme !== 'bearer' && scheme !== 'digest'))
    return reader.problem(
      `${path}.auth`,
      'is not bearer:FILE or digest:FILE',
      'name the file that holds the token, or user:password; never the secret itself',
    );
  return { kind: 'url', url, auth: { scheme, file } };
}

function readPeer(reader: MembersReader, value: unknown, path: string): MatrixPeer | undefined {
  const one = reader.members(value, path, ['name', 'behaviour', 'command', 'seconds', 'editions']);
  if (one === undefined) return undefined;
  const name = reader.name(one, path);
  const editions = editionsOf(reader, one, path);
  const is = one['command'] === undefined ? readOwnPeer(reader, one, path) : readCommand(reader, one, path);
  if (name === undefined || is === undefined) return undefined;
  return { name, is, ...(editions === undefined ? {} : { editions }) };
}

function readOwnPeer(reader: MembersReader, one: Members, path: string): MatrixPeer['is'] | undefined {
  if (one['seconds'] !== undefined)
    return reader.problem(`${path}.seconds`, 'is for a "command" alone', 'take it out');
  if (one['behaviour'] === undefined)
    return reader.problem(
      path,
      'names no peer',
      `give it a "behaviour" (${BEHAVIOURS.join(', ')}), or the "command" that starts somebody else's`,
    );
  const behaviour = reader.word(one, 'behaviour', `${path}.behaviour`, BEHAVIOURS);
  return behaviour === undefined ? undefined : { kind: 'own', behaviour };
}

function readCommand(reader: MembersReader, one: Members, path: string): MatrixPeer['is'] | undefined {
  const place = `${path}.command`;
  if (one['behaviour'] !== undefined)
    return reader.problem(`${path}.behaviour`, 'is for peers of ours alone', 'take it out, or the command');
  const command = reader.list(one, 'command', place, MAX_ARGUMENTS, (argument, at) =>
    typeof argument === 'string' && argument !== ''
      ? argument
      : reader.problem(at, 'is no text', 'write each argument as a text of its own, the program first'),
  );
  const seconds = reader.number(one, 'seconds', `${path}.seconds`, 1, MAX_SECONDS) ?? DEFAULTS.seconds;
  if (command.length === 0) return undefined;
  if (!command.some((argument) => argument.includes('{tracker}')))
    return reader.problem(
      place,
      'does not say where the tracker is',
      'put {tracker} where the program takes the URL; {edition} and {swarm} are filled in too',
    );
  return { kind: 'command', command, seconds };
}
