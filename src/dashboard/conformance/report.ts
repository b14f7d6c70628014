/** What was found, as files. */
import { htmlReport, jsonReport, junitReport } from '../../workers/client.ts';
import type { RunReport } from '../../workers/messages.ts';
import type { SuiteState } from './state.ts';

export const REPORT_FORMS = ['JUnit', 'JSON', 'HTML'] as const;
export type ReportForm = (typeof REPORT_FORMS)[number];

const FORMS: Readonly<
  Record<
    ReportForm,
    { readonly write: (report: RunReport) => string; readonly type: string; readonly end: string }
  >
> = {
  JUnit: { write: junitReport, type: 'application/xml', end: 'xml' },
  JSON: { write: jsonReport, type: 'application/json', end: 'json' },
  HTML: { write: htmlReport, type: 'text/html', end: 'html' },
};

export interface ReportFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Every case that has a result, in the suite's order. */
export function reportFile(
  { cases, judged, subject = '', started = '', milliseconds }: SuiteState,
  tool: string,
  form: ReportForm,
): ReportFile {
  const { write, type, end } = FORMS[form];
  const results = cases.flatMap(({ id }) => judged.get(id) ?? []);
  const text = write({ subject, tool, started, milliseconds, results });
  return { name: `swarmscope-conformance.${end}`, type, text };
}
