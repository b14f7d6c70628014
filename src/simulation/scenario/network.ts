/** The network between the peers, and what stands before them: as a scenario names it. The models: `models/{network,nat,lines}.ts`. */
import * as v from 'valibot';
import { Distribution } from './distribution.ts';
import { name, number, oneOf, share, weight, whole } from './fields.ts';
import { NETWORK_DEFAULTS } from './defaults.ts';

/** Delays are kept for every pair of them. */
const MAX_SYSTEMS = 256;
const MAX_CLASSES = 32;

/** RFC 4787 §4.1, §5; `none`: addresses are not translated, `everything`: a firewall that lets nothing in. */
export const NAT_MAPPINGS = [
  'none',
  'endpoint-independent',
  'address-dependent',
  'address-and-port-dependent',
] as const;
export const NAT_FILTERINGS = [
  'endpoint-independent',
  'address-dependent',
  'address-and-port-dependent',
] as const;
/** What peers do about NATs. */
export const TRAVERSALS = ['none', 'hole-punching'] as const;

const System = v.strictObject({
  asn: whole(1, 4_294_967_295, 'Number of the autonomous system; unique.'),
  name: v.exactOptional(name('What people call it.')),
  share: weight('Its part of the peers, against the other systems.'),
  x: v.optional(number(-10_000, 10_000, 'Place in the plane of delays, in milliseconds.'), 0),
  y: v.optional(number(-10_000, 10_000, 'Place in the plane of delays, in milliseconds.'), 0),
});

export const Network = v.strictObject({
  latency: v.optional(
    v.pipe(
      Distribution,
      v.description(
        'One-way delay between two peers, in seconds: drawn once for each pair. With systems: what the access lines add to the way between the systems. Never below 0.001.',
      ),
    ),
    NETWORK_DEFAULTS.latency,
  ),
  jitter: v.optional(
    v.pipe(Distribution, v.description('Seconds added to each message on its own.')),
    NETWORK_DEFAULTS.jitter,
  ),
  systems: v.optional(
    v.pipe(
      v.array(System),
      v.maxLength(MAX_SYSTEMS),
      v.description('Autonomous systems the peers are in; none: the network has no places.'),
    ),
    [],
  ),
  delays: v.exactOptional(
    v.pipe(
      v.array(v.pipe(v.array(number(0, 60, 'Seconds.')), v.maxLength(MAX_SYSTEMS))),
      v.maxLength(MAX_SYSTEMS),
      v.description(
        'One-way delay in seconds from each system (row) to each (column), in the order of systems: in place of their distance.',
      ),
    ),
  ),
  trackerAsn: v.exactOptional(
    whole(1, 4_294_967_295, 'The system that the tracker is in; left out: the first.'),
  ),
  loss: v.optional(share('Part of all messages that never arrive.'), NETWORK_DEFAULTS.loss),
  duplication: v.optional(share('Part of all messages that arrive twice.'), NETWORK_DEFAULTS.duplication),
  reordering: v.optional(
    share('Part of all messages that are held up, so that later ones overtake them.'),
    NETWORK_DEFAULTS.reordering,
  ),
  holdUp: v.optional(
    v.pipe(Distribution, v.description('For how many seconds a message of those is held up.')),
    NETWORK_DEFAULTS.holdUp,
  ),
});

const NatClass = v.strictObject({
  name: name('What the log calls peers behind such a NAT.'),
  share: weight('Its part of the peers, against the other classes.'),
  mapping: oneOf(
    NAT_MAPPINGS,
    'RFC 4787 §4.1: whether the public port depends on whom the peer talks to; none: no translation.',
  ),
  filtering: oneOf(NAT_FILTERINGS, 'RFC 4787 §5: from whom packets are let in.'),
});

export const Nat = v.strictObject({
  classes: v.optional(
    v.pipe(
      v.array(NatClass),
      v.maxLength(MAX_CLASSES),
      v.description(
        'Kinds of NAT that peers are behind; none: all peers are on the open network. Publishers always are.',
      ),
    ),
    [],
  ),
  traversal: v.optional(
    oneOf(
      TRAVERSALS,
      'What peers do about it: nothing, or both send to what the tracker told them of each other.',
    ),
    'hole-punching',
  ),
});

export const Line = v.strictObject({
  name: name('What people call such a line.'),
  share: weight('Its part of the peers, against the other lines.'),
  upload: v.pipe(Distribution, v.description('Bytes/s up.')),
  download: v.pipe(Distribution, v.description('Bytes/s down.')),
});
export const MAX_LINES = MAX_CLASSES;
