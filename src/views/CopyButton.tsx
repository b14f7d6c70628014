import { useEffect, useState } from 'react';
import { Icon } from './icons.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for the button's name: `peer ID`, `request`. */
  readonly what: string;
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), 1600);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // Without a secure context or the permission there is no clipboard; the text itself can be selected.
      setOutcome('failed');
    }
  };
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => void copy()}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <span role="status">
        {outcome === 'copied' ? 'copied' : outcome === 'failed' ? 'no clipboard' : ''}
      </span>
    </button>
  );
}
