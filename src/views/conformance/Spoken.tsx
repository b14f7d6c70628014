/** Says how a run goes: at its beginning, at each quarter, and what came of it. */
import { countStandings } from '../../dashboard/conformance/filter.ts';
import { STANDINGS, suiteShown, type ConformanceState } from '../../dashboard/conformance/state.ts';
import { formatCount, plural } from '../format.ts';

export function Spoken({ state }: { readonly state: ConformanceState }) {
  return (
    <p role="status" className="only-spoken">
      {words(state)}
    </p>
  );
}

function words(state: ConformanceState): string {
  const { run, early } = state;
  const { cases, judged } = suiteShown(state);
  if (run !== undefined) {
    const quarter = Math.floor((4 * run.done.size) / run.cases.length);
    return quarter === 0 ? `${plural(run.cases.length, 'case')} running.` : `${quarter * 25} % done.`;
  }
  if (judged.size === 0) return '';
  const counts = countStandings(cases, judged);
  const parts = STANDINGS.flatMap((one) => (counts[one] === 0 ? [] : [`${formatCount(counts[one])} ${one}`]));
  return `${early === undefined ? 'The run has ended' : 'The run ended early'}: ${parts.join(', ')}.`;
}
