/**
 * A run as JUnit XML, for build servers: a suite per section. Only a MUST that is not met is a `failure`, as it alone
 * makes the command fail; a SHOULD that is not met is `skipped` with its reason, and a fault of a case an `error`.
 */
import type { CaseResult } from '../case.ts';
import { bySection, escaped, remark } from './report.ts';
import type { RunReport } from './report.ts';

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

type Kind = 'passed' | 'failure' | 'error' | 'skipped';

function kindOf({ verdict: { verdict }, info: { level } }: CaseResult): Kind {
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'fail':
      return level === 'MUST' ? 'failure' : 'skipped';
    case 'fault':
      return 'error';
    case 'skipped':
    case 'inconclusive':
      return 'skipped';
    default:
      return verdict satisfies never;
  }
}

export function junitReport(report: RunReport): string {
  const suites = [...bySection(report.results)].map(([section, results]) => suite(section, results, report));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(`conformance of ${report.subject}`)}" ${totals(report.results)} time="${seconds(report.milliseconds)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function totals(results: readonly CaseResult[]): string {
  const counts = { passed: 0, failure: 0, error: 0, skipped: 0 };
  for (const result of results) counts[kindOf(result)]++;
  const { failure, error, skipped } = counts;
  return `tests="${results.length}" failures="${failure}" errors="${error}" skipped="${skipped}"`;
}

function suite(section: string, results: readonly CaseResult[], { started }: RunReport): string {
  const time = seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  return [
    `  <testsuite name="${escaped(section)}" ${totals(results)} time="${time}" timestamp="${escaped(started)}">`,
    ...results.map(testCase),
    '  </testsuite>',
  ].join('\n');
}

function testCase(result: CaseResult): string {
  const { info, milliseconds, verdict } = result;
  const slash = info.id.lastIndexOf('/');
  const open =
    `    <testcase classname="${escaped(info.id.slice(0, slash))}" name="${escaped(info.id.slice(slash + 1))}" ` +
    `time="${seconds(milliseconds)}"`;
  const kind = kindOf(result);
  if (kind === 'passed') return `${open}/>`;
  const type = `${verdict.verdict} (${info.level})`;
  const text = `${info.requirement}\n${remark(result)}\n${info.advice}`;
  const message = `${type}: ${remark(result)}`;
  const told =
    kind === 'skipped'
      ? `<skipped message="${escaped(message)}"/>`
      : `<${kind} type="${escaped(type)}" message="${escaped(remark(result))}">${escaped(text)}</${kind}>`;
  return `${open}>${told}</testcase>`;
}
