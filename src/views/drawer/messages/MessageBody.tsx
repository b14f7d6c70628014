/** A body as text, never as markup. Long ones are cut until asked for. */
import { useMemo, useState } from 'react';
import { pretty } from '../../../dashboard/pretty.ts';
import type { Exchange } from '../../../dashboard/state.ts';
import { formatBytes, formatCount, plural } from '../../format.ts';
import { CopyButton } from '../../CopyButton.tsx';
import { useRecord } from '../../inspector/useRecord.ts';
import type { BodyView } from '../state.ts';
import { ExplainedBody } from './ExplainedBody.tsx';
import { layoutKind } from './outcome.ts';

interface MessageBodyProps {
  readonly exchange: Exchange;
  readonly text: string;
  readonly bytes: number;
  readonly view: BodyView;
  readonly what: 'request' | 'response';
}

const LINES = 60;
const SIGNS = 4000;

export function MessageBody({ exchange, text, bytes, view, what }: MessageBodyProps) {
  const [all, setAll] = useState(false);
  const kind = layoutKind(text);
  const record = useRecord(exchange);
  return (
    <>
      <p className="body-bar soft">
        {formatBytes(bytes)} {bytes >= 1000 && `(${formatCount(bytes)} bytes)`}
        <CopyButton text={text} what={`raw ${what}`} />
      </p>
      {view === 'explained' ? (
        <ExplainedBody exchange={record} side={what} />
      ) : text === '' ? (
        <p className="soft">empty body</p>
      ) : view === 'pretty' && kind !== undefined ? (
        <PrettyBody kind={kind} text={text} what={what} all={all} onAll={() => setAll(true)} />
      ) : (
        <RawBody text={text} what={what} all={all} onAll={() => setAll(true)} />
      )}
    </>
  );
}

interface BodyProps {
  readonly text: string;
  readonly what: string;
  readonly all: boolean;
  readonly onAll: () => void;
}

function PrettyBody({ kind, text, what, all, onAll }: BodyProps & { readonly kind: 'json' | 'xml' }) {
  const lines = useMemo(() => pretty(kind, text), [kind, text]);
  const shown = all ? lines : lines.slice(0, LINES);
  return (
    <>
      <pre className="body" tabIndex={0} role="region" aria-label={`${what}, laid out`}>
        {shown.map((pieces, line) => (
          // A body never changes: place is identity.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={line} className="body-line">
            {pieces.map((piece, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <span key={place} className={`piece-${piece.class}`}>
                {piece.text}
              </span>
            ))}
            {'\n'}
          </span>
        ))}
      </pre>
      {lines.length > shown.length && (
        <button type="button" className="button button-small" onClick={onAll}>
          Show all {plural(lines.length, 'line')}
        </button>
      )}
    </>
  );
}

function RawBody({ text, what, all, onAll }: BodyProps) {
  const cut = !all && text.length > SIGNS;
  return (
    <>
      <pre className="body body-raw" tabIndex={0} role="region" aria-label={`${what}, as sent`}>
        {cut ? `${text.slice(0, SIGNS)}…` : text}
      </pre>
      {cut && (
        <button type="button" className="button button-small" onClick={onAll}>
          Show all {plural(text.length, 'character')}
        </button>
      )}
    </>
  );
}
