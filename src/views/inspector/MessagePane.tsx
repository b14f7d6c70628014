/** One message of an exchange: what HTTP says of it, its sizes, and its bytes, tree and meaning beside each other. */
import { useEffect, useId, useMemo, useState } from 'react';
import type { Explained, Explanation, MessageSizes, Side } from '../../dashboard/explanations.ts';
import {
  bytesOf,
  secretSpans,
  type RecordedExchange,
  type RecordedMessage,
} from '../../dashboard/inspector.ts';
import { useDashboard } from '../context.tsx';
import { formatBytes, formatCount } from '../format.ts';
import { Icon } from '../icons.tsx';
import { fieldMap, keyOfPath, type FieldMap } from './fields.ts';
import { HexPane } from './HexPane.tsx';
import { NO_MARKS, type Marking, type Marks, type PaneName } from './marks.ts';
import { MeaningPane } from './MeaningPane.tsx';
import { LaidText, SentText } from './TextPane.tsx';
import { FieldTree } from './tree/FieldTree.tsx';
import { Summary } from './tree/Summary.tsx';
import { useExplained } from './useExplained.ts';

export type TextForm = 'laid out' | 'as sent';

export interface PaneSetting {
  readonly shown: ReadonlySet<PaneName>;
  readonly text: TextForm;
}

/** A field to take in hand, named from elsewhere; the same one twice has another `turn`. */
export interface Jump {
  readonly side: Side;
  readonly path: string;
  readonly turn: number;
}

interface MessagePaneProps {
  readonly exchange: RecordedExchange;
  readonly side: Side;
  readonly setting: PaneSetting;
  readonly onText: (form: TextForm) => void;
  readonly jump: Jump | undefined;
}

export function MessagePane({ exchange, side, setting, onText, jump }: MessagePaneProps) {
  const { result } = exchange;
  if (side === 'response' && result.kind === 'failed')
    return (
      <section className="inspector-side" aria-label="Response">
        <h3>Response</h3>
        <p className="note note-bad">
          <b>
            <Icon name="warning" /> {result.failure}
          </b>{' '}
          No answer was had. {result.detail}
        </p>
      </section>
    );
  const message = side === 'request' || result.kind === 'failed' ? exchange.request : result;
  return (
    <section className="inspector-side" aria-label={side === 'request' ? 'Request' : 'Response'}>
      <HttpFacts exchange={exchange} side={side} message={message} />
      <Message {...{ exchange, side, setting, onText, jump, message }} />
    </section>
  );
}

interface HttpFactsProps {
  readonly exchange: RecordedExchange;
  readonly side: Side;
  readonly message: RecordedMessage;
}

function HttpFacts({ exchange, side, message }: HttpFactsProps) {
  const { url, result, verdict } = exchange;
  const { contentType, headers } = message;
  return (
    <div className="inspector-http">
      <h3>{side === 'request' ? 'Request' : 'Response'}</h3>
      <p className="mono http-line">
        {side === 'request' || result.kind === 'failed' ? (
          <>
            <b>POST</b> {url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1')}
          </>
        ) : (
          <b className={verdict === 'ok' ? 'status-ok' : 'status-bad'}>
            {result.status} {result.reason}
          </b>
        )}
      </p>
      {contentType !== undefined && contentType !== '' && (
        <p className="mono http-line soft">Content-Type: {contentType}</p>
      )}
      {headers === undefined ? (
        <p className="soft small">Further headers are not recorded.</p>
      ) : (
        <details className="inspector-headers">
          <summary>{formatCount(headers.length)} headers</summary>
          <dl className="mono small">
            {headers.map(([name, value], place) => (
              // Names may come twice, and the list never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <div key={place}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Sizes exchange={exchange} side={side} message={message} />
    </div>
  );
}

function Sizes({ exchange, side, message }: HttpFactsProps) {
  const { explanations } = useDashboard();
  const [known, setKnown] = useState<{
    readonly of: RecordedExchange;
    readonly sizes: MessageSizes | undefined;
  }>();
  useEffect(() => {
    let current = true;
    void explanations.sizes(exchange, side).then((sizes) => {
      if (current) setKnown({ of: exchange, sizes });
    });
    return () => {
      current = false;
    };
  }, [explanations, exchange, side]);
  const sizes = known?.of === exchange ? known.sizes : undefined;
  const of = (size: number): string =>
    message.bytes === 0
      ? formatBytes(size)
      : `${formatBytes(size)} (${Math.round((100 * size) / message.bytes)} %)`;
  return (
    <p className="small inspector-sizes">
      <b>{formatBytes(message.bytes)}</b>
      {sizes && message.bytes > 0 && (
        <span className="soft">
          {' '}
          · gzip {of(sizes.gzip)} · deflate {of(sizes.deflate)}
          {sizes.packed !== undefined && (
            <span title="In swarmscope’s packed form, which holds the same message in binary">
              {' '}
              · packed {of(sizes.packed)}
            </span>
          )}
        </span>
      )}
    </p>
  );
}

interface MessageProps extends MessagePaneProps {
  readonly message: RecordedMessage;
}

function Message({ exchange, side, setting, onText, jump, message }: MessageProps) {
  const explained = useExplained(exchange, side);
  if (explained === 'none') return <p className="note">The body was not recorded.</p>;
  if (explained === undefined) return <p className="soft inspector-waiting">Reading…</p>;
  return <ReadMessage key={exchange.id} {...{ explained, side, setting, onText, jump, message }} />;
}

interface ReadMessageProps extends Omit<MessageProps, 'exchange'> {
  readonly explained: Explained;
}

function ReadMessage({ explained, side, setting, onText, jump, message }: ReadMessageProps) {
  if (explained.kind === 'fault')
    return (
      <p className="note note-bad">
        <Icon name="warning" /> {explained.message}
      </p>
    );
  return <Panes explanation={explained.explanation} {...{ side, setting, onText, jump, message }} />;
}

interface PanesProps extends Omit<ReadMessageProps, 'explained'> {
  readonly explanation: Explanation;
}

const LOSSLESS = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(body: Uint8Array): string | undefined {
  try {
    return LOSSLESS.decode(body);
  } catch {
    return undefined;
  }
}

/** How a text can be laid out: by what it looks like, since an error page may come instead of a message. */
function kindOf(text: string | undefined): 'json' | 'xml' | undefined {
  const first = text?.trimStart()[0];
  if (first === '{' || first === '[') return 'json';
  return first === '<' ? 'xml' : undefined;
}

function Panes({ explanation, side, setting, onText, jump, message }: PanesProps) {
  const { root } = explanation;
  const body = useMemo(() => bytesOf(message.body ?? ''), [message]);
  const map = useMemo(() => fieldMap(root, secretSpans(body), body.length), [root, body]);
  const text = useMemo(
    () => (typeof message.body === 'string' ? message.body : textOf(body)),
    [message, body],
  );
  const marking = useMarking(side, map, jump);
  const detail = useId();
  const kind = kindOf(text);
  const form = kind === undefined ? 'as sent' : setting.text;
  const { shown } = setting;
  const of = { detail, body, map, marking };
  const label = (what: string): string => `${side}, ${what}`;
  return (
    <>
      <Summary explanation={explanation} />
      {body.length < message.bytes && (
        <p className="note">
          Only {formatCount(body.length)} of {formatCount(message.bytes)} bytes were recorded.
        </p>
      )}
      {text === undefined && (
        <p className="note">The body is not UTF-8. What is no text shows as �, and in hex as it is.</p>
      )}
      <div
        className="inspector-panes"
        data-shown={[...shown].join(' ')}
        data-empty={body.length === 0 ? '' : undefined}
      >
        {shown.has('text') && body.length > 0 && (
          <div className="inspector-pane pane-text">
            <header>
              <h4>Text</h4>
              <TextSwitch form={form} able={kind !== undefined} onText={onText} />
            </header>
            {form === 'laid out' && kind !== undefined && text !== undefined ? (
              <LaidText {...of} label={label('laid out')} kind={kind} text={text} />
            ) : (
              <SentText {...of} label={label('as sent')} />
            )}
          </div>
        )}
        {shown.has('hex') && body.length > 0 && (
          <div className="inspector-pane pane-hex">
            <header>
              <h4>Hex</h4>
            </header>
            <HexPane {...of} label={label('hex')} />
          </div>
        )}
        {shown.has('tree') && (
          <div className="inspector-pane pane-tree">
            <header>
              <h4>Fields</h4>
              {explanation.truncated && <span className="soft small">more than are shown here</span>}
            </header>
            <FieldTree
              root={root}
              label={label('field by field')}
              detail={detail}
              current={marking.marks.current}
              hovered={marking.marks.hovered}
              follow={marking.marks.by !== 'tree'}
              onPick={(key) => marking.pick(key, 'tree')}
              onHover={(key) => marking.hover(key, 'tree')}
            />
          </div>
        )}
        <MeaningPane id={detail} hidden={!shown.has('meaning')} {...{ explanation, map, marking }} />
      </div>
    </>
  );
}

function TextSwitch({
  form,
  able,
  onText,
}: {
  readonly form: TextForm;
  readonly able: boolean;
  readonly onText: (form: TextForm) => void;
}) {
  return (
    <div className="switch" role="group" aria-label="Text">
      {(['laid out', 'as sent'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className="button button-small"
          aria-pressed={form === one}
          disabled={one === 'laid out' && !able}
          onClick={() => onText(one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

function useMarking(side: Side, map: FieldMap, jump: Jump | undefined): Marking {
  const [marks, setMarks] = useState<Marks>(NO_MARKS);
  const [jumped, setJumped] = useState<Jump>();
  if (jump !== undefined && jump !== jumped) {
    setJumped(jump);
    const key = jump.side === side ? keyOfPath(map, jump.path) : undefined;
    if (key !== undefined) setMarks({ current: key, hovered: undefined, by: undefined });
  }
  return useMemo(
    () => ({
      marks,
      hover: (hovered, by) => setMarks((before) => ({ ...before, hovered, by })),
      pick: (current, by) => setMarks({ current, hovered: undefined, by }),
    }),
    [marks],
  );
}
