/** Phases and faults of a scenario, as bands on the axis of time. */
import type { Scenario } from '../../dashboard/state.ts';
import { MEASURED, type Band } from './axis.ts';

/** Kinds of faults in words, those whose kind says it already left out. */
const NAMES: Readonly<Partial<Record<Fault['kind'], string>>> = {
  'worker-killed': 'machine killed',
};
type Fault = Scenario['faults'][number];

/** In order of their beginning; milliseconds. None on the real clock, which nobody plays a timeline on. */
export function bandsOf({ faults, measure, duration, clock }: Scenario): readonly Band[] {
  if (clock !== 'virtual') return [];
  const bands: Band[] = faults.map((fault) => ({
    kind: 'fault',
    name: NAMES[fault.kind] ?? fault.kind.replaceAll('-', ' '),
    from: fault.at * 1000,
    to: (fault.at + ('for' in fault ? fault.for : 0)) * 1000,
  }));
  bands.push(...phases(measure, duration));
  return bands.sort((one, other) => one.from - other.from);
}

function phases({ from, until }: Scenario['measure'], duration: number): readonly Band[] {
  const end = Math.min(until ?? duration, duration);
  const all = [
    { name: 'warm-up', from: 0, to: from },
    { name: MEASURED, from, to: end },
    { name: 'cool-down', from: end, to: duration },
  ];
  return all.flatMap((phase) =>
    phase.to > phase.from
      ? [{ kind: 'phase' as const, name: phase.name, from: phase.from * 1000, to: phase.to * 1000 }]
      : [],
  );
}
