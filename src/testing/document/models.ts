/** The generated regions of `docs/models.md`: what the scenario's schema, the presets' index and the models say of themselves. */
import { CATALOGUE } from '../../analysis/catalogue.ts';
import { EDITIONS } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import { NAT_FILTERINGS, NAT_MAPPINGS } from '../../simulation/scenario/network.ts';
import { reaches } from '../../simulation/models/nat.ts';
import type { Regions } from './document.ts';
import { code, table } from './markdown.ts';
import { scenarioSchema } from './scenario-schema.ts';

/** What of JSON Schema the tables read. */
interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema = (): Schema => JSON.parse(scenarioSchema()) as Schema;

/** One row for each kind: its word, what it is, its fields. */
function kinds(all: readonly Schema[] = [], word: string): string {
  return table(
    [code(word), 'is', 'fields'],
    all.map(({ properties = {}, required = [] }) => {
      const fields = Object.entries(properties).filter(([name]) => name !== word);
      return [
        code(properties[word]?.const ?? ''),
        properties[word]?.description ?? '',
        fields.map(([name, field]) => fieldText(name, field, required.includes(name))).join(' '),
      ];
    }),
  );
}

function fieldText(name: string, field: Schema, required: boolean): string {
  const left = field.default === undefined ? '(may be left out)' : `(${JSON.stringify(field.default)})`;
  const words = field.enum === undefined ? '' : ` ${field.enum.join(', ')}.`;
  return `${code(name)}${required ? '' : ` ${left}`}: ${field.description ?? 'a list of numbers, or the name of a file of them.'}${words}`;
}

/** All fields of a scenario, level by level; what is chosen by a word has a table of its own. */
function* fields({ properties = {}, required = [] }: Schema, path: string): Generator<readonly string[]> {
  for (const [name, field] of Object.entries(properties)) {
    const at = `${path}${name}${field.items === undefined ? '' : '[]'}`;
    const preset = field.default === undefined ? undefined : JSON.stringify(field.default);
    const missing = required.includes(name) ? 'required' : preset === undefined ? '-' : code(preset);
    const words = field.enum === undefined ? '' : ` One of ${field.enum.join(', ')}.`;
    yield [code(at), missing === code('{}') ? '-' : missing, `${field.description ?? ''}${words}`];
    yield* fields(field.items ?? field, `${at}.`);
  }
}

function reachability(): string {
  const classes = NAT_MAPPINGS.flatMap((mapping) =>
    NAT_FILTERINGS.map((filtering) => ({ mapping, filtering })),
  );
  const short = (one: string): string =>
    one
      .split('-')
      .map((part) => (part === 'and' ? '' : part[0]))
      .join('')
      .toUpperCase();
  const label = ({ mapping, filtering }: (typeof classes)[number]): string =>
    `${mapping === 'none' ? 'no' : short(mapping)} / ${short(filtering)}`;
  return table(
    ['from \\ to', ...classes.map(label)],
    classes.map((from) => [
      label(from),
      ...classes.map((to) =>
        reaches(from, to, 'none') ? 'yes' : reaches(from, to, 'hole-punching') ? 'punched' : '-',
      ),
    ]),
  );
}

const measures = (): string =>
  table(
    ['measure', 'unit', 'is', 'source'],
    CATALOGUE.map(({ name, unit, description, source = '' }) => [code(name), unit, description, source]),
  );

/** What a run's peers do because their edition demands it. */
function demands(): string {
  const row = (what: string, of: (rules: (typeof RULES)[(typeof EDITIONS)[number]]) => string) => [
    what,
    ...EDITIONS.map((edition) => of(RULES[edition])),
  ];
  return table(
    ['', ...EDITIONS.map(code)],
    [
      row('comes by', ({ connect }) => (connect === 'alone' ? 'CONNECT, then JOIN' : 'CONNECT with JOIN')),
      row('a LEECH asks for more peers by', ({ find }) => (find ? 'FIND' : 'CONNECT with JOIN anew')),
      row('LEECH to SEED', ({ promotion, connect }) =>
        promotion === 'leave and join'
          ? 'LEAVE, then JOIN: two requests'
          : `${connect === 'alone' ? 'JOIN' : 'CONNECT with JOIN'} as SEED: one request`,
      ),
      row('stays alive by', ({ keepAlive }) =>
        keepAlive === 'KEEPALIVE' ? 'STAT_REPORT; with nothing new KEEPALIVE' : keepAlive,
      ),
      row('goes by', ({ methods, lastLeave }) =>
        !methods.includes('DISCONNECT')
          ? 'CONNECT with LEAVE'
          : `${lastLeave === 'keep' ? 'LEAVE, then ' : ''}DISCONNECT`,
      ),
      row('an invalid request while TRACKING', ({ errorWhileTracking }) =>
        errorWhileTracking === 'terminate' ? 'ends the registration' : 'changes nothing',
      ),
      row('asks for holders of what it lacks', ({ contentScopes }) => (contentScopes ? 'yes' : 'no')),
    ],
  );
}

export const MODEL_REGIONS: Regions = {
  measures,
  'edition demands': demands,
  distributions: () => kinds(schema().$defs?.['distribution']?.oneOf, 'distribution'),
  'arrival processes': () => kinds(schema().$defs?.['arrivals']?.oneOf, 'process'),
  faults: () => kinds(schema().properties?.['faults']?.items?.oneOf, 'kind'),
  fields: () => table(['field', 'left out', 'means'], [...fields(schema(), '')]),
  reachability,
};
