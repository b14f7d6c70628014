import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asPeerId } from '../protocol/ids.ts';
import { readAccessList } from './access-file.ts';
import type { AccessList, Scheme } from './access-file.ts';

const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');
const A = hash('sha256', 'a');
const B = hash('sha256', 'b');
const M = hash('md5', 'a');

const read = (scheme: Scheme, ...lines: readonly string[]): AccessList =>
  readAccessList(scheme, lines.join('\n'), 'peers.txt');

function problem(scheme: Scheme, ...lines: readonly string[]): string {
  try {
    read(scheme, ...lines);
    return 'none';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
}

const acts = (list: AccessList, ...peerIds: readonly string[]): boolean[][] =>
  list.entries.map(({ identity }) => peerIds.map((peerId) => identity.mayActAs(asPeerId(peerId))));

describe('bearer', () => {
  it('reads entries, passes over comments and empty lines', () => {
    const list = read(
      'bearer',
      '\ufeff# who',
      '',
      `  ${A.toUpperCase()}\talice `,
      '   # more',
      `${B} bob b-*\r`,
    );
    expect(list.entries.map(({ identity }) => identity.name)).toEqual(['alice', 'bob']);
    expect(list).toMatchObject({ scheme: 'bearer', entries: [{ tokenHash: A }, { tokenHash: B }] });
    expect(acts(list, 'alice', 'b-', 'b-1', 'bob', 'alice2')).toEqual([
      [true, false, false, false, false],
      [false, true, true, false, false],
    ]);
  });

  it('takes a pattern for the whole peer ID, spaces and all', () => {
    const list = read('bearer', `${A} a *`, `${B} b x *x`, `${hash('sha256', 'c')} c* the peer`);
    expect(acts(list, 'any', 'x x', 'x ', 'the peer', 'c*')).toEqual([
      [true, true, true, true, true],
      [false, true, false, false, false],
      [false, false, false, true, false],
    ]);
    const literal = read('bearer', `${A} c*`);
    expect(acts(literal, 'c*', 'cc')).toEqual([[true, false]]);
    // The two ends must not overlap.
    expect(acts(read('bearer', `${A} a aba*ba`), 'aba', 'abaa', 'ababa')).toEqual([[false, false, true]]);
  });

  it.each([
    [['# one', 'secret-token alice'], 'line 2: it must be the SHA-256 of a token in hex'],
    [[A], 'line 1: it must be the SHA-256'],
    [['', `${A.slice(1)} alice`], 'line 2: it must be'],
    [[`${A} alice`, `${A.toUpperCase()} bob`], 'line 2: the same token stands on line 1 already.'],
    [[`${A} alice a*b*`], 'line 1: a pattern has at most one *.'],
    [['# nobody', ''], 'names nobody'],
  ])('says what is wrong with %j', (lines, expected) => {
    const said = problem('bearer', ...lines);
    expect(said).toMatch(/^StartError: --auth: peers\.txt/);
    expect(said).toContain(expected);
    expect(said).not.toMatch(/secret|alice|bob|[\da-f]{16}/);
  });
});

describe('digest', () => {
  it('reads entries with and without MD5, and one realm', () => {
    const list = read('digest', `Jäsøn Doe:peers "only":${A}:${M} j*`, `bob:peers "only":${B}`);
    expect(list).toMatchObject({ scheme: 'digest', realm: 'peers "only"' });
    expect(list.scheme === 'digest' && list.entries.map(({ user, secrets }) => [user, [...secrets]])).toEqual(
      [
        [
          'Jäsøn Doe',
          [
            ['SHA-256', A],
            ['MD5', M],
          ],
        ],
        ['bob', [['SHA-256', B]]],
      ],
    );
    expect(acts(list, 'jim', 'bob', 'Jäsøn Doe')).toEqual([
      [true, false, false],
      [false, true, false],
    ]);
  });

  it.each([
    [[`alice:r:${M}`], 'line 1: it must be user:realm:SHA-256[:MD5]'],
    [[`alice:r:${A}:secret`], 'line 1: it must be'],
    [['alice:secret'], 'line 1: it must be'],
    [[`alice:r:${A}`, `bob:s:${B}`], 'line 2: its realm is not that of line 1.'],
    [[`alice:r:${A}`, '#', `alice:r:${B}`], 'line 3: the same user stands on line 1 already.'],
    [[`alice:bäd:${A}`], 'line 1: a realm is printable ASCII.'],
    [[], 'names nobody'],
  ])('says what is wrong with %j', (lines, expected) => {
    const said = problem('digest', ...lines);
    expect(said).toContain(expected);
    expect(said).not.toMatch(/secret|alice|bob|bäd|[\da-f]{16}/);
  });
});
