import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkScenario, readScenario, type ReadScenario } from './read.ts';

/** The example of the scenario file's contract. */
const CONTRACT = `{ "name": "flash crowd", "seed": 42, "clock": "virtual", "duration": 600, "edition": "rfc7846",
  "tracker": { "url": "embedded", "trackTimer": 90, "policy": "random" },
  "network": { "latency": { "distribution": "lognormal", "median": 0.04, "sigma": 0.5 }, "loss": 0 },
  "peers": { "reportInterval": 30, "peerCount": 20, "maxLinks": 8, "crash": 0.1 },
  "swarms": [ { "id": "film", "kind": "vod", "chunks": 256, "chunkBytes": 65536, "seeds": 2,
      "arrivals": { "process": "poisson", "rate": 0.5 },
      "patience": { "distribution": "never" },
      "seedTime": { "distribution": "exponential", "mean": 300 },
      "upload": { "distribution": "constant", "value": 125000 }, "download": { "distribution": "constant", "value": 500000 } } ],
  "faults": [ { "at": 200, "for": 30, "kind": "tracker-down" } ],
  "measure": { "from": 100, "every": 1 } }`;

const problemsOf = (result: ReadScenario) => (result.ok ? [] : result.problems);

const SWARM = {
  id: 'film',
  kind: 'vod',
  chunks: 8,
  chunkBytes: 1000,
  arrivals: { process: 'poisson', rate: 1 },
};
const LIVE = { ...SWARM, id: 'news', kind: 'live', chunkSeconds: 1 };
const LEAST = { name: 'least', duration: 60, swarms: [SWARM] };

test('the example of the contract is a scenario, and says what it says', () => {
  expect(readScenario(CONTRACT)).toMatchObject({ ok: true, scenario: JSON.parse(CONTRACT) as object });
});

test('what is left out has its default', () => {
  expect(checkScenario(LEAST)).toMatchObject({
    ok: true,
    scenario: {
      seed: 1,
      clock: 'virtual',
      edition: 'rfc7846',
      tracker: { url: 'embedded', trackTimer: 90 },
      network: { loss: 0, systems: [] },
      peers: { reportInterval: 30, crash: 0 },
      swarms: [{ seeds: 1, population: { leeches: 0, seeds: 0 }, patience: { distribution: 'never' } }],
      faults: [],
      measure: { from: 0, every: 1 },
    },
  });
});

describe('a problem says where, what, and what to do', () => {
  test('a misspelt field, with the one that was meant', () => {
    const text = CONTRACT.replace('"chunkBytes"', '"chunk_bytes"');
    expect(problemsOf(readScenario(text))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path: '$.swarms[0].chunk_bytes',
          line: 5,
          column: 61,
          problem: 'There is no such field here.',
          remedy: 'Did you mean chunkBytes?',
        }),
        // What it stands in for is missing: pointed out at the swarm.
        expect.objectContaining({
          path: '$.swarms[0].chunkBytes',
          line: 5,
          problem: 'This field is missing.',
        }),
      ]),
    );
  });

  test.each<[string, object, string, string, RegExp]>([
    [
      'an unknown word',
      { clock: 'virtaul' },
      '$.clock',
      'This word is not known here.',
      /^Did you mean virtual\?$/,
    ],
    [
      'an unknown word like no other',
      { clock: 'sundial' },
      '$.clock',
      'This word is not known here.',
      /^Known here: virtual, real\.$/,
    ],
    [
      'an unknown kind',
      { faults: [{ kind: 'tracker-don', at: 1, for: 1 }] },
      '$.faults[0].kind',
      'This word is not known here.',
      /^Did you mean tracker-down\?$/,
    ],
    [
      'no kind',
      { faults: [{ at: 1, for: 1 }] },
      '$.faults[0].kind',
      'This field is missing.',
      /^One of: tracker-down, /,
    ],
    [
      'a field of another kind',
      { faults: [{ kind: 'tracker-down', at: 1, for: 1, share: 1 }] },
      '$.faults[0].share',
      'There is no such field here.',
      /^Known here: kind, at, for\.$/,
    ],
    [
      'a number in quotes',
      { duration: '60' },
      '$.duration',
      'This is no number.',
      /^Write a number, without quotes\. Seconds that a run lasts/,
    ],
    [
      'a list for an object',
      { tracker: 5 },
      '$.tracker',
      'This is no object.',
      /^Write its fields in braces\./,
    ],
    [
      'too much',
      { peers: { crash: 2 } },
      '$.peers.crash',
      'This is too large.',
      /^At most 1\. Part of the peers/,
    ],
    ['too little', { duration: 0 }, '$.duration', 'This is too small.', /^At least 0\.000001\./],
    ['a broken number', { seed: 1.5 }, '$.seed', 'This is not a whole number.', /^Round it\./],
    ['no swarm', { swarms: [] }, '$.swarms', 'This is too short.', /^At least 1\./],
    [
      'a URL on the virtual clock',
      { tracker: { url: 'http://127.0.0.1/' } },
      '$.tracker.url',
      'The virtual clock runs with the embedded tracker only.',
      /clock to real/,
    ],
    [
      'a fault too late',
      { faults: [{ kind: 'tracker-down', at: 60, for: 1 }] },
      '$.faults[0].at',
      'The run is over by then.',
      /Before 60/,
    ],
    [
      'a fault of no swarm',
      { faults: [{ kind: 'sybil', at: 6, for: 1, swarm: 'x', peers: 1 }] },
      '$.faults[0].swarm',
      'There is no such swarm.',
      /id/,
    ],
    [
      'a cut through no system',
      { faults: [{ kind: 'partition', at: 6, for: 1, asns: [7] }] },
      '$.faults[0].asns[0]',
      'There is no such system.',
      /systems/,
    ],
    [
      'a machine beyond all',
      { faults: [{ kind: 'worker-killed', at: 6, of: 2, which: 2 }] },
      '$.faults[0].which',
      'There is no such machine.',
      /Below 2/,
    ],
    [
      'live without chunkSeconds',
      { swarms: [{ ...SWARM, kind: 'live' }] },
      '$.swarms[0].chunkSeconds',
      'A live swarm needs to know how much stream is in a chunk.',
      /Add/,
    ],
    [
      'chunkSeconds of a film',
      { swarms: [{ ...SWARM, chunkSeconds: 1 }] },
      '$.swarms[0].chunkSeconds',
      'Only a live swarm has chunkSeconds.',
      /bitrate/,
    ],
    [
      'a film played at no rate',
      { swarms: [{ ...SWARM, playback: {} }] },
      '$.swarms[0].playback.bitrate',
      'A film that is played needs a bitrate.',
      /Add/,
    ],
    [
      'a bitrate of its own, live',
      { swarms: [{ ...LIVE, playback: { bitrate: 5 } }] },
      '$.swarms[0].playback.bitrate',
      'The bitrate of a live swarm follows from its chunks.',
      /Leave/,
    ],
    [
      'a start that waits for more than there is',
      { swarms: [{ ...LIVE, playback: { startUp: 9 } }] },
      '$.swarms[0].playback.startUp',
      'The window holds less stream than playing waits for.',
      /Lower/,
    ],
    [
      'two of one name',
      { swarms: [SWARM, SWARM] },
      '$.swarms[1].id',
      'Another one before it is called the same.',
      /own/,
    ],
    [
      'times out of order',
      { swarms: [{ ...SWARM, arrivals: { process: 'trace', times: [1, 3, 2] } }] },
      '$.swarms[0].arrivals.times[2]',
      'This time is before the one that stands before it.',
      /Sort/,
    ],
    [
      'a day without hours',
      {
        swarms: [
          { ...SWARM, arrivals: { process: 'diurnal', rate: 1, hours: Array.from({ length: 24 }, () => 0) } },
        ],
      },
      '$.swarms[0].arrivals.hours',
      'No hour has any weight.',
      /above 0/,
    ],
    [
      'a range turned round',
      { swarms: [{ ...SWARM, upload: { distribution: 'uniform', min: 2, max: 1 } }] },
      '$.swarms[0].upload.min',
      'The least value is above the greatest.',
      /Swap/,
    ],
    [
      'a line that never carries',
      { swarms: [{ ...SWARM, upload: { distribution: 'never' } }] },
      '$.swarms[0].upload.distribution',
      'This has to be some amount.',
      /patience/,
    ],
    [
      'classes without a part',
      { nat: { classes: [{ name: 'a', share: 0, mapping: 'none', filtering: 'endpoint-independent' }] } },
      '$.nat.classes',
      'None of them has any part.',
      /above 0/,
    ],
    [
      'delays of another shape',
      { network: { systems: [{ asn: 1, share: 1 }], delays: [] } },
      '$.network.delays',
      'This is not one row and one column for each system.',
      /1 rows of 1/,
    ],
    [
      'a tracker nowhere',
      { network: { trackerAsn: 3 } },
      '$.network.trackerAsn',
      'There is no such system.',
      /systems/,
    ],
    [
      'zapping with one channel',
      { swarms: [LIVE], zapping: { watch: { distribution: 'exponential', mean: 60 } } },
      '$.zapping',
      'There are not two live swarms to switch between.',
      /Add/,
    ],
    [
      'measuring after the end',
      { measure: { from: 60 } },
      '$.measure.from',
      'The run is over by then.',
      /Before 60/,
    ],
    [
      'measuring backwards',
      { measure: { from: 30, until: 20 } },
      '$.measure.until',
      'The measured phase ends before it begins.',
      /After 30/,
    ],
    [
      'measuring beyond the end',
      { measure: { until: 70 } },
      '$.measure.until',
      'The run is over by then.',
      /At most 60/,
    ],
    [
      'a crowd at time 0',
      { swarms: [{ ...SWARM, seeds: 9_000_000, population: { leeches: 2_000_000 } }] },
      '$.swarms',
      'These are too many peers at time 0.',
      /At most/,
    ],
  ])('%s', (_, change, path, problem, remedy) => {
    const [first, ...others] = problemsOf(readScenario(JSON.stringify({ ...LEAST, ...change }, null, 1)));
    expect(first).toMatchObject({ path, problem, remedy: expect.stringMatching(remedy) as string });
    expect(first?.line).toBeGreaterThan(1);
    expect(others).toEqual([]);
  });

  test('many problems are listed up to a bound, and counted', () => {
    const wrong = { ...LEAST, swarms: Array.from({ length: 500 }, () => ({ ...SWARM, chunks: 0 })) };
    const result = readScenario(JSON.stringify(wrong));
    expect(problemsOf(result)).toHaveLength(50);
    expect(result).toMatchObject({ ok: false, more: 450 });
  });
});

describe('text that is no JSON', () => {
  test.each([
    ['{ "name": "a", }', 1, 16, 'Nothing follows the comma.'],
    ["{\n  'name': 1 }", 2, 3, 'This is no name of a field.'],
    ['{ "name": \'a\' }', 1, 11, 'This is no JSON value.'],
    ['{ "name" "a" }', 1, 10, 'A colon is missing.'],
    ['{ "name": "a"\n  "seed": 1 }', 2, 3, 'Something is missing here.'],
    ['{ "seed": 01 }', 1, 11, 'This is no JSON value.'],
    ['{ "seed": 1e999x }', 1, 11, 'This is no JSON value.'],
    ['{} {}', 1, 4, 'Something follows the end.'],
    ['', 1, 1, 'This is no JSON value.'],
    ['['.repeat(100_000), 1, 34, 'Nested too deeply.'],
    ['{ "name": "a", "name": "b" }', 1, 16, 'This field is here twice.'],
    [`"${'\\'.repeat(100_001)}`, 1, 1, 'This is no JSON value.'],
  ])('%.40s', (text, line, column, problem) => {
    expect(readScenario(text)).toMatchObject({ ok: false, problems: [{ line, column, problem }] });
  });

  test('what is judged to be JSON is what JSON.parse reads', () => {
    const judged = (text: string): boolean =>
      !problemsOf(readScenario(text)).some(({ problem }) => SYNTAX.has(problem));
    const SYNTAX = new Set([
      'Something follows the end.',
      'This is no JSON value.',
      'Something is missing here.',
      'Nothing follows the comma.',
      'This is no name of a field.',
      'A colon is missing.',
    ]);
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '0', 'e', ' ', '\\', 't'),
        (json, at, put) => {
          const place = at % (json.length + 1);
          for (const text of [
            json,
            json.slice(0, place) + put + json.slice(place),
            json.slice(0, place) + json.slice(place + 1),
          ])
            expect([text, judged(text)]).toEqual([text, parses(text)]);
        },
      ),
    );
  });
});

test('whatever comes in, a result comes out', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(checkScenario(value).ok).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.object(), (more) => {
      expect(typeof checkScenario({ ...LEAST, ...more }).ok).toBe('boolean');
      expect(typeof checkScenario({ ...LEAST, swarms: [{ ...SWARM, ...more }] }).ok).toBe('boolean');
    }),
  );
});

describe('numbers in a file', () => {
  const files: Readonly<Record<string, string>> = {
    'sessions.txt': '# minutes\n1.5, 2\n3;4\n',
    'times.csv': '0\n1\n1\n2.5\n',
    words: '1\ntwo\n',
    empty: '# nothing\n',
  };
  const reading = (patience: string, times: string) =>
    readScenario(
      JSON.stringify({
        ...LEAST,
        swarms: [
          {
            ...SWARM,
            patience: { distribution: 'empirical', values: patience },
            arrivals: { process: 'trace', times },
          },
        ],
      }),
      (name) => files[name],
    );

  test('take the place of its name', () => {
    expect(reading('sessions.txt', 'times.csv')).toMatchObject({
      ok: true,
      scenario: { swarms: [{ patience: { values: [1.5, 2, 3, 4] }, arrivals: { times: [0, 1, 1, 2.5] } }] },
    });
  });

  test.each([
    ['missing', 'There is no such file.'],
    ['words', 'Line 2 of this file has something that is no number from 0.'],
    ['empty', 'This file has no numbers.'],
  ])('%s', (file, problem) => {
    expect(problemsOf(reading(file, 'times.csv'))).toMatchObject([
      { path: '$.swarms[0].patience.values', problem },
    ]);
  });
});
