/** What goes wrong, and when: the faults a scenario may have on its timeline. */
import * as v from 'valibot';
import { MAX_PEERS } from './arrivals.ts';
import { Distribution } from './distribution.ts';
import { kind, name, number, oneOf, seconds, share, someSeconds, whole, yes } from './fields.ts';

const at = seconds('When it begins.');
const lasting = someSeconds('For how long.');
const asns = v.pipe(
  v.array(whole(1, 4_294_967_295, 'Number of an autonomous system of network.systems.')),
  v.minLength(1),
  v.maxLength(256),
  v.description('The systems that are cut off from all others.'),
);

/** What hostile peers do to the tracker. */
export const HOSTILITIES = [
  'malformed',
  'wrong-version',
  'unknown-swarm',
  'replayed-transaction',
  'flooding',
] as const;

export const Fault = v.variant('kind', [
  v.strictObject({
    kind: kind('tracker-down', 'The tracker answers nobody. What it knew before it still knows after.'),
    at,
    for: lasting,
  }),
  v.strictObject({
    kind: kind('tracker-restart', 'The tracker ends, and starts again after a while.'),
    at,
    for: lasting,
    keepsState: v.optional(yes('Whether it still knows its peers afterwards.'), false),
  }),
  v.strictObject({
    kind: kind('tracker-slow', 'Each request takes the tracker longer.'),
    at,
    for: lasting,
    delay: v.pipe(Distribution, v.description('Seconds added to the service time of each request.')),
  }),
  v.strictObject({
    kind: kind('tracker-errors', 'The tracker refuses requests for no fault of the peers.'),
    at,
    for: lasting,
    share: v.optional(share('Part of the requests that are refused.'), 1),
    error: v.optional(oneOf(['internal', 'overloaded'], 'What it answers: 500 or 503.'), 'internal'),
  }),
  v.strictObject({
    kind: kind('mass-departure', 'Many peers leave at the same moment. Publishers stay.'),
    at,
    share: share('Part of the peers that leave, each by lot.'),
    swarm: v.exactOptional(name('Of this swarm only.')),
    crash: v.optional(yes('Whether they vanish without LEAVE.'), false),
  }),
  v.strictObject({
    kind: kind(
      'worker-killed',
      'The machine that every so-many-th peer lives on dies: these vanish without LEAVE, publishers too. The same peers, whatever the run is computed on.',
    ),
    at,
    of: v.optional(whole(1, 1024, 'How many machines the peers are spread over, evenly.'), 4),
    which: v.optional(whole(0, 1023, 'Which of them dies, from 0.'), 0),
  }),
  v.strictObject({
    kind: kind('hostile', 'Peers that come to do the tracker harm.'),
    at,
    for: lasting,
    behaviour: oneOf(HOSTILITIES, 'What they send.'),
    peers: whole(1, MAX_PEERS, 'How many they are.'),
    rate: v.optional(number(0.001, 10_000, 'Requests per second of each.'), 1),
  }),
  v.strictObject({
    kind: kind(
      'sybil',
      'One party registers many identities as SEEDs of a swarm, and none of them serves anybody.',
    ),
    at,
    for: lasting,
    swarm: name('The swarm they join.'),
    peers: whole(1, MAX_PEERS, 'How many identities.'),
  }),
  v.strictObject({
    kind: kind('loss-burst', 'The network loses more for a while.'),
    at,
    for: lasting,
    loss: share('Part of all messages that never arrive meanwhile, in place of network.loss.'),
  }),
  v.strictObject({
    kind: kind(
      'partition',
      'Some systems are cut off: nothing passes between them and the rest, the tracker included.',
    ),
    at,
    for: lasting,
    asns,
  }),
]);
