/** The command line that repeats a case, outside the browser and with all that a browser cannot do. */
import type { CaseInfo, SuiteName } from './state.ts';

export interface Repeated {
  readonly suite: SuiteName;
  readonly info: Pick<CaseInfo, 'id'>;
  /** Of the tracker. */
  readonly url: string;
  /** Seconds, when known. */
  readonly trackTimer: number | undefined;
}

/** For a POSIX shell, whatever the text is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export function commandFor({ suite, info, url, trackTimer }: Repeated): string {
  const only = `--only ${quoted(info.id)}`;
  if (suite === 'peers') return `swarmscope conformance --peers --own ${only}`;
  const timer = trackTimer === undefined ? '' : ` --track-timer ${trackTimer}`;
  return `swarmscope conformance ${quoted(url)} ${only}${timer}`;
}

/** What to do about a case that was not tried. `why`: as its bench says it. */
export const skippedAdvice = (why: string): string =>
  /track timer/.test(why)
    ? 'Type the tracker’s track timer above, and run the case again.'
    : 'A page cannot do it: run the command below.';
