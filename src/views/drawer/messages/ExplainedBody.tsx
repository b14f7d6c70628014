/** A message field by field: the tree, a verdict for each field, and what the one in hand means. */
import { useEffect, useState } from 'react';
import type { Explained, Side } from '../../../../dashboard/explanations.ts';
import type { Exchange } from '../../../../dashboard/state.ts';
import { useDashboard } from '../../../context.tsx';
import { Icon } from '../../../icons.tsx';
import { ExplainedTree } from './ExplainedTree.tsx';
import { OUTCOMES, VERDICTS } from './verdicts.ts';
import './explained.css';

interface ExplainedBodyProps {
  readonly exchange: Exchange;
  readonly side: Side;
}

export function ExplainedBody({ exchange, side }: ExplainedBodyProps) {
  const explained = useExplained(exchange, side);
  if (explained === undefined) return <p className="soft">Reading…</p>;
  if (explained.kind === 'fault')
    return (
      <p className="note note-bad">
        <Icon name="warning" /> {explained.message}
      </p>
    );
  const { summary, outcome, root, truncated } = explained.explanation;
  const verdict = OUTCOMES[outcome];
  return (
    <div className="explained">
      <p className="explained-summary" data-verdict={verdict}>
        <Icon name={VERDICTS[verdict].icon} /> {summary}
      </p>
      <ExplainedTree root={root} label={`${side}, explained`} />
      {truncated && <p className="soft">The message has more fields than are shown here.</p>}
    </div>
  );
}

/** `undefined` while it is being read. An exchange never changes, so its number stands for it. */
function useExplained(exchange: Exchange, side: Side): Explained | undefined {
  const { explanations } = useDashboard();
  const [answer, setAnswer] = useState<{ readonly of: string; readonly explained: Explained | undefined }>();
  const key = `${exchange.id} ${side}`;
  useEffect(() => {
    let current = true;
    void explanations.of(exchange, side).then((explained) => {
      if (current) setAnswer({ of: key, explained });
    });
    return () => {
      current = false;
    };
  }, [explanations, exchange, side, key]);
  return answer?.of === key ? answer.explained : undefined;
}
