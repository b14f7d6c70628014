import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RUN_EDITIONS } from '../workers/client.ts';
import {
  addressOf,
  draftOf,
  eventSources,
  NUMBER_FIELDS,
  readDraft,
  settingsFromAddress,
  trackerUrlProblem,
} from './settings.ts';
import type { Settings } from './state.ts';

const PAGE = 'http://127.0.0.1:7846/?peers=12';
const DEFAULTS: Settings = {
  edition: 'rfc7846',
  trackerUrl: 'http://127.0.0.1:7846/',
  via: 'direct',
  events: '',
  peers: 292,
  arrivalsPerMinute: 171,
  leaveFactor: 1,
  reportInterval: 15,
  seed: 42,
};

test('a draft of settings reads back as the same settings', () => {
  const number = (key: (typeof NUMBER_FIELDS)[number]['key']) => {
    const field = NUMBER_FIELDS.find((one) => one.key === key);
    const { min = 0, max = 0, whole = true } = field ?? {};
    return whole
      ? fc.integer({ min, max })
      : fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);
  };
  fc.assert(
    fc.property(
      fc.record({
        edition: fc.constantFrom(...RUN_EDITIONS),
        trackerUrl: fc.webUrl().map((url) => new URL(url).href),
        via: fc.constantFrom('direct' as const, 'relay' as const),
        events: fc.oneof(
          fc.constant(''),
          fc.webUrl({ withQueryParameters: true }).map((url) => new URL('/events', url).href),
        ),
        peers: number('peers'),
        arrivalsPerMinute: number('arrivalsPerMinute'),
        leaveFactor: number('leaveFactor'),
        reportInterval: number('reportInterval'),
        seed: number('seed'),
      }),
      (settings) => {
        expect(readDraft(draftOf(settings), PAGE)).toEqual({ ok: true, settings });
      },
    ),
  );
});

test('whatever is typed is either taken or explained, field by field', () => {
  fc.assert(
    fc.property(
      fc.record(Object.fromEntries(Object.keys(draftOf(DEFAULTS)).map((key) => [key, fc.string()]))),
      (typed) => {
        const read = readDraft({ ...draftOf(DEFAULTS), ...typed }, PAGE);
        if (!read.ok) expect(Object.values(read.problems).every((text) => /[.]$/.test(text))).toBe(true);
      },
    ),
  );
  const read = readDraft({ ...draftOf(DEFAULTS), peers: '2.5', reportInterval: '', seed: '-1' }, PAGE);
  expect(read).toEqual({
    ok: false,
    problems: {
      peers: 'Enter a whole number.',
      reportInterval: 'Enter a number.',
      seed: 'Between 0 and 4294967295, please.',
    },
  });
});

test.each([
  ['', /Enter the tracker/],
  ['http://', /no URL/],
  ['garbage', /no URL/],
  ['tracker.example:7846', /Only http/],
  ['ftp://tracker.example/', /Only http/],
  ['javascript:alert(1)', /Only http/],
  ['http://me:secret@tracker.example/', /leave the user name and password out/],
])('%j is no tracker URL', (text, problem) => {
  expect(trackerUrlProblem(text, PAGE)).toMatch(problem);
});

test('the page address sets what it names; what cannot be used is explained and left as it was', () => {
  expect(settingsFromAddress(`${PAGE}&edition=base-1.0&seed=7&tracker=/announce`, DEFAULTS)).toEqual({
    settings: {
      ...DEFAULTS,
      edition: 'base-1.0',
      seed: 7,
      peers: 12,
      arrivalsPerMinute: 7,
      trackerUrl: 'http://127.0.0.1:7846/announce',
    },
    ignored: [],
  });
  const { settings, ignored } = settingsFromAddress(
    `http://127.0.0.1:7846/?peers=many&edition=gu-99&seed=1`,
    DEFAULTS,
  );
  expect(settings).toEqual({ ...DEFAULTS, seed: 1 });
  expect(settingsFromAddress(`${PAGE}&scenario=moon&clock=virtual`, DEFAULTS).ignored).toEqual([
    'scenario: there is only "three tempers" so far.',
    'clock: there is only "real" so far.',
  ]);
  expect(ignored).toEqual([
    'edition: Choose one of rfc7846, extended-1.1, base-1.0, gu-04, mixed.',
    'peers: Enter a number.',
  ]);
});

test('a link to the run: its settings come back from the address, the defaults are not in it', () => {
  const settings: Settings = {
    ...DEFAULTS,
    edition: 'base-1.0',
    seed: 7,
    trackerUrl: 'http://127.0.0.1:9000/announce',
    via: 'relay',
  };
  const address = addressOf(settings, DEFAULTS, 'http://127.0.0.1:7846/?peers=12&other=1#top');
  expect(settingsFromAddress(address, DEFAULTS).settings).toEqual(settings);
  // The tracker's own URL, not the relay's.
  expect(new URL(address).searchParams.get('tracker')).toBe('http://127.0.0.1:9000/announce');
  expect(new URL(address).searchParams.get('other')).toBe('1');
  expect(addressOf(DEFAULTS, DEFAULTS, address)).toBe('http://127.0.0.1:7846/?other=1#top');
});

test('a source of foreign traffic comes from the address, as a server or as its /events, and goes back there', () => {
  const read = (events: string) =>
    settingsFromAddress(`${PAGE}&events=${encodeURIComponent(events)}`, DEFAULTS);
  for (const typed of ['http://127.0.0.1:7847', 'http://127.0.0.1:7847/events']) {
    const { settings, ignored } = read(typed);
    expect([settings.events, ignored]).toEqual(['http://127.0.0.1:7847/events', []]);
    expect(new URL(addressOf(settings, DEFAULTS, PAGE)).searchParams.get('events')).toBe(settings.events);
    expect(eventSources(settings, false)).toEqual([settings.events]);
    expect(eventSources({ ...settings, trackerUrl: 'http://127.0.0.1:7847/' }, true)).toEqual([
      settings.events,
    ]);
    expect(eventSources({ ...settings, trackerUrl: 'http://127.0.0.1:1/' }, true)).toHaveLength(2);
  }
  expect(eventSources(DEFAULTS, false)).toEqual([]);
  for (const unusable of ['javascript:alert(1)', 'http://user:word@127.0.0.1/', 'proxy'])
    expect(read(unusable)).toMatchObject({
      settings: { events: '' },
      ignored: [expect.stringContaining('events: Write it like')],
    });
});
