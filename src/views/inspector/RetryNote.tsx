/** Whether a retry repeats its request byte for byte, as it must: the same transaction, the same bytes. */
import { useEffect, useState } from 'react';
import { bytesOf, type RecordedExchange } from '../../dashboard/inspector.ts';
import { formatCount } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { Comparand } from './Comparison.tsx';

interface RetryNoteProps {
  readonly exchange: RecordedExchange;
  readonly others: readonly Comparand[];
}

export function RetryNote({ exchange, others }: RetryNoteProps) {
  const retry = others.find((one) => one.retry);
  const [known, setKnown] = useState<{ readonly id: string; readonly other: RecordedExchange | undefined }>();
  const id = retry?.id;
  useEffect(() => {
    if (retry === undefined) return undefined;
    let current = true;
    void retry.load().then((other) => {
      if (current) setKnown({ id: retry.id, other });
    });
    return () => {
      current = false;
    };
    // Who shows the inspector may make the list anew each time; its entries stay what they are.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
  if (retry === undefined || known?.id !== id || known?.other === undefined) return null;
  const { other } = known;
  if (other.request.body === undefined || exchange.request.body === undefined) return null;
  const [a, b] = [bytesOf(other.request.body), bytesOf(exchange.request.body)];
  const differs = a.length !== b.length || a.some((byte, at) => byte !== b[at]);
  return (
    <p className={differs ? 'note note-bad inspector-retry' : 'soft inspector-retry'}>
      <Icon name={differs ? 'warning' : 'check'} />{' '}
      {differs
        ? `Its bytes differ from those of try ${formatCount(other.attempt)}, with the same transaction ID: the tracker takes it for another request.`
        : `Byte-identical to try ${formatCount(other.attempt)}.`}
    </p>
  );
}
