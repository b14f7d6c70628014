import { useEffect, useState } from 'react';
import type { Explained, Side } from '../../dashboard/explanations.ts';
import type { RecordedExchange } from '../../dashboard/inspector.ts';
import { useDashboard } from '../context.tsx';

/** A message as it was read; `undefined` while that goes on; `none`: there is no such message. */
export function useExplained(exchange: RecordedExchange, side: Side): Explained | 'none' | undefined {
  const { explanations } = useDashboard();
  const [answer, setAnswer] = useState<{
    readonly of: RecordedExchange;
    readonly side: Side;
    readonly explained: Explained | undefined;
  }>();
  useEffect(() => {
    let current = true;
    void explanations.of(exchange, side).then((explained) => {
      if (current) setAnswer({ of: exchange, side, explained });
    });
    return () => {
      current = false;
    };
  }, [explanations, exchange, side]);
  if (answer?.of !== exchange || answer.side !== side) return undefined;
  return answer.explained ?? 'none';
}
