/** A matrix that was run, as JSON and back: what the command writes and the page opens. */
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { CELL_VERDICTS, STAGE_OUTCOMES, STAGES } from './cell.ts';
import type { CellResult } from './cell.ts';
import { placesOf } from './config.ts';
import type { Behaviour, MatrixConfig, MatrixPeer, MatrixTracker } from './config.ts';

export interface MatrixReport {
  /** Who ran it: `swarmscope 1.2.3`. */
  readonly tool: string;
  /** ISO 8601, in UTC. */
  readonly started: string;
  readonly milliseconds: number;
  readonly trackers: readonly Headed[];
  readonly peers: readonly Headed[];
  readonly editions: readonly EditionId[];
  /** In the order of rows, peers and editions; those that were not run are left out. */
  readonly cells: readonly CellResult[];
}

/** What heads a row or a column. */
export interface Headed {
  readonly name: string;
  /** What it is, in a few words: a URL, a behaviour, a program. Never a secret. */
  readonly about: string;
}

const KIND = 'matrix';
const VERSION = 1;

export function reportOf(
  config: MatrixConfig,
  facts: Pick<MatrixReport, 'tool' | 'started' | 'milliseconds'>,
  results: readonly CellResult[],
): MatrixReport {
  const places = placesOf(config).map(({ tracker, peer, edition }) =>
    keyOf(tracker.name, peer.name, edition),
  );
  const order = new Map(places.map((key, i) => [key, i]));
  const at = ({ tracker, peer, edition }: CellResult): number =>
    order.get(keyOf(tracker, peer, edition)) ?? 0;
  return {
    ...facts,
    trackers: config.trackers.map((one) => ({ name: one.name, about: aboutTracker(one) })),
    peers: config.peers.map((one) => ({ name: one.name, about: aboutPeer(one) })),
    editions: config.editions,
    cells: [...results].sort((a, b) => at(a) - at(b)),
  };
}

const keyOf = (tracker: string, peer: string, edition: EditionId): string =>
  JSON.stringify([tracker, peer, edition]);

const aboutTracker = ({ at }: MatrixTracker): string =>
  at.kind === 'url' ? at.url : `a tracker of ours${at.strict ? ', strict' : ''}`;

const BEHAVIOUR_WORDS: Readonly<Record<Behaviour, string>> = {
  complete: 'ours: LEECH, completes, becomes SEED, leaves',
  leech: 'ours: LEECH that leaves before it has all',
  seed: 'ours: SEED from the start',
  repeats: 'ours: as a whole life, each request sent twice',
};

const aboutPeer = ({ is }: MatrixPeer): string =>
  is.kind === 'own' ? BEHAVIOUR_WORDS[is.behaviour] : `somebody else’s: ${is.command[0] ?? ''}`;

export const writeReport = (report: MatrixReport): string =>
  `${JSON.stringify({ swarmscope: KIND, version: VERSION, ...report }, undefined, 2)}\n`;

export type ReadReport =
  { readonly ok: true; readonly report: MatrixReport } | { readonly ok: false; readonly problem: string };

/** Cells read of one file. */
const MAX_CELLS = 64 * 64 * 4;

/** `problem` goes on from the file's name. */
export function readReport(text: string): ReadReport {
  const not = (problem: string): ReadReport => ({ ok: false, problem });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return not('is not JSON');
  }
  if (!isObject(value) || value['swarmscope'] !== KIND) return not('is no matrix of swarmscope’s');
  if (value['version'] !== VERSION)
    return not(
      'is of a version of the format that is not known here: open it with the swarmscope that wrote it',
    );
  const { swarmscope: _kind, version: _version, ...report } = value;
  const { trackers, peers, editions, cells } = report;
  const whole =
    isText(value['tool']) &&
    isText(value['started']) &&
    isCount(value['milliseconds']) &&
    isList(trackers, isHeaded) &&
    isList(peers, isHeaded) &&
    isList(editions, isEdition) &&
    isList(cells, isCell) &&
    (cells as readonly unknown[]).length <= MAX_CELLS;
  if (!whole) return not('is damaged: a member is missing, or of the wrong kind');
  return { ok: true, report: report as unknown as MatrixReport };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const isList = (value: unknown, is: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((one: unknown) => is(one));
const isOneOf =
  (words: readonly string[]) =>
  (value: unknown): boolean =>
    words.some((word) => word === value);
const isHeaded = (value: unknown): boolean =>
  isObject(value) && isText(value['name']) && isText(value['about']);
const isEdition = isOneOf(EDITIONS);

const isCell = (value: unknown): boolean =>
  isObject(value) &&
  isText(value['tracker']) &&
  isText(value['peer']) &&
  isEdition(value['edition']) &&
  isOneOf(CELL_VERDICTS)(value['verdict']) &&
  isText(value['reason']) &&
  isCount(value['milliseconds']) &&
  (value['trace'] === undefined || isText(value['trace'])) &&
  isObject(value['counts']) &&
  ['exchanges', 'errors', 'unanswered', 'bytes'].every((name) =>
    isCount((value['counts'] as Readonly<Record<string, unknown>>)[name]),
  ) &&
  isList(value['stages'], isStage) &&
  isList(value['findings'], isFinding);

const isStage = (value: unknown): boolean =>
  isObject(value) &&
  isOneOf(STAGES)(value['name']) &&
  isOneOf(STAGE_OUTCOMES)(value['outcome']) &&
  (value['why'] === undefined || isText(value['why']));

const isFinding = (value: unknown): boolean =>
  isObject(value) &&
  isOneOf(['peer', 'tracker'])(value['side']) &&
  isOneOf(['MUST', 'SHOULD'])(value['level']) &&
  isText(value['section']) &&
  isText(value['what']) &&
  isCount(value['times']) &&
  (value['exchange'] === undefined || isCount(value['exchange']));
