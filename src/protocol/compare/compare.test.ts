import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RFC7846_EXAMPLES } from '../../testing/golden.ts';
import { explain } from '../explain/explain.ts';
import { encodeText } from '../text.ts';
import { compareMessages, type MessageComparison } from './compare.ts';
import { compareLines, hunksOf, MAX_EDITS } from './lines.ts';

function compared(before: string, after: string): MessageComparison {
  const side = (text: string) => {
    const body = encodeText(text);
    return { body, root: explain(body).root };
  };
  return compareMessages(side(before), side(after));
}

const message = (members: string): string => `{"PPSPTrackerProtocol":{"version":1,${members}}}`;
const peer = (id: string, port: number): string => `{"peer_id":"${id}","peer_addr":{"port":${port}}}`;
const list = (...peers: string[]): string =>
  message(
    `"response_type":0,"swarm_result":[{"swarm_id":"s","result":0,"peer_group":{"peer_info":[${peers.join(',')}]}}]`,
  );
const ENTRY = 'PPSPTrackerProtocol.swarm_result[0].peer_group.peer_info';

test('a message is the same as itself', () => {
  const { connectLeech } = RFC7846_EXAMPLES;
  expect(compared(connectLeech, connectLeech)).toEqual({
    differsAt: undefined,
    fields: { changes: [], more: 0, reordered: false },
    hunks: [],
  });
});

test('other blanks make no other fields', () => {
  const { connectLeech } = RFC7846_EXAMPLES;
  const { differsAt, fields } = compared(connectLeech, JSON.stringify(JSON.parse(connectLeech)));
  expect(differsAt).toBe(1);
  expect(fields.changes).toEqual([]);
});

test('what was added, removed and changed, by path', () => {
  const { fields, hunks } = compared(
    message('"peer_id":"a","find":{"x":1}'),
    message('"peer_id":"b","connect":{}'),
  );
  expect(fields.changes).toEqual([
    { kind: 'removed', path: 'PPSPTrackerProtocol.find', fields: 1 },
    { kind: 'changed', path: 'PPSPTrackerProtocol.peer_id', before: '"a"', after: '"b"' },
    { kind: 'added', path: 'PPSPTrackerProtocol.connect' },
  ]);
  expect(hunks.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'added').length).toBe(2);
});

test('entries of a list are told by who they are, not by where they stand', () => {
  const { fields } = compared(
    list(peer('a', 1), peer('b', 2), peer('c', 3)),
    list(peer('c', 3), peer('a', 9)),
  );
  expect(fields.reordered).toBe(true);
  expect(fields.changes).toEqual([
    { kind: 'removed', path: `${ENTRY}[1]`, fields: 2 },
    { kind: 'changed', path: `${ENTRY}[1].peer_addr.port`, before: '1', after: '9' },
  ]);
});

test('elements and attributes of XML alike', () => {
  const xml = (body: string): string =>
    `<PPSPTrackerProtocol version="1.0"><Request>CONNECT</Request>${body}</PPSPTrackerProtocol>`;
  const { fields } = compared(
    xml('<SwarmID action="JOIN" peerMode="SEED">1</SwarmID><SwarmID action="JOIN">2</SwarmID>'),
    xml('<SwarmID action="LEAVE" peerMode="SEED">1</SwarmID><SwarmID action="JOIN">3</SwarmID>'),
  );
  expect(fields.changes.map(({ kind, path }) => [kind, path])).toEqual([
    ['removed', 'PPSPTrackerProtocol.SwarmID[1]'],
    ['changed', 'PPSPTrackerProtocol.SwarmID[0]@action'],
    ['added', 'PPSPTrackerProtocol.SwarmID[1]'],
  ]);
});

test('a secret that changed is told of, and not shown', () => {
  const login = (token: string): string =>
    `<PPSPTrackerProtocol version="1.0"><Method>CONNECT</Method><AuthToken>${token}</AuthToken></PPSPTrackerProtocol>`;
  const found = compared(login('one-s3cret'), login('two-s3cret'));
  expect(found.fields.changes.map(({ kind, path }) => [kind, path])).toEqual([
    ['changed', 'PPSPTrackerProtocol.AuthToken'],
  ]);
  expect(JSON.stringify(found)).not.toContain('s3cret');
});

const line = fc.constantFrom('a', 'b', 'c', 'd');
const lines = fc.array(line, { maxLength: 30 });

test('the lines of both texts come back, in order, and no edit too many', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const found = compareLines(before, after);
      const without = (kind: string): string[] =>
        found.filter((one) => one.kind !== kind).map(({ text }) => text);
      expect(without('added')).toEqual(before);
      expect(without('removed')).toEqual(after);
      const numbers = found.map((one) => one.before).filter((number) => number !== undefined);
      expect(numbers).toEqual(before.map((_, index) => index + 1));
      expect(found.filter(({ kind }) => kind === 'same').length).toBe(longestCommon(before, after));
    }),
  );
});

/** By the table, which is slow and plain. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    b.forEach((other, j) =>
      next.push(one === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0)),
    );
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('texts that have nothing in common are replaced as a whole', () => {
  const many = (prefix: string): string[] => Array.from({ length: MAX_EDITS }, (_, n) => `${prefix}${n}`);
  const found = compareLines(['head', ...many('a'), 'tail'], ['head', ...many('b'), 'tail']);
  expect(found.map(({ kind }) => kind).filter((kind) => kind === 'same')).toHaveLength(2);
  expect(found).toHaveLength(2 * MAX_EDITS + 2);
});

test('changes are shown with a few lines around them', () => {
  const text = Array.from({ length: 30 }, (_, n) => `${n}`);
  const hunks = hunksOf(compareLines(text, text.with(10, 'x').with(25, 'y')), 2, 100);
  expect(hunks.map(({ skipped, lines: shown }) => [skipped, shown.length])).toEqual([
    [8, 6],
    [10, 6],
    [2, 0],
  ]);
});
