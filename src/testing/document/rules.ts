/** Regions of what is data: the editions, their rules, what a level is worth. */
import { toNumber } from '../../protocol/capability.ts';
import type { CapabilityKind } from '../../protocol/capability.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS, METHODS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import type { EditionRules, ValidityRow } from '../../protocol/rules.ts';
import type { Regions } from './document.ts';
import { code, section, table } from './markdown.ts';

const HEAD = ['', ...EDITIONS.map(code)];

/** What a rule settles, in the reader's words. */
const QUESTIONS: Readonly<Record<keyof Omit<EditionRules, 'methods' | 'validity'>, string>> = {
  version: '`version` written',
  methodCase: 'letters of a method name',
  connect: 'CONNECT',
  leechSwarms: 'swarms a peer may be LEECH in at once',
  lastLeave: 'the last LEAVE',
  errorWhileRegistered: 'an invalid request in PEER REGISTERED: the registration',
  errorWhileTracking: 'an invalid request in TRACKING: the registration',
  promotion: 'from LEECH to SEED',
  keepAlive: 'keep-alive',
  find: 'has FIND',
  unknownSwarm: 'FIND of a swarm unknown to the tracker',
  nobodyHolds: 'a search for content that nobody holds',
  publicAddress: "the asker's own address in the answer",
  actionTransactions: 'every action has its own transaction ID',
  contentScopes: 'requests may name segments, reports may hold chunk maps',
  statQuery: 'the tracker may ask (STAT_QUERY)',
  expireTime: 'a JOIN may name its end (ExpireTime)',
  errorBody: 'a refusal has a body',
  fallBack: 'spoken to a tracker that answers 400',
};

function value(rule: EditionRules[keyof typeof QUESTIONS]): string {
  if (rule === undefined) return '-';
  if (typeof rule === 'boolean') return rule ? 'yes' : 'no';
  return rule === Number.POSITIVE_INFINITY ? 'any number' : String(rule);
}

function rules(): string {
  const keys = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[];
  return table(
    HEAD,
    keys.map((key) => [QUESTIONS[key], ...EDITIONS.map((edition) => value(RULES[edition][key]))]),
  );
}

const methods = (): string =>
  table(
    HEAD,
    METHODS.map((method) => [
      method,
      ...EDITIONS.map((edition) => (RULES[edition].methods.includes(method) ? 'yes' : '-')),
    ]),
  );

const editions = (): string =>
  table(
    ['edition', '`version`', 'Content-Type written', 'methods'],
    EDITIONS.map((edition) => [
      code(edition),
      RULES[edition].version,
      code(codecOf(edition).mediaType),
      RULES[edition].methods.join(', '),
    ]),
  );

const SHAPES: Readonly<Record<ValidityRow['swarms'], string>> = {
  '1': 'one',
  '1+1': 'one and one',
  N: 'one or more',
  mixed: 'any mixture',
};
const OF: Readonly<Record<ValidityRow['of'], string>> = {
  any: 'any',
  new: 'it is not in',
  own: 'it is in, in that mode',
  'other mode': 'it is in, in the other mode',
  switch: 'JOIN one it is not in, LEAVE its only one, where it is LEECH',
  some: 'some of its own, not all',
  all: 'all of its own',
};

const validity = (edition: EditionId): string =>
  table(
    ['', 'actions', 'mode of the JOINs', 'swarms', 'state before', 'state after', 'verdict', 'text'],
    RULES[edition].validity.map((row, index) => [
      String(index + 1),
      `${SHAPES[row.swarms]} ${row.actions.join(' + ')}`,
      row.mode,
      OF[row.of],
      row.before,
      row.after,
      row.valid ? 'valid' : '**invalid**',
      section(row.section),
    ]),
  );

const KINDS: readonly (readonly [CapabilityKind, string, string])[] = [
  ['concurrentLinks', '`concurrent_links`, `concurrentLinks`', 'links'],
  ['onlineTime', '`online_time`, `onlineTime`', 'seconds'],
  ['uploadBandwidth', '`upload_bandwidth`, `uploadBWlevel`', 'kbit/s'],
];

const capabilities = (): string =>
  table(
    ['attribute', 'unit', 'LOW from', 'NORMAL from', 'HIGH from'],
    KINDS.map(([kind, name, unit]) => [
      name,
      unit,
      ...(['LOW', 'NORMAL', 'HIGH'] as const).map((level) => String(toNumber(kind, level))),
    ]),
  );

export const RULE_REGIONS: Regions = {
  editions,
  methods,
  rules,
  capabilities,
  ...Object.fromEntries(EDITIONS.map((edition) => [`validity ${edition}`, () => validity(edition)])),
};
