/** A run as one HTML page, for people: no scripts, nothing fetched, everything from the wire escaped. */
import type { CaseResult, Exchange, Headers } from '../case.ts';
import { count } from '../run.ts';
import { bySection, escaped, shownBody } from './report.ts';
import type { RunReport } from './report.ts';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; } th, td { padding: .15rem .75rem .15rem 0; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
details.case { border-left: .3rem solid gray; margin: .35rem 0; padding: .1rem .75rem; }
details.pass { border-color: #2e9e5b; } details.fail { border-color: #d1383d; }
details.should { border-color: #c98a00; } details.fault { border-color: #9a3fd1; }
summary { cursor: pointer; } summary b { display: inline-block; min-width: 7rem; }
pre { background: color-mix(in srgb, currentColor 8%, transparent); overflow: auto; padding: .5rem; white-space: pre-wrap; word-break: break-word; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; } dd { margin: 0; }
`;

export function htmlReport(report: RunReport): string {
  const { subject, tool, started, milliseconds, results } = report;
  const sections = bySection(results);
  const title = `Conformance of ${subject}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(tool)}, ${escaped(started)}, ${(milliseconds / 1000).toFixed(1)} s, ${summary(results)}</p>`,
    overview(sections),
    ...[...sections].map(
      ([section, each]) =>
        `<section>\n<h2>${escaped(section)}</h2>\n${each.map(caseDetails).join('\n')}\n</section>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function summary(results: readonly CaseResult[]): string {
  const { pass, fail, failedMusts, skipped, inconclusive, fault } = count(results);
  const faults = fault === 0 ? '' : `, ${fault} faults of the suite`;
  return `${pass} passed, ${failedMusts} MUST and ${fail - failedMusts} SHOULD not met, ${inconclusive} inconclusive, ${skipped} skipped${faults}`;
}

function overview(sections: ReadonlyMap<string, readonly CaseResult[]>): string {
  const cell = (number: number): string => `<td class="number">${number}</td>`;
  const rows = [...sections].map(([section, results]) => {
    const { pass, fail, failedMusts, skipped, inconclusive, fault } = count(results);
    const numbers = [pass, failedMusts, fail - failedMusts, inconclusive + fault, skipped];
    return `<tr><th scope="row">${escaped(section)}</th>${numbers.map(cell).join('')}</tr>`;
  });
  const heads = ['Section', 'passed', 'MUST not met', 'SHOULD not met', 'inconclusive', 'skipped'];
  return [
    '<table>',
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}

function caseDetails(result: CaseResult): string {
  const { info, verdict, exchanges, milliseconds } = result;
  const failedShould = verdict.verdict === 'fail' && info.level === 'SHOULD';
  const open = verdict.verdict === 'fail' || verdict.verdict === 'fault' ? ' open' : '';
  const facts: (readonly [string, string])[] = [
    ['Level', info.ours === true ? `${info.level} (where the texts are silent or disagree)` : info.level],
    ['Section', info.section],
    ...(verdict.verdict === 'fail'
      ? [
          ['Expected', verdict.expected] as const,
          ['Actual', verdict.actual] as const,
          ['Advice', info.advice] as const,
        ]
      : []),
    ...('why' in verdict ? [['Why', verdict.why] as const] : []),
    ['Time', `${(milliseconds / 1000).toFixed(3)} s`],
  ];
  return [
    `<details class="case ${failedShould ? 'should' : verdict.verdict}" id="${escaped(info.id)}"${open}>`,
    `<summary><b>${verdict.verdict}</b> <code>${escaped(info.id)}</code> ${escaped(info.requirement)}</summary>`,
    `<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    ...exchanges.map(exchangeDetails),
    '</details>',
  ].join('\n');
}

const headerLines = (headers: Headers): string =>
  headers.map(([name, value]) => `${name}: ${value}\n`).join('');

function bodyLines(body: Uint8Array): string {
  const { bytes, cut, form, shown } = shownBody(body);
  if (bytes === 0) return '';
  const note = form === 'base64' ? 'in Base64' : '';
  const rest = cut ? `beginning of ${bytes} bytes` : '';
  const remark = [note, rest].filter((each) => each !== '').join(', ');
  return `\n${remark === '' ? '' : `[${remark}]\n`}${shown}`;
}

function exchangeDetails({ step, at, took, request, answer, failure }: Exchange): string {
  const sent = `${request.method} ${request.target}\n${headerLines(request.headers)}${bodyLines(request.body)}`;
  const came =
    answer === undefined
      ? (failure ?? 'no answer')
      : `${answer.status} ${answer.reason}\n${headerLines(answer.headers)}${bodyLines(answer.body)}`;
  return [
    '<details>',
    `<summary>${escaped(step)}, after ${at.toFixed(0)} ms, answered in ${took.toFixed(0)} ms</summary>`,
    `<pre>${escaped(sent)}</pre>`,
    `<pre>${escaped(came)}</pre>`,
    '</details>',
  ].join('\n');
}
