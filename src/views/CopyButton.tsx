import { useEffect, useState } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface CopyButtonProps {
  /** Itself, or what gives it when it is copied. */
  readonly text: string | (() => string);
  /** What is copied, for the button's name: `peer ID`, `request`. */
  readonly what: string;
  /** As one of the tools of the page. */
  readonly tool?: { readonly icon: IconName; readonly word: string };
}

export function CopyButton({ text, what, tool }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), 1600);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setOutcome('copied');
    } catch {
      // Without a secure context or the permission there is no clipboard; the text itself can be selected.
      setOutcome('failed');
    }
  };
  return (
    <button
      type="button"
      className={tool === undefined ? 'button button-quiet button-small' : 'button button-quiet tool'}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => void copy()}
    >
      <Icon name={outcome === 'copied' ? 'check' : (tool?.icon ?? 'copy')} />
      <span role="status" className={tool === undefined ? undefined : 'tool-word'}>
        {outcome === 'copied' ? 'copied' : outcome === 'failed' ? 'no clipboard' : (tool?.word ?? '')}
      </span>
    </button>
  );
}
