/** The message that is open, beside the table. */
import { useEffect, useRef } from 'react';
import type { OpenExchange, RecordedExchange, RecordedMessage } from '../../dashboard/wire/state.ts';
import { formatBytes } from '../format.ts';
import { Icon } from '../icons.tsx';

interface DetailProps {
  readonly open: OpenExchange;
  readonly onClose: () => void;
}

export function Detail({ open, onClose }: DetailProps) {
  const { row, exchange } = open;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollTo(0, 0);
  }, [row.row]);
  return (
    <aside ref={box} className="wire-detail" aria-label="Message">
      <header className="wire-detail-head">
        <h3>{row.method ?? 'Unknown message'}</h3>
        <button type="button" className="button button-quiet" aria-label="Close the message" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {exchange === 'reading' ? (
        <p className="soft">Reading…</p>
      ) : exchange === 'gone' ? (
        <p className="note">This exchange was let go for want of room, or its file is not there any more.</p>
      ) : (
        <Inspector key={row.row} exchange={exchange} />
      )}
    </aside>
  );
}

function Inspector({ exchange }: { readonly exchange: RecordedExchange }) {
  const { request, result } = exchange;
  return (
    <>
      <Message title="Request" message={request} />
      {result.kind === 'answered' ? (
        <Message title={`Answer ${result.status} ${result.reason}`} message={result} />
      ) : (
        <p className="note note-bad">{result.detail}</p>
      )}
    </>
  );
}

function Message({ title, message }: { readonly title: string; readonly message: RecordedMessage }) {
  const { body, bytes } = message;
  return (
    <section>
      <h4>
        {title} <span className="soft">{formatBytes(bytes)}</span>
      </h4>
      <pre>{typeof body === 'string' ? body : ''}</pre>
    </section>
  );
}
