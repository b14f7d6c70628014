import type { Explanation } from '../../../dashboard/explanations.ts';
import { Icon } from '../../icons.tsx';
import { OUTCOMES, VERDICTS } from './verdicts.ts';

/** One sentence on a message as a whole. */
export function Summary({ explanation }: { readonly explanation: Explanation }) {
  const { summary, outcome } = explanation;
  const verdict = OUTCOMES[outcome];
  return (
    <p className="explained-summary" data-verdict={verdict}>
      <Icon name={VERDICTS[verdict].icon} /> {summary}
    </p>
  );
}
