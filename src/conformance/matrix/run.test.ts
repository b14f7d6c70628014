import { describe, expect, it } from 'vitest';
import { EDITIONS } from '../../protocol/message.ts';
import { configOf, matrixInMemory } from '../../testing/memory-matrix.ts';
import { trackerWith, underRules } from '../../testing/mutants/tracker-faults.ts';
import type { Wrong } from '../../testing/mutants/tracker-faults.ts';
import { TRACKER_MUTANTS } from '../../testing/mutants/trackers.ts';
import { BEHAVIOURS } from './config.ts';
import type { CellResult } from './cell.ts';
import { matrixPage, totals } from './page.ts';
import { readReport, reportOf, writeReport } from './report.ts';

const URL = 'http://tracker.example/announce';
const PEERS = BEHAVIOURS.map((behaviour) => ({ name: behaviour, behaviour }));

const configWith = (more: object) =>
  configOf({ trackers: [{ name: 't', url: URL }], peers: PEERS, reportInterval: 10, ...more });

async function resultsBefore(wrong: Wrong, more: object = {}): Promise<readonly CellResult[]> {
  const trackers = { [URL]: trackerWith(wrong) };
  const cells = await underRules(wrong.rules, () => matrixInMemory(configWith(more), trackers));
  return cells.map(({ result }) => result);
}

const only = (behaviour: string, ...editions: readonly string[]): object => ({
  peers: [{ name: 'p', behaviour }],
  editions,
});

async function one(wrong: Wrong, behaviour: string, edition: string): Promise<CellResult> {
  const [result] = await resultsBefore(wrong, only(behaviour, edition));
  if (result === undefined) throw new Error('no cell was run');
  return result;
}

describe('a cell', () => {
  it('works with our tracker, for each of our peers in each edition', async () => {
    const results = await resultsBefore({});
    expect(results).toHaveLength(PEERS.length * EDITIONS.length);
    for (const { verdict, reason, findings } of results)
      expect({ verdict, reason, findings }).toMatchObject({ verdict: 'works', findings: [] });
    const whole = results.find(({ peer }) => peer === 'complete');
    expect(whole?.stages.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
      'join: done',
      'list: done',
      'report: done',
      'ask anew: done',
      'seed: done',
      'leave: done',
    ]);
    expect(whole?.counts).toMatchObject({ errors: 0, unanswered: 0 });
    const traces = results.map(({ trace }) => trace);
    expect(new Set(traces).size).toBe(results.length);
  });

  it.each<[keyof typeof TRACKER_MUTANTS, string, string, RegExp]>([
    [
      'answers with another transaction ID',
      'complete',
      'rfc7846',
      /did not come into the swarm.*transaction ID of another/,
    ],
    [
      'refuses statistics of any swarm',
      'seed',
      'base-1.0',
      /No report of its was taken: STAT_REPORT met HTTP 403/,
    ],
    ['answers a repeated request anew', 'repeats', 'base-1.0', /did not get out of the swarm/],
  ])('fails where the life breaks: the tracker %s', async (name, behaviour, edition, reason) => {
    const result = await one(TRACKER_MUTANTS[name], behaviour, edition);
    expect(result).toMatchObject({ verdict: 'fails', reason: expect.stringMatching(reason) });
  });

  it.each<[keyof typeof TRACKER_MUTANTS, string, string, RegExp]>([
    ['lists the asking peer', 'leech', 'rfc7846', /^RFC 7846 §3\.2\.2: The asking peer itself/],
    ['lists a peer twice', 'complete', 'gu-04', /^gu -06 §4\.6: A list has the same peer twice/],
    ['writes no XML declaration', 'seed', 'base-1.0', /^base-01 §3\.1: The answer: an XML declaration/],
    ['answers extended-1.1 in version 1.0', 'seed', 'extended-1.1', /^extended-04 §4\.4\.1, table 1/],
    ['answers a repeated request anew', 'repeats', 'gu-04', /byte for byte, was not answered as before/],
  ])(
    'works with deviations where it was lived all the same: the tracker %s',
    async (name, behaviour, edition, what) => {
      const { verdict, findings } = await one(TRACKER_MUTANTS[name], behaviour, edition);
      expect(verdict).toBe('deviates');
      expect(findings.map((finding) => `${finding.section}: ${finding.what}`)).toContainEqual(
        expect.stringMatching(what),
      );
      expect(new Set(findings.map(({ side }) => side))).toEqual(new Set(['tracker']));
    },
  );

  it('tells an answer to a repeated request from the one before by its bytes, however like they are', async () => {
    let answers = 0;
    const restless: Wrong = {
      http: (answer) => (request, now) => {
        const response = answer(request, now);
        const end = answers++ % 2 === 0 ? 0x20 : 0x0a;
        return { ...response, body: new Uint8Array([...response.body, end]) };
      },
    };
    const { verdict, findings } = await one(restless, 'repeats', 'rfc7846');
    expect([verdict, ...findings.map(({ what }) => what)]).toEqual([
      'deviates',
      expect.stringMatching(/^The same CONNECT once more, byte for byte/),
      ...Array.from({ length: findings.length - 1 }, () => expect.stringMatching(/^The same \w+ once more/)),
    ]);
  });

  it('fails when the peer is never given who is there', async () => {
    const deaf: Wrong = {
      handle: (inner) => (request, context) => {
        const { response, events } = inner.handle(request, context);
        return {
          response: response.outcome === 'success' ? { ...response, peerLists: [] } : response,
          events,
        };
      },
    };
    const result = await one(deaf, 'complete', 'rfc7846');
    expect(result.reason).toContain('the SEED that had joined before was on no list');
    expect(result.verdict).toBe('fails');
  });

  it('works with deviations where base-1.0 refuses a JOIN anew, which a tracker may', async () => {
    const result = await one(
      TRACKER_MUTANTS['refuses a JOIN of a swarm the peer is in'],
      'complete',
      'base-1.0',
    );
    expect(result).toMatchObject({ verdict: 'deviates', counts: { errors: 1 } });
  });

  it('finds departures of a peer, by the cases of the suite', async () => {
    const config = configWith(only('complete', 'rfc7846'));
    const trackers = { [URL]: trackerWith({}) };
    const [cell] = await matrixInMemory(config, trackers, {}, (body) =>
      body.replace('"peer_count":20', '"peer_count":50'),
    );
    expect(cell?.result).toMatchObject({ verdict: 'deviates' });
    expect(cell?.result.findings.every(({ side }) => side === 'peer')).toBe(true);
    expect(cell?.result.findings).toContainEqual(
      expect.objectContaining({ section: 'RFC 7846 §3.2.2', what: expect.stringMatching(/30/) }),
    );
  });

  it('is not applicable where either side does not speak the edition, or no program can be started', async () => {
    const results = await resultsBefore(
      {},
      {
        trackers: [{ name: 't', url: URL, editions: ['rfc7846'] }],
        peers: [
          { name: 'p', behaviour: 'seed', editions: ['gu-04'] },
          { name: 'q', command: ['{tracker}'] },
        ],
        editions: ['rfc7846', 'gu-04'],
      },
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 4 }, () => 'not-applicable'));
    expect(results.map(({ reason }) => reason)).toEqual([
      'The peer is said not to speak this edition.',
      'The tracker is said not to speak this edition.',
      'A page starts no programs: `swarmscope matrix` does.',
      'The tracker is said not to speak this edition.',
    ]);
  });

  it('fails with the reason when nobody is at the tracker’s URL', async () => {
    const config = configWith({
      trackers: [{ name: 't', url: 'http://nobody.example/' }],
      ...only('seed', 'gu-04'),
    });
    const [cell] = await matrixInMemory(config, {});
    expect(cell?.result).toMatchObject({ verdict: 'fails', reason: 'Nobody can be reached there.' });
    expect(cell?.result).not.toHaveProperty('trace');
  });

  it('ends early when told to: nothing more is sent, and no cell told of that was let go', async () => {
    const stop = new AbortController();
    const inner = trackerWith({});
    let begun = 0;
    let late = 0;
    const cells = await matrixInMemory(
      configWith({ concurrency: 1 }),
      {
        [URL]: (request, now) => {
          // In the middle of a life.
          if (begun === 3 && stop.signal.aborted) late++;
          else if (begun === 3 && now > 0) stop.abort();
          return inner(request, now);
        },
      },
      { signal: stop.signal, began: () => void begun++ },
    );
    expect(cells).toHaveLength(2);
    expect(late).toBe(0);
  });
});

describe('a report', () => {
  const facts = { tool: 'swarmscope 0.0.0', started: '2026-01-01T00:00:00.000Z', milliseconds: 1 };

  it('comes back from its file as it was, in the order of rows and columns', async () => {
    const config = configWith({ editions: ['gu-04', 'rfc7846'] });
    const results = await resultsBefore({}, { editions: ['gu-04', 'rfc7846'] });
    const report = reportOf(config, facts, results.toReversed());
    expect(report.cells.map(({ peer, edition }) => [peer, edition])).toEqual(
      BEHAVIOURS.flatMap((peer) => [
        [peer, 'rfc7846'],
        [peer, 'gu-04'],
      ]),
    );
    expect(readReport(writeReport(report))).toEqual({ ok: true, report });
    expect(totals(report)).toBe('8 works; 8 cells');
  });

  it.each([
    ['no JSON', '{'],
    ['another file', '{"swarmscope":"exchanges","version":1}'],
    ['another version', '{"swarmscope":"matrix","version":2}'],
    ['a damaged one', '{"swarmscope":"matrix","version":1,"tool":"x"}'],
  ])('is not read from %s', (_what, text) => {
    expect(readReport(text)).toMatchObject({ ok: false });
  });

  it('is a page in which no name is markup', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'';
    const more = { trackers: [{ name: evil, url: URL }], ...only('seed', 'rfc7846') };
    const page = matrixPage(reportOf(configWith(more), facts, await resultsBefore({}, more)));
    expect(page).not.toContain('<img');
    expect(page).toContain('✓ works');
    expect(page).toMatch(
      /href="001-img-src-x-onerror-alert-1-seed-rfc7846\.ndjson"|href="001-[a-z0-9.-]+\.ndjson"/,
    );
  });
});
