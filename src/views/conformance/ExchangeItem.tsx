/** One exchange of a case: its step and what came of it; opened, the bytes of both messages. */
import type { RecordedExchange, RecordedMessage } from '../../dashboard/inspector.ts';
import { formatBytes, formatTook } from '../format.ts';
import { Icon } from '../icons.tsx';

interface ExchangeItemProps {
  readonly exchange: RecordedExchange;
  readonly name: string;
  readonly onInspect: () => void;
}

export function ExchangeItem({ exchange, name, onInspect }: ExchangeItemProps) {
  const { request, result, took, url } = exchange;
  return (
    <details className="conf-exchange">
      <summary>
        <span className="conf-step">{name}</span>{' '}
        <b>{result.kind === 'failed' ? 'no answer' : result.status}</b>{' '}
        <span className="soft">{took === undefined ? '' : formatTook(took)}</span>
      </summary>
      <button type="button" className="button button-small" onClick={onInspect}>
        <Icon name="find" />
        Inspect
      </button>
      <Message name="Request" step={name} line={`POST ${url}`} message={request} />
      {result.kind === 'failed' ? (
        <p className="note note-bad">
          <b>No answer.</b> {result.detail}
        </p>
      ) : (
        <Message name="Answer" step={name} line={`${result.status} ${result.reason}`} message={result} />
      )}
    </details>
  );
}

/** Characters shown here; the inspector shows them all. */
const SHOWN = 4000;

interface MessageProps {
  readonly name: string;
  readonly step: string;
  readonly line: string;
  readonly message: RecordedMessage;
}

function Message({ name, step, line, message: { headers, contentType, body, bytes } }: MessageProps) {
  const lines = (headers ?? []).map(([name, value]) => `${name}: ${value}`);
  const head = headers === undefined && contentType !== undefined ? [`Content-Type: ${contentType}`] : lines;
  return (
    <>
      <h5>
        {name} <span className="soft">{formatBytes(bytes)}</span>
      </h5>
      <pre className="conf-bytes" tabIndex={0} role="region" aria-label={`${name} of ${step}`}>
        {[line, ...head, '', typeof body === 'string' ? body.slice(0, SHOWN) : ''].join('\n')}
        {typeof body === 'string' && body.length > SHOWN && '…'}
      </pre>
      {body !== undefined && typeof body !== 'string' && (
        <p className="note">The body is not UTF-8: the inspector shows it in hex.</p>
      )}
    </>
  );
}
