import { describe, expect, it } from 'vitest';
import { countStandings, grouped, narrowed, ofStanding, sectionsOf } from './filter.ts';
import { NO_FILTER, type CaseFilter, type CaseVerdict, type JudgedCase, type ListedCase } from './state.ts';

const listed = (id: string, level: ListedCase['level'], more: Partial<ListedCase> = {}): ListedCase => {
  const [edition = '', section = ''] = id.split('/');
  return {
    id,
    edition: edition as ListedCase['edition'],
    section: `§${section}`,
    level,
    requirement: `About ${id}.`,
    advice: 'Mend it.',
    ...more,
  };
};

const JOIN = listed('rfc7846/4.1/join', 'MUST', { requirement: 'A SEED may join.' });
const LEAVE = listed('rfc7846/4.2/leave', 'SHOULD', { ours: true });
const FIND = listed('rfc7846/4.1/find', 'SHOULD');
const OLD = listed('gu-04/4.6/join', 'MUST');
const ALL = [JOIN, LEAVE, FIND, OLD];

const idsWith = (change: Partial<CaseFilter>): readonly string[] =>
  narrowed(ALL, { ...NO_FILTER, ...change }).map(({ id }) => id);

const judged = (info: ListedCase, verdict: CaseVerdict): [string, JudgedCase] => [
  info.id,
  { info, verdict, exchanges: [], meanings: [], milliseconds: 1 },
];
const fail = { verdict: 'fail', expected: 'this', actual: 'that' } as const;

describe('the filter', () => {
  it('lets everything through at first', () => expect(idsWith({})).toEqual(ALL.map(({ id }) => id)));

  it('goes by edition, level and section, ours being a SHOULD too', () => {
    expect(idsWith({ edition: 'gu-04' })).toEqual([OLD.id]);
    expect(idsWith({ level: 'MUST' })).toEqual([JOIN.id, OLD.id]);
    expect(idsWith({ level: 'SHOULD' })).toEqual([LEAVE.id, FIND.id]);
    expect(idsWith({ level: 'ours' })).toEqual([LEAVE.id]);
    expect(idsWith({ section: '§4.1' })).toEqual([JOIN.id, FIND.id]);
  });

  it('takes a text with a star for a glob of whole ids, and any other for a part of what is shown', () => {
    expect(idsWith({ text: 'rfc7846/4.1/*' })).toEqual([JOIN.id, FIND.id]);
    expect(idsWith({ text: '*join' })).toEqual([JOIN.id, OLD.id]);
    expect(idsWith({ text: 'oin*' })).toEqual([]);
    expect(idsWith({ text: ' seed ' })).toEqual([JOIN.id]);
    expect(idsWith({ text: '§4.2' })).toEqual([LEAVE.id]);
    expect(idsWith({ text: '.' })).toHaveLength(4);
  });
});

describe('how cases stand', () => {
  const results = new Map([judged(JOIN, fail), judged(FIND, fail), judged(OLD, { verdict: 'pass' })]);

  it('tells a MUST that fails from a SHOULD that does', () => {
    expect(countStandings(ALL, results)).toEqual({
      fails: 1,
      'falls short': 1,
      fault: 0,
      open: 0,
      skipped: 0,
      passes: 1,
      'not run': 1,
    });
    expect(ofStanding(ALL, results, 'falls short')).toEqual([FIND]);
    expect(ofStanding(ALL, results, 'not run')).toEqual([LEAVE]);
    expect(ofStanding(ALL, results, undefined)).toEqual(ALL);
  });
});

it('groups by edition and section, in the order of their first cases', () => {
  expect(
    grouped(ALL).map(({ edition, sections }) => [
      edition,
      sections.map(({ section, cases }) => [section, cases.map(({ id }) => id)]),
    ]),
  ).toEqual([
    [
      'rfc7846',
      [
        ['§4.1', [JOIN.id, FIND.id]],
        ['§4.2', [LEAVE.id]],
      ],
    ],
    ['gu-04', [['§4.6', [OLD.id]]]],
  ]);
  expect(sectionsOf(ALL)).toEqual(['§4.1', '§4.2', '§4.6']);
});
