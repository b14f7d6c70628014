/** Every measure of a run by its stable name: unit, meaning, source. Page, command line and docs list from here. */

interface Entry {
  /** Empty of a pure number. */
  readonly unit: string;
  readonly description: string;
  /** Where the measure is defined or comes from; left out where the description is the definition. */
  readonly source?: string;
}

/** `*` stands for a swarm's id, a method, an error or a behaviour. Without other word: over the measured window. */
const SINGLE = {
  'peers.arrived': { unit: 'peers', description: 'Arrivals in the whole run, initial population included.' },
  'peers.completed': { unit: 'peers', description: 'Peers that got every chunk, in the whole run.' },
  'peers.crashed': { unit: 'peers', description: 'Peers that vanished without a word, in the whole run.' },
  'peers.left': { unit: 'peers', description: 'Peers that left by LEAVE or DISCONNECT, in the whole run.' },
  'peers.gaveUp': { unit: 'peers', description: 'Peers that gave up on the tracker, in the whole run.' },
  'peers.switched': {
    unit: 'peers',
    description: 'Viewers that went on to another swarm, in the whole run.',
  },
  'swarms.*.meanLeeches': { unit: 'peers', description: 'Time-weighted mean of the LEECHes present.' },
  'swarms.*.meanSeeds': { unit: 'peers', description: 'Time-weighted mean of the SEEDs present.' },
  'swarms.*.meanPeers': { unit: 'peers', description: 'Time-weighted mean of the peers present.' },
  'swarms.*.meanRegisteredLeeches': {
    unit: 'peers',
    description:
      'Time-weighted mean of the LEECHes that the tracker holds, crashed ones until they expire included.',
  },
  'swarms.*.meanRegisteredSeeds': { unit: 'peers', description: 'The same for SEEDs (and live seeds).' },
  'swarms.*.arrivalRate': { unit: 'peers/s', description: 'Arrivals per second.' },
  'swarms.*.completionShare': {
    unit: '',
    description:
      'Of the LEECHes whose fate was settled in the window (completed or departed), the share that completed.',
  },
  'swarms.*.meanDownloadSeconds': {
    unit: 's',
    description:
      'Mean time from arrival to the last chunk, of the peers that completed in the window. Those that had not are not in it.',
  },
  'swarms.*.meanLeechSeconds': {
    unit: 's',
    description: 'Mean time spent as LEECH, of the LEECHes that completed or departed in the window.',
  },
  'swarms.*.littleRatio': {
    unit: '',
    description:
      "Mean LEECHes over (arrivals of LEECHes per second x mean time as LEECH): 1 by Little's law, once the run is steady.",
    source: 'Little, Operations Research 9 (1961)',
  },
  'swarms.*.effectiveness': {
    unit: '',
    description:
      'Bytes that LEECHes sent (not of chunks given up half-way) over what their uplinks could have carried: eta of the fluid model.',
    source: 'Qiu and Srikant, SIGCOMM 2004, §3',
  },
  'swarms.*.warmUpSeconds': {
    unit: 's',
    description:
      "Where the swarm's population (leeches and seeds, over the whole run) settles: a hint for `measure.from`. Absent: it does not.",
    source: 'MSER-5: White, Cobb and Spratt, WSC 2000',
  },
  'playback.bufferingRatio': {
    unit: '',
    description: 'Time stalled over time playing or stalled, of all viewers together.',
    source: 'Dobrian et al., SIGCOMM 2011',
  },
  'playback.stallsPerHour': {
    unit: '1/h',
    description: 'Stalls per hour of viewing (playing or stalled).',
    source: 'Dobrian et al., SIGCOMM 2011 (rate of buffering events)',
  },
  'playback.smoothShare': {
    unit: '',
    description: 'Share of the viewings without any stall (ended in the window, or under way at its end).',
  },
  'uploads.jain': {
    unit: '',
    description: "Jain's index of the mean upload rates of the peers that arrived as LEECH.",
    source: 'Jain, Chiu and Hawe, DEC TR-301, 1984',
  },
  'uploads.gini': {
    unit: '',
    description: 'Gini coefficient of the same rates.',
    source: 'Gini, 1912; Sen, On Economic Inequality, 1973',
  },
  'uploads.bytesPerSecond': {
    unit: 'bytes/s',
    description: 'Bytes that all peers sent, without those of chunks given up half-way.',
  },
  'uploads.pollutedShare': {
    unit: '',
    description: 'Share of the bytes that came in whole chunks that were polluted, and thrown away.',
  },
  'links.attemptsPerSecond': {
    unit: '1/s',
    description: 'Attempts to open a streaming link, by when they came to something or to nothing.',
  },
  'links.failedShare': { unit: '', description: 'Share of these attempts that came to nothing.' },
  'links.failures.*.share': {
    unit: '',
    description:
      'Share of the attempts that failed for one reason: nat (nothing gets through), dead (nobody there), silent (no answer in time: lost, or somebody who streams with nobody), refused (full, or not who was listed).',
  },
  'tracker.requestsPerSecond': { unit: '1/s', description: 'Requests that the tracker answered.' },
  'tracker.peakPerSecond': { unit: '1/s', description: 'The most requests answered in one whole second.' },
  'tracker.p95PerSecond': { unit: '1/s', description: '95th percentile over whole seconds.' },
  'tracker.bytesInPerSecond': { unit: 'bytes/s', description: 'Bodies of the requests that peers sent.' },
  'tracker.bytesOutPerSecond': { unit: 'bytes/s', description: 'Bodies of the answers.' },
  'tracker.errorShare': { unit: '', description: 'Share of the answers that are failures.' },
  'tracker.unansweredShare': {
    unit: '',
    description: 'Share of the requests sent that no answer came to in time.',
  },
  'tracker.retryShare': { unit: '', description: 'Share of the requests sent that are not the first try.' },
  'tracker.methods.*.perSecond': {
    unit: '1/s',
    description: 'Requests of the method that the tracker answered.',
  },
  'tracker.errors.*.perSecond': {
    unit: '1/s',
    description: 'Failures of the name that the tracker answered with.',
  },
  'peerLists.meanLength': { unit: 'peers', description: 'Peers per list handed out, empty lists left out.' },
  'peerLists.staleAtHandOut': {
    unit: '',
    description:
      'Share of the listed peers that were not there when the tracker listed them: gone, or invented by a flooding peer.',
  },
  'peerLists.staleAtUse': {
    unit: '',
    description: 'The same when the list reached the asker.',
  },
  'peerLists.goneSeconds': {
    unit: 's',
    description: 'How long those gone at hand-out had been gone, mean over listings.',
  },
  'inDegree.*.mean': { unit: 'listings', description: 'Mean number of lists that a registered peer was on.' },
  'inDegree.*.dispersion': {
    unit: '',
    description:
      'Mean of (in-degree - expected)^2 over the binomial variance: 1 of uniform random lists, more where some peers are preferred.',
    source: 'Index of dispersion: Cox and Lewis, 1966',
  },
  'inDegree.*.chiSquare': {
    unit: '',
    description: 'Goodness of fit of the in-degrees to the binomial, over cells of at least 5 expected.',
    source: 'Pearson, 1900; Cochran, Biometrics 10 (1954)',
  },
  'inDegree.*.degreesOfFreedom': { unit: '', description: 'Cells less one.' },
  'inDegree.*.pValue': {
    unit: '',
    description: 'Probability of such a chi-square or a greater one if lists are uniform random samples.',
  },
  'overlay.*.nodes': {
    unit: 'peers',
    description:
      'Peers present, with or without links. This and what follows: mean over ten moments of the window at which the swarm had links.',
  },
  'overlay.*.edges': { unit: 'links', description: 'Pairs of them with a link in either direction.' },
  'overlay.*.meanDegree': { unit: 'links', description: 'Mean degree.' },
  'overlay.*.maxDegree': { unit: 'links', description: 'Greatest degree.' },
  'overlay.*.density': { unit: '', description: 'Edges over possible edges.' },
  'overlay.*.clustering': {
    unit: '',
    description: 'Mean local clustering coefficient; 0 of peers with fewer than two links.',
    source: 'Watts and Strogatz, Nature 393 (1998)',
  },
  'overlay.*.transitivity': {
    unit: '',
    description: 'Three times the triangles over the connected triples.',
    source: 'Newman, SIAM Review 45 (2003), eq. 3.3',
  },
  'overlay.*.meanPathLength': {
    unit: 'hops',
    description: 'Mean length of the shortest paths from a random sample of peers to all that they reach.',
  },
  'overlay.*.components': { unit: '', description: 'Connected components, lone peers included.' },
  'overlay.*.giantShare': { unit: '', description: 'Share of the peers in the largest component.' },
  'overlay.*.assortativityByAsn': {
    unit: '',
    description: 'Nominal assortativity by autonomous system: 1 = links only within, 0 = as by chance.',
    source: 'Newman, Physical Review E 67 (2003) 026126, eq. 2',
  },
  'overlay.*.assortativityByMode': {
    unit: '',
    description: 'The same by mode, LEECH or SEED.',
    source: 'Newman, Physical Review E 67 (2003) 026126, eq. 2',
  },
  'overlay.*.robustnessRandom': {
    unit: '',
    description: 'Mean share of all peers in the largest component while peers are removed in random order.',
    source: 'Schneider et al., PNAS 108 (2011), eq. 1',
  },
  'overlay.*.robustnessByDegree': {
    unit: '',
    description: 'The same when those with most links go first (degrees of the whole overlay).',
    source: 'Albert, Jeong and Barabasi, Nature 406 (2000); Schneider et al., PNAS 108 (2011)',
  },
  'behaviours.*.meanDownloadSeconds': {
    unit: 's',
    description: 'Mean download time of the peers of one behaviour that completed in the window.',
  },
  'behaviours.*.meanUploadRate': {
    unit: 'bytes/s',
    description: 'Mean upload rate of the peers of one behaviour that arrived as LEECH.',
  },
  'behaviours.*.listShare': {
    unit: '',
    description:
      'Share of the places on lists handed out that peers of one behaviour had; invented: names that flooding peers made up.',
  },
  'behaviours.*.meanRegistered': {
    unit: 'peers',
    description: 'Time-weighted mean of the peers of one behaviour that the tracker holds, over all swarms.',
  },
} as const satisfies Readonly<Record<string, Entry>>;

export const STATISTICS = ['mean', 'p5', 'p50', 'p95', 'p99', 'max'] as const;
type Statistic = (typeof STATISTICS)[number];

const STATISTIC_WORDS: Readonly<Record<Statistic, string>> = {
  mean: 'mean',
  p5: '5th percentile',
  p50: 'median',
  p95: '95th percentile',
  p99: '99th percentile',
  max: 'greatest',
};

/** Quantities that are told by mean, percentiles and greatest. */
const SPREAD = {
  'downloads.seconds': {
    unit: 's',
    description: 'Time from arrival to the last chunk, of those that completed',
  },
  'startUp.seconds': { unit: 's', description: 'Time from arrival to the start of playback' },
  'playback.continuity': {
    unit: '',
    description: 'Share of a viewing that is not stalled (ended in the window, or under way at its end)',
  },
  'tracker.responseSeconds': {
    unit: 's',
    description:
      "Time from a request's leaving to its answer's coming, failures included (percentiles to 1 in 128)",
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type SpreadKey = keyof typeof SPREAD;
/** A measure's name, with `*` for what varies from scenario to scenario. */
export type MeasureKey = keyof typeof SINGLE | `${SpreadKey}.${Statistic}`;

export interface CatalogueEntry extends Entry {
  readonly name: MeasureKey;
}

/** All measures, in the order in which to list them. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...(Object.entries(SINGLE) as [keyof typeof SINGLE, Entry][]).map(([name, entry]) => ({ name, ...entry })),
  ...(Object.entries(SPREAD) as [SpreadKey, Entry][]).flatMap(([key, entry]) =>
    STATISTICS.map((statistic) => ({
      ...entry,
      name: `${key}.${statistic}` as const,
      description: `${entry.description}: ${STATISTIC_WORDS[statistic]}.`,
    })),
  ),
];

/** The entry of a measure by its full name (`swarms.film.meanSeeds`); `undefined` of a name that is none. */
export function catalogued(name: string): CatalogueEntry | undefined {
  return CATALOGUE.find(({ name: key }) => {
    const [before, after] = key.split('*');
    if (before === undefined || after === undefined) return key === name;
    return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
  });
}
