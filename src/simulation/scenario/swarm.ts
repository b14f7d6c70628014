/** One swarm of a scenario: what it carries, who comes, how long they stay. */
import * as v from 'valibot';
import { Arrivals, MAX_PEERS } from './arrivals.ts';
import { SWARM_DEFAULTS } from './defaults.ts';
import { Distribution } from './distribution.ts';
import { byteRate, chunkSize, name, oneOf, seconds, share, someSeconds, text, whole } from './fields.ts';

/** A peer keeps one bit for each. */
const MAX_CHUNKS = 100_000;

/** In which order a peer asks for chunks. `window`: what is played next in order, what comes later rarest first. */
export const CHUNK_SELECTIONS = ['rarest-first', 'in-order', 'random', 'window'] as const;

const stay = (about: string) => v.pipe(Distribution, v.description(about));

export const Swarm = v.strictObject({
  id: name('Swarm ID, as it goes over the wire; unique.'),
  about: v.optional(text('One sentence on its temper.'), SWARM_DEFAULTS.about),
  kind: oneOf(
    ['vod', 'live'],
    'vod: a fixed number of chunks, a LEECH that has all becomes SEED. live: a window that moves with time.',
  ),
  chunks: whole(1, MAX_CHUNKS, 'Chunks in all (vod), or in the window (live).'),
  chunkBytes: chunkSize('Bytes of one chunk.'),
  chunkSeconds: v.exactOptional(someSeconds('live: seconds of stream in one chunk.')),
  playback: v.exactOptional(
    v.pipe(
      v.strictObject({
        bitrate: v.exactOptional(
          byteRate('vod: bytes of the film per second of playing. live: follows from the chunks.'),
        ),
        startUp: v.optional(
          seconds('Seconds of stream in hand before playing begins, and begins again after a stall.'),
          5,
        ),
      }),
      v.description('Peers play what they download; left out: they only download.'),
    ),
  ),
  selection: v.optional(
    oneOf(CHUNK_SELECTIONS, 'In which order peers ask for chunks.'),
    SWARM_DEFAULTS.selection,
  ),
  window: v.optional(
    whole(1, MAX_CHUNKS, 'selection window: so many chunks from where the player is are asked for in order.'),
    SWARM_DEFAULTS.window,
  ),
  seeds: v.optional(
    whole(0, MAX_PEERS, 'Publishers: SEEDs from time 0 that stay to the end.'),
    SWARM_DEFAULTS.seeds,
  ),
  population: v.optional(
    v.pipe(
      v.strictObject({
        leeches: v.optional(
          whole(0, MAX_PEERS, 'LEECHes that are there at time 0, at random points of their stay.'),
          0,
        ),
        seeds: v.optional(whole(0, MAX_PEERS, 'SEEDs that are there at time 0 besides the publishers.'), 0),
      }),
      v.description('Who is there at time 0 besides the publishers.'),
    ),
    {},
  ),
  arrivals: Arrivals,
  patience: v.optional(
    stay('How long a LEECH stays before it gives up, in seconds.'),
    SWARM_DEFAULTS.patience,
  ),
  seedTime: v.optional(stay('How long a peer stays once it is SEED, in seconds.'), SWARM_DEFAULTS.seedTime),
  return: v.optional(
    v.pipe(
      v.strictObject({
        share: v.optional(
          share('Part of those who leave that come back, each time.'),
          SWARM_DEFAULTS.return.share,
        ),
        after: v.optional(
          stay('How many seconds later. They come back with what they had.'),
          SWARM_DEFAULTS.return.after,
        ),
      }),
      v.description('Who comes back later.'),
    ),
    {},
  ),
  upload: v.optional(stay('Bytes/s up, of peers where the scenario has no lines.'), SWARM_DEFAULTS.upload),
  publisherUpload: v.exactOptional(stay('Bytes/s up of the publishers; left out: as upload says.')),
  download: v.optional(
    stay('Bytes/s down, of peers where the scenario has no lines.'),
    SWARM_DEFAULTS.download,
  ),
});
