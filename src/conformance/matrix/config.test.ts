import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '../../protocol/message.ts';
import { BEHAVIOURS, readMatrixConfig } from './config.ts';

const TRACKER = { name: 'theirs', url: 'https://tracker.example/announce?a=b' };
const PEER = { name: 'ours', behaviour: 'complete' };

const read = (value: unknown) => readMatrixConfig(JSON.stringify(value));
/** `path problem` of each. */
function problemsOf(value: unknown): readonly string[] {
  const got = read(value);
  if (got.ok) return [];
  for (const { fix } of got.problems) expect(fix).not.toBe('');
  return got.problems.map(({ path, problem }) => `${path} ${problem}`);
}
const withTracker = (more: object): unknown => ({ trackers: [{ name: 't', ...more }], peers: [PEER] });
const withPeer = (more: object): unknown => ({ trackers: [TRACKER], peers: [{ name: 'p', ...more }] });

describe('a config', () => {
  it('is read, with every edition and the usual times where it says nothing', () => {
    expect(read({ $schema: 'matrix.schema.json', trackers: [TRACKER], peers: [PEER] })).toEqual({
      ok: true,
      config: {
        trackers: [{ name: 'theirs', at: { kind: 'url', url: TRACKER.url } }],
        peers: [{ name: 'ours', is: { kind: 'own', behaviour: 'complete' } }],
        editions: EDITIONS,
        reportInterval: 1,
        timeout: 5,
        concurrency: 4,
      },
    });
  });

  it('may have trackers of ours, credentials by file, and programs', () => {
    const got = read({
      trackers: [
        { name: 'a', own: { strict: true } },
        { ...TRACKER, auth: 'digest:secret.txt', editions: ['gu-04', 'rfc7846'] },
      ],
      peers: [{ name: 'p', command: ['./peer', '{tracker}'], seconds: 3, editions: ['gu-04'] }],
      editions: ['gu-04'],
      timeout: 2,
    });
    expect(got.ok && got.config).toMatchObject({
      trackers: [
        { at: { kind: 'own', strict: true } },
        { at: { auth: { scheme: 'digest', file: 'secret.txt' } }, editions: ['rfc7846', 'gu-04'] },
      ],
      peers: [{ is: { kind: 'command', command: ['./peer', '{tracker}'], seconds: 3 }, editions: ['gu-04'] }],
      editions: ['gu-04'],
      timeout: 2,
    });
  });

  it.each<[string, unknown, string]>([
    ['no object', [], '$ is no object'],
    ['no trackers', { peers: [PEER] }, '$.trackers is missing'],
    ['an empty list', { trackers: [TRACKER], peers: [] }, '$.peers is no list of the right length'],
    ['an unknown member', { trackers: [TRACKER], peers: [PEER], tracker: 1 }, '$.tracker is not known here'],
    ['one of a tracker', withTracker({ own: {}, port: 1 }), '$.trackers[0].port is not known here'],
    ['no name', { trackers: [{ own: {} }], peers: [PEER] }, '$.trackers[0].name is missing'],
    [
      'two of a name',
      { trackers: [TRACKER, TRACKER], peers: [PEER] },
      '$.trackers has two entries of one name',
    ],
    ['no tracker', withTracker({}), '$.trackers[0] names no tracker'],
    ['another scheme', withTracker({ url: 'ftp://a/' }), '$.trackers[0].url is no URL of a tracker'],
    ['both', withTracker({ own: {}, url: 'http://a/' }), '$.trackers[0].url does not go with "own"'],
    [
      'a secret',
      withTracker({ url: 'http://a/', auth: 'token' }),
      '$.trackers[0].auth is not bearer:FILE or digest:FILE',
    ],
    [
      'an edition',
      withTracker({ own: {}, editions: ['rfc'] }),
      '$.trackers[0].editions[0] is none of its words',
    ],
    ['no peer', withPeer({}), '$.peers[0] names no peer'],
    ['a behaviour', withPeer({ behaviour: 'lurk' }), '$.peers[0].behaviour is none of its words'],
    [
      'a command without tracker',
      withPeer({ command: ['a'] }),
      '$.peers[0].command does not say where the tracker is',
    ],
    ['arguments', withPeer({ command: ['{tracker}', 1] }), '$.peers[0].command[1] is no text'],
    ['seconds', withPeer({ behaviour: 'seed', seconds: 3 }), '$.peers[0].seconds is for a "command" alone'],
    ['times', { trackers: [TRACKER], peers: [PEER], timeout: 0 }, '$.timeout is out of range, or no number'],
  ])('is refused for %s, with the place and what to do', (_what, value, problem) => {
    expect(problemsOf(value)).toContain(problem);
  });

  it('is refused with a password in a URL, and does not tell it', () => {
    const got = read(withTracker({ url: 'https://me:hunter2@tracker.example/' }));
    expect(got).toMatchObject({ ok: false, problems: [{ path: '$.trackers[0].url' }] });
    expect(JSON.stringify(got)).not.toContain('hunter2');
  });

  it('is refused when it is no JSON', () => {
    expect(readMatrixConfig('{"trackers": [,]}')).toMatchObject({ ok: false, problems: [{ path: '$' }] });
  });

  it('is a config or a list of problems, whatever the file says', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const got = readMatrixConfig(text);
        expect(got.ok || got.problems.length > 0).toBe(true);
      }),
    );
  });
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}

describe('the published schema', () => {
  const schema = JSON.parse(readFileSync('public/matrix.schema.json', 'utf8')) as Schema;

  it('has the words that are read', () => {
    const { editions, peer } = schema.$defs ?? {};
    expect(editions?.items?.enum?.toSorted()).toEqual([...EDITIONS].toSorted());
    expect(peer?.properties?.['behaviour']?.enum).toEqual(BEHAVIOURS);
  });

  it('has the members that are read: no other is let in, and none of its own refused', () => {
    const known = (path: string, of: Schema | undefined): void => {
      const members = Object.keys(of?.properties ?? {});
      expect(members.length).toBeGreaterThan(0);
      const refused = problemsOf(
        path === '$'
          ? Object.fromEntries(members.map((name) => [name, null]))
          : { [path]: [Object.fromEntries(members.map((name) => [name, null]))] },
      );
      expect(refused.filter((line) => line.includes('not known'))).toEqual([]);
    };
    known('$', schema);
    known('trackers', schema.$defs?.['tracker']);
    known('peers', schema.$defs?.['peer']);
  });
});
