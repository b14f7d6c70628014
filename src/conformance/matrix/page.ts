/** The matrix as one HTML page, for people: no scripts, nothing fetched, every text escaped; the traces lie beside it. */
import { escaped } from '../reports/report.ts';
import { CELL_WORDS } from './cell.ts';
import type { CellFinding, CellResult, Stage } from './cell.ts';
import type { MatrixReport } from './report.ts';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .3rem .6rem; text-align: left; }
thead th { vertical-align: bottom; } th small { display: block; font-weight: normal; }
td a { color: inherit; text-decoration: none; white-space: nowrap; } td a:hover, td a:focus { text-decoration: underline; }
.works { background: color-mix(in srgb, #2e9e5b 22%, transparent); } .deviates { background: color-mix(in srgb, #c98a00 25%, transparent); }
.fails { background: color-mix(in srgb, #d1383d 25%, transparent); }
article { border-left: .3rem solid gray; margin: .75rem 0; padding: .1rem .75rem; }
article.works { border-color: #2e9e5b; background: none; } article.deviates { border-color: #c98a00; background: none; } article.fails { border-color: #d1383d; background: none; }
article h3 { font-size: 1rem; margin: .25rem 0; } li { overflow-wrap: anywhere; }
`;

const anchor = (cell: CellResult, place: number): string => `cell-${place + 1}-${cell.verdict}`;

export function matrixPage(report: MatrixReport): string {
  const { tool, started, milliseconds, cells } = report;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    '<title>Interoperability matrix</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<h1>Interoperability matrix</h1>',
    `<p>${escaped(tool)}, ${escaped(started)}, ${(milliseconds / 1000).toFixed(1)} s: ${escaped(totals(report))}</p>`,
    table(report),
    '<h2>Cells</h2>',
    ...cells.map(details),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** `12 works, 3 fails of 16 cells`. */
export function totals({ trackers, peers, editions, cells }: MatrixReport): string {
  const all = trackers.length * peers.length * editions.length;
  const counts = new Map<string, number>();
  for (const { verdict } of cells) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = Object.entries(CELL_WORDS).flatMap(([verdict, { words }]) => {
    const count = counts.get(verdict) ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const missing = all - cells.length;
  return `${[...parts, ...(missing > 0 ? [`${missing} not run`] : [])].join(', ')}; ${all} cells`;
}

function table({ trackers, peers, editions, cells }: MatrixReport): string {
  const heads = peers.map(
    ({ name, about }) =>
      `<th scope="colgroup" colspan="${editions.length}">${escaped(name)}<small>${escaped(about)}</small></th>`,
  );
  const second = peers.flatMap(() => editions.map((edition) => `<th scope="col">${escaped(edition)}</th>`));
  const rows = trackers.map((tracker) => {
    const each = peers.flatMap((peer) =>
      editions.map((edition) => {
        const place = cells.findIndex(
          (cell) => cell.tracker === tracker.name && cell.peer === peer.name && cell.edition === edition,
        );
        const cell = cells[place];
        if (cell === undefined) return '<td>not run</td>';
        const { symbol, words } = CELL_WORDS[cell.verdict];
        return `<td class="${cell.verdict}"><a href="#${anchor(cell, place)}">${symbol} ${words}</a></td>`;
      }),
    );
    return `<tr><th scope="row">${escaped(tracker.name)}<small>${escaped(tracker.about)}</small></th>${each.join('')}</tr>`;
  });
  return [
    '<div class="scroll" tabindex="0" role="region" aria-label="Matrix">',
    '<table>',
    `<thead><tr><th rowspan="2" scope="col">Tracker</th>${heads.join('')}</tr><tr>${second.join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
}

function details(cell: CellResult, place: number): string {
  const { tracker, peer, edition, verdict, reason, stages, findings, counts, milliseconds, trace } = cell;
  const { symbol, words } = CELL_WORDS[verdict];
  const figures = `${counts.exchanges} exchanges, ${counts.errors} refused, ${counts.unanswered} unanswered, ${counts.bytes} bytes, ${(milliseconds / 1000).toFixed(1)} s`;
  return [
    `<article class="${verdict}" id="${anchor(cell, place)}">`,
    `<h3>${symbol} ${words}: ${escaped(tracker)}, ${escaped(peer)}, ${escaped(edition)}</h3>`,
    `<p>${escaped(reason)}</p>`,
    stages.length === 0 ? '' : `<p>${stages.map(stageText).join(' · ')}</p>`,
    findings.length === 0 ? '' : `<ul>${findings.map(findingItem).join('')}</ul>`,
    trace === undefined
      ? ''
      : `<p>${figures}; trace: <a href="${escaped(encodeURI(trace))}">${escaped(trace)}</a>, to be opened in the wire view</p>`,
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

const stageText = ({ name, outcome, why }: Stage): string =>
  escaped(`${name}: ${outcome}${why === undefined ? '' : ` (${why})`}`);

const findingItem = ({ side, level, section, what, times, exchange }: CellFinding): string =>
  `<li>${escaped(`${side}, ${level}, ${section}: ${what}`)}${times > 1 ? ` (${times} times)` : ''}${exchange === undefined ? '' : `, exchange ${exchange} of the trace`}</li>`;
