/** What a scenario's fields demand of each other. */
import type { JsonPath } from './json-text.ts';
import type { Finding } from './problem.ts';
import type { Distribution, Scenario, SwarmSpec } from './schema.ts';

/** Times that may never come; anything else has to be some amount. */
const MAY_NEVER_COME = new Set<string | number | undefined>(['patience', 'seedTime', 'watch']);
/** Peers that a run may have at time 0 all together. */
const MAX_INITIAL = 10_000_000;

type Found = Generator<Finding>;

export function* checks(scenario: Scenario): Found {
  const { clock, tracker, swarms, duration } = scenario;
  if (clock === 'virtual' && tracker.url !== 'embedded')
    yield {
      path: ['tracker', 'url'],
      problem: 'The virtual clock runs with the embedded tracker only.',
      remedy: 'Leave url out, or set clock to real.',
    };
  yield* distributions(scenario, []);
  yield* unique(swarms, 'id', ['swarms']);
  yield* unique(scenario.lines, 'name', ['lines']);
  yield* unique(scenario.nat.classes, 'name', ['nat', 'classes']);
  yield* weights(scenario.lines, ['lines']);
  yield* weights(scenario.nat.classes, ['nat', 'classes']);
  for (const [index, swarm] of swarms.entries()) yield* swarmChecks(swarm, ['swarms', index]);
  let initial = 0;
  for (const { seeds, population } of swarms) initial += seeds + population.leeches + population.seeds;
  if (initial > MAX_INITIAL)
    yield {
      path: ['swarms'],
      problem: 'These are too many peers at time 0.',
      remedy: `At most ${MAX_INITIAL} over all swarms.`,
    };
  yield* network(scenario);
  yield* faults(scenario);
  yield* measure(scenario, duration);
  const live = swarms.filter(({ kind }) => kind === 'live').length;
  if (scenario.zapping !== undefined && live < 2)
    yield {
      path: ['zapping'],
      problem: 'There are not two live swarms to switch between.',
      remedy: 'Add live swarms, or leave zapping out.',
    };
}

function* swarmChecks(swarm: SwarmSpec, path: JsonPath): Found {
  const { kind, chunkSeconds, playback, arrivals } = swarm;
  if (kind === 'live' && chunkSeconds === undefined)
    yield {
      path: [...path, 'chunkSeconds'],
      problem: 'A live swarm needs to know how much stream is in a chunk.',
      remedy: 'Add chunkSeconds, such as 1.',
    };
  if (kind === 'vod' && chunkSeconds !== undefined)
    yield {
      path: [...path, 'chunkSeconds'],
      problem: 'Only a live swarm has chunkSeconds.',
      remedy: 'Leave it out, or set kind to live; how fast a film plays is playback.bitrate.',
    };
  if (kind === 'vod' && playback !== undefined && !(playback.bitrate !== undefined && playback.bitrate > 0))
    yield {
      path: [...path, 'playback', 'bitrate'],
      problem: 'A film that is played needs a bitrate.',
      remedy: 'Add bitrate, in bytes per second of playing.',
    };
  if (kind === 'live' && playback?.bitrate !== undefined)
    yield {
      path: [...path, 'playback', 'bitrate'],
      problem: 'The bitrate of a live swarm follows from its chunks.',
      remedy: 'Leave it out: it is chunkBytes / chunkSeconds.',
    };
  if (
    kind === 'live' &&
    playback !== undefined &&
    playback.startUp > swarm.chunks * (chunkSeconds ?? Infinity)
  )
    yield {
      path: [...path, 'playback', 'startUp'],
      problem: 'The window holds less stream than playing waits for.',
      remedy: 'Lower startUp, or raise chunks.',
    };
  if (arrivals.process === 'trace') {
    const late = arrivals.times.findIndex((time, i) => time < (arrivals.times[i - 1] ?? 0));
    if (late >= 0)
      yield {
        path: [...path, 'arrivals', 'times', late],
        problem: 'This time is before the one that stands before it.',
        remedy: 'Sort the times.',
      };
  }
  if (arrivals.process === 'diurnal' && arrivals.hours?.every((hour) => hour === 0) === true)
    yield {
      path: [...path, 'arrivals', 'hours'],
      problem: 'No hour has any weight.',
      remedy: 'Give at least one hour a weight above 0.',
    };
}

/** Goes through everything, for distributions stand in many places. */
function* distributions(value: unknown, path: JsonPath): Found {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && 'distribution' in value) {
    const from = value as Distribution;
    if (from.distribution === 'uniform' && from.min > from.max)
      yield {
        path: [...path, 'min'],
        problem: 'The least value is above the greatest.',
        remedy: 'Swap min and max.',
      };
    if (from.distribution === 'never' && !MAY_NEVER_COME.has(path.at(-1)))
      yield {
        path: [...path, 'distribution'],
        problem: 'This has to be some amount.',
        remedy: 'Choose another distribution: never is for patience, seedTime and watch.',
      };
    return;
  }
  if (Array.isArray(value) && typeof value[0] !== 'object') return;
  for (const [key, inner] of Object.entries(value))
    yield* distributions(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

function* unique<Key extends string>(
  all: readonly Readonly<Record<Key, string | number>>[],
  key: Key,
  path: JsonPath,
): Found {
  const seen = new Set<string | number>();
  for (const [index, one] of all.entries()) {
    if (seen.has(one[key]))
      yield {
        path: [...path, index, key],
        problem: 'Another one before it is called the same.',
        remedy: 'Give each its own.',
      };
    seen.add(one[key]);
  }
}

function* weights(all: readonly { readonly share: number }[], path: JsonPath): Found {
  if (all.length > 0 && all.every(({ share }) => share === 0))
    yield { path, problem: 'None of them has any part.', remedy: 'Give at least one a share above 0.' };
}

function* network({ network: { systems, delays, trackerAsn } }: Scenario): Found {
  yield* unique(systems, 'asn', ['network', 'systems']);
  yield* weights(systems, ['network', 'systems']);
  if (
    delays !== undefined &&
    (delays.length !== systems.length || delays.some((row) => row.length !== systems.length))
  )
    yield {
      path: ['network', 'delays'],
      problem: 'This is not one row and one column for each system.',
      remedy: `Write ${systems.length} rows of ${systems.length}.`,
    };
  if (trackerAsn !== undefined && !systems.some(({ asn }) => asn === trackerAsn))
    yield {
      path: ['network', 'trackerAsn'],
      problem: 'There is no such system.',
      remedy: 'Name one of network.systems.',
    };
}

function* faults({ faults, swarms, network, duration }: Scenario): Found {
  for (const [index, fault] of faults.entries()) {
    const path = ['faults', index];
    if (fault.at >= duration)
      yield {
        path: [...path, 'at'],
        problem: 'The run is over by then.',
        remedy: `Before ${duration}, or a longer duration.`,
      };
    if ('swarm' in fault && fault.swarm !== undefined && !swarms.some(({ id }) => id === fault.swarm))
      yield {
        path: [...path, 'swarm'],
        problem: 'There is no such swarm.',
        remedy: 'Name the id of one of swarms.',
      };
    if (fault.kind === 'partition')
      for (const [place, asn] of fault.asns.entries())
        if (!network.systems.some((system) => system.asn === asn))
          yield {
            path: [...path, 'asns', place],
            problem: 'There is no such system.',
            remedy: 'Name one of network.systems.',
          };
    if (fault.kind === 'worker-killed' && fault.which >= fault.of)
      yield {
        path: [...path, 'which'],
        problem: 'There is no such machine.',
        remedy: `Below ${fault.of}: they count from 0.`,
      };
  }
}

function* measure({ measure: { from, until } }: Scenario, duration: number): Found {
  if (from >= duration)
    yield {
      path: ['measure', 'from'],
      problem: 'The run is over by then.',
      remedy: `Before ${duration}, or a longer duration.`,
    };
  if (until !== undefined && until <= from)
    yield {
      path: ['measure', 'until'],
      problem: 'The measured phase ends before it begins.',
      remedy: `After ${from}.`,
    };
  if (until !== undefined && until > duration)
    yield {
      path: ['measure', 'until'],
      problem: 'The run is over by then.',
      remedy: `At most ${duration}; left out, it is the end of the run.`,
    };
}
