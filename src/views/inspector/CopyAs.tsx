/** The exchange in forms to take elsewhere. What lets others in is withheld, and that is said. */
import { useId, useState } from 'react';
import {
  FORMS,
  snippetIn,
  type Form,
  type RecordedExchange,
  type Snippet,
} from '../../dashboard/inspector.ts';
import { Icon } from '../icons.tsx';

const NAMES: Readonly<Record<Form, string>> = {
  curl: 'curl command',
  fetch: 'fetch (JavaScript)',
  http: '.http file',
  test: 'test case (TypeScript)',
  record: 'record (NDJSON)',
  'raw-request': 'request body',
  'raw-response': 'response body',
};

interface Copied {
  readonly form: Form;
  readonly snippet: Snippet;
  readonly onClipboard: boolean;
}

export function CopyAs({ exchange }: { readonly exchange: RecordedExchange }) {
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<Copied>();
  const list = useId();
  const copy = async (form: Form): Promise<void> => {
    const snippet = snippetIn(form, exchange);
    if (snippet === undefined) return;
    let onClipboard = true;
    try {
      await navigator.clipboard.writeText(snippet.text);
    } catch {
      // Without a secure context or the permission there is none: the text is there to be selected.
      onClipboard = false;
    }
    setCopied({ form, snippet, onClipboard });
  };
  return (
    // Esc from any of its buttons closes the list, and nothing beyond it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label="Forms to copy"
      className="copy-as"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        event.preventDefault();
        setOpen(false);
      }}
    >
      <button
        type="button"
        className="button button-small"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <Icon name="copy" /> Copy as
      </button>
      <div id={list} className="copy-forms" hidden={!open}>
        {open && (
          <>
            <ul>
              {FORMS.map((form) => (
                <li key={form}>
                  <Entry form={form} exchange={exchange} onCopy={() => void copy(form)} />
                </li>
              ))}
            </ul>
            {copied !== undefined && <Said copied={copied} />}
          </>
        )}
      </div>
    </div>
  );
}

interface EntryProps {
  readonly form: Form;
  readonly exchange: RecordedExchange;
  readonly onCopy: () => void;
}

function Entry({ form, exchange, onCopy }: EntryProps) {
  const able = snippetIn(form, exchange) !== undefined;
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={!able}
      title={able ? undefined : 'The body is no text, or there is none'}
      onClick={onCopy}
    >
      {NAMES[form]}
    </button>
  );
}

function Said({ copied: { form, snippet, onClipboard } }: { readonly copied: Copied }) {
  const { text, withheld, whole } = snippet;
  return (
    <div className="copy-said">
      <p role="status">
        {onClipboard ? `Copied: ${NAMES[form]}.` : 'There is no clipboard here: select the text.'}
        {withheld.length > 0 && ` Withheld: ${withheld.join(', ')}.`}
        {!whole && ' The recording holds only a part of the body.'}
      </p>
      <pre className="body copy-text" tabIndex={0} role="region" aria-label={NAMES[form]}>
        {text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}
      </pre>
    </div>
  );
}

/** Characters shown of what was copied whole. */
const MAX_SHOWN = 4000;
