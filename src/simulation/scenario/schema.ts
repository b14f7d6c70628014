/**
 * The scenario file: swarms, who comes, how long they stay, what their lines carry, what goes wrong. Times in seconds,
 * sizes in bytes, rates in bytes/s unless named otherwise. Field names are a contract. What is not listed is refused,
 * for a misspelt field would silently mean its default. `read.ts` reads it; `public/scenario.schema.json` is made
 * from it (`npm run docs`).
 */
import * as v from 'valibot';
import { MAX_PEER_LIST } from '../../protocol/message.ts';
import { SELECTIONS } from '../../tracker/policies.ts';
import { PEER_DEFAULTS, RUN_EDITIONS, SCENARIO_DEFAULTS, TRACKER_DEFAULTS } from './defaults.ts';
import { Distribution } from './distribution.ts';
import { Fault } from './faults.ts';
import { name, number, oneOf, seconds, share, someSeconds, text, whole } from './fields.ts';
import { Line, MAX_LINES, Nat, Network } from './network.ts';
import { Swarm } from './swarm.ts';

const MAX_SWARMS = 10_000;
const MAX_FAULTS = 10_000;

const Tracker = v.strictObject({
  url: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(2000),
      v.regex(/^(embedded|https?:\/\/.+)$/),
      v.description(
        'embedded: the tracker of whoever runs the scenario; or the URL of any tracker, on the real clock.',
      ),
    ),
    TRACKER_DEFAULTS.url,
  ),
  trackTimer: v.optional(
    someSeconds('Seconds of silence after which the embedded tracker takes a peer out of every swarm.'),
    TRACKER_DEFAULTS.trackTimer,
  ),
  initTimer: v.optional(
    someSeconds('Seconds that the embedded tracker gives a registered peer to join a swarm.'),
    TRACKER_DEFAULTS.initTimer,
  ),
  policy: v.optional(
    oneOf(SELECTIONS, 'Whom the embedded tracker prefers for peer lists.'),
    TRACKER_DEFAULTS.policy,
  ),
  serviceTime: v.optional(
    v.pipe(
      Distribution,
      v.description(
        'Seconds that the embedded tracker works on a request; one at a time, in the order they come.',
      ),
    ),
    TRACKER_DEFAULTS.serviceTime,
  ),
});

const Peers = v.strictObject({
  reportInterval: v.optional(
    someSeconds('Seconds between two STAT_REPORTs of a peer.'),
    PEER_DEFAULTS.reportInterval,
  ),
  peerCount: v.optional(
    whole(0, MAX_PEER_LIST, 'Peers asked for with CONNECT and FIND.'),
    PEER_DEFAULTS.peerCount,
  ),
  refreshInterval: v.optional(
    someSeconds(
      'Seconds between two requests of a LEECH for a fresh peer list, beside those it makes when it is short of neighbours. Left out: none.',
    ),
  ),
  maxLinks: v.optional(
    whole(
      0,
      1000,
      'Streaming links that a peer opens; it takes as many again from others. 0: nobody streams.',
    ),
    PEER_DEFAULTS.maxLinks,
  ),
  crash: v.optional(share('Part of the peers that vanish without LEAVE.'), PEER_DEFAULTS.crash),
  freeRiders: v.optional(share('Part of the peers that upload nothing.'), PEER_DEFAULTS.freeRiders),
  polluters: v.optional(
    share('Part of the peers that serve chunks which are not what they say: found out when they have come.'),
    PEER_DEFAULTS.polluters,
  ),
  incentive: v.optional(
    oneOf(
      ['none', 'tit-for-tat'],
      'Whom a peer serves: whoever asks, or first those that it gets most from, and one more by lot.',
    ),
    PEER_DEFAULTS.incentive,
  ),
  replace: v.optional(
    oneOf(
      ['silent', 'worst', 'random'],
      'Which link a peer gives up for a new one: only those that fell silent, or now and then the one it gets least from, or any.',
    ),
    PEER_DEFAULTS.replace,
  ),
  replaceEvery: v.optional(someSeconds('Seconds between two such replacements.'), PEER_DEFAULTS.replaceEvery),
});

const Zapping = v.strictObject({
  watch: v.pipe(
    Distribution,
    v.description('Seconds that a viewer stays with a live swarm before going to another.'),
  ),
  exponent: v.optional(
    number(
      0,
      10,
      'Zipf: the n-th live swarm, in the order of the scenario, is chosen in proportion to 1 / n^exponent.',
    ),
    1,
  ),
});

const Measure = v.strictObject({
  from: v.optional(
    seconds('The measured phase begins; before it is warm-up.'),
    SCENARIO_DEFAULTS.measure.from,
  ),
  until: v.exactOptional(
    seconds('The measured phase ends; after it is cool-down. Left out: the end of the run.'),
  ),
  every: v.optional(someSeconds('Seconds between two rows of series.csv.'), SCENARIO_DEFAULTS.measure.every),
  detail: v.optional(
    oneOf(
      ['protocol', 'full'],
      'What the log holds: all but the chunks, or those too; no measure depends on it.',
    ),
    SCENARIO_DEFAULTS.measure.detail,
  ),
});

export const ScenarioSchema = v.strictObject({
  $schema: v.exactOptional(v.pipe(v.string(), v.description('Where the schema is, for editors; ignored.'))),
  name: name('What the scenario is called.'),
  about: v.exactOptional(text('One sentence on what it shows.')),
  seed: v.optional(
    whole(0, Number.MAX_SAFE_INTEGER, 'Start of all random numbers: the same seed gives the same run.'),
    SCENARIO_DEFAULTS.seed,
  ),
  clock: v.optional(
    oneOf(
      ['virtual', 'real'],
      'virtual: as fast as the machine allows, the same each time, embedded tracker only. real: against any tracker.',
    ),
    SCENARIO_DEFAULTS.clock,
  ),
  duration: someSeconds(
    'Seconds that a run lasts; in the page a run on the real clock goes on until it is stopped.',
  ),
  edition: v.optional(
    oneOf(
      RUN_EDITIONS,
      'The edition of the protocol that all peers speak; mixed: each one of the four, by lot.',
    ),
    SCENARIO_DEFAULTS.edition,
  ),
  tracker: v.optional(v.pipe(Tracker, v.description('The tracker.')), {}),
  network: v.optional(v.pipe(Network, v.description('The network between peers and tracker.')), {}),
  nat: v.optional(v.pipe(Nat, v.description('The NATs that peers are behind.')), {}),
  lines: v.optional(
    v.pipe(
      v.array(Line),
      v.maxLength(MAX_LINES),
      v.description(
        'Classes of access lines; a peer that is no publisher has one of them, in place of the upload and download of its swarm.',
      ),
    ),
    [],
  ),
  peers: v.optional(v.pipe(Peers, v.description('What all peers have in common.')), {}),
  swarms: v.pipe(v.array(Swarm), v.minLength(1), v.maxLength(MAX_SWARMS), v.description('The swarms.')),
  zapping: v.exactOptional(
    v.pipe(Zapping, v.description('Viewers of live swarms go on from one to another; left out: they stay.')),
  ),
  faults: v.optional(
    v.pipe(
      v.array(Fault),
      v.maxLength(MAX_FAULTS),
      v.description('What goes wrong, and when; in any order.'),
    ),
    [],
  ),
  measure: v.optional(v.pipe(Measure, v.description('Which part of the run is measured, and how.')), {}),
});

type Fixed<Type> = Type extends object ? { readonly [Key in keyof Type]: Fixed<Type[Key]> } : Type;

/** A scenario with every default filled in. */
export type Scenario = Fixed<v.InferOutput<typeof ScenarioSchema>>;
/** As a file may have it. */
export type ScenarioInput = Fixed<v.InferInput<typeof ScenarioSchema>>;
export type SwarmSpec = Scenario['swarms'][number];
export type Distribution = Fixed<v.InferOutput<typeof Distribution>>;
export type Arrivals = SwarmSpec['arrivals'];
export type NetworkSpec = Scenario['network'];
export type NatSpec = Scenario['nat'];
export type NatClass = NatSpec['classes'][number];
export type FaultSpec = Scenario['faults'][number];
export type RunEdition = Scenario['edition'];
