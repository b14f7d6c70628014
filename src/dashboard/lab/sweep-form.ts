/** A sweep as the form has it, and as a file has it. */
import type { Sweep } from '../../workers/messages.ts';

export interface ParameterRow {
  /** Where in the scenario, as `swarms[film].arrivals.rate`. */
  readonly path: string;
  /** As typed, with commas between. */
  readonly values: string;
}

export interface SweepForm {
  readonly rows: readonly ParameterRow[];
  /** Groups of fields that go together: the first value of each, then the second of each. */
  readonly paired: readonly (readonly ParameterRow[])[];
  readonly replications: string;
}

export const SWEEP_AT_FIRST: SweepForm = {
  rows: [{ path: 'peers.peerCount', values: '5, 10, 20' }],
  paired: [],
  replications: '3',
};

/** A file of `swarmscope sweep`, not yet judged. */
export function sweepOf({ rows, paired, replications }: SweepForm, scenario: unknown): unknown {
  const groups = paired.map(valuesByPath).filter((group) => Object.keys(group).length > 0);
  const name = (scenario as { readonly name?: unknown } | null)?.name;
  return {
    name: typeof name === 'string' ? name : 'sweep',
    scenario,
    parameters: valuesByPath(rows),
    ...(groups.length > 0 && { paired: groups }),
    replications: replications.trim() === '' ? replications : Number(replications),
  };
}

export const sweepIn = ({ parameters, paired, replications }: Sweep): SweepForm => ({
  rows: rowsOf(parameters),
  paired: paired.map(rowsOf),
  replications: String(replications),
});

const rowsOf = (parameters: Sweep['parameters']): readonly ParameterRow[] =>
  Object.entries(parameters).map(([path, values]) => ({ path, values: textOf(values) }));

/** Rows without a path are not filled in yet. */
const valuesByPath = (rows: readonly ParameterRow[]): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    rows.filter(({ path }) => path.trim() !== '').map(({ path, values }) => [path.trim(), valuesIn(values)]),
  );

/** JSON where it is that; else the words between the commas. */
export function valuesIn(text: string): readonly unknown[] {
  return (
    parsed(`[${text}]`) ??
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
      .map((word) => parsed(`[${word}]`)?.[0] ?? word)
  );
}

const textOf = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(', ');

function parsed(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch {
    return undefined;
  }
}
