/** A cell's verdict, by symbol, word and colour. */
import { VERDICT_WORDS } from '../../dashboard/matrix/verdicts.ts';
import type { CellVerdict } from '../../dashboard/matrix/desk.ts';

export function CellMark({ verdict }: { readonly verdict: CellVerdict }) {
  const { symbol, words } = VERDICT_WORDS[verdict];
  return (
    <span className="matrix-mark" data-verdict={verdict}>
      <span aria-hidden="true">{symbol}</span> {words}
    </span>
  );
}
