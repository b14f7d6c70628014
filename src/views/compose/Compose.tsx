/** Messages by hand: written by form or as text, sent as anybody, as often as wished, spoilt if asked; what came back. */
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { entryShown } from '../../dashboard/compose/state.ts';
import type { ComposeState } from '../../dashboard/compose/state.ts';
import { useDashboard } from '../context.tsx';
import { EDITION_NAMES } from '../editions.ts';
import { Icon } from '../icons.tsx';
import type { PlaceProps } from '../places.ts';
import { Answer } from './Answer.tsx';
import { EditorPane, type EditorControls } from './EditorPane.tsx';
import { FormPane } from './FormPane.tsx';
import { History } from './History.tsx';
import { SendPanel } from './SendPanel.tsx';
import './compose.css';

const EDITIONS = EDITION_NAMES.flatMap(({ id, name }) => (id === 'mixed' ? [] : [{ id, name }]));

export function Compose({ ref }: PlaceProps) {
  const { compose } = useDashboard();
  const state = useStore(compose.store);
  const editor = useRef<EditorControls>(null);
  useEffect(() => compose.enter(), [compose]);
  useImperativeHandle(ref, () => ({ find: () => editor.current?.focus(), clear: () => {} }));

  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    compose.send();
  };
  const entry = entryShown(state);
  return (
    // Ctrl and Enter send from wherever the focus is.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="compose" onKeyDown={press}>
      <h2 className="only-spoken">Compose</h2>
      <Starts state={state} />
      {state.failure !== undefined && (
        <p className="note note-bad" role="alert">
          <Icon name="warning" /> {state.failure}{' '}
          <button type="button" className="button button-small" onClick={() => compose.enter()}>
            Try again
          </button>
        </p>
      )}
      <div className="compose-body">
        <FormPane state={state} />
        <div className="compose-hand">
          <EditorPane ref={editor} state={state} onSend={() => compose.send()} />
          <SendPanel state={state} />
        </div>
        <div className="compose-results">
          <History state={state} />
          {entry === undefined ? (
            <p className="soft compose-nothing">
              Nothing has been sent yet. Answers are shown here, and on the wire.
            </p>
          ) : (
            <Answer key={entry.number} entry={entry} history={state.history} />
          )}
        </div>
      </div>
    </div>
  );
}

/** Where a message can begin, and whose it is. */
function Starts({ state }: { readonly state: ComposeState }) {
  const { compose } = useDashboard();
  const { guide, form, origin } = state;
  const edition = form?.edition ?? 'rfc7846';
  const methods = guide?.editions[edition].methods.map(({ method }) => method) ?? [];
  return (
    <div className="compose-starts" role="group" aria-label="Start">
      <label>
        <span className="soft">Edition</span>
        <select
          className="field-control"
          value={form?.edition ?? ''}
          disabled={guide === undefined}
          onChange={({ target }) => {
            const next = EDITIONS.find(({ id }) => id === target.value)?.id;
            if (next === undefined) return;
            const has = guide?.editions[next].methods.some(({ method }) => method === form?.method);
            compose.blank(next, has === true && form !== undefined ? form.method : 'CONNECT');
          }}
        >
          {form === undefined && <option value="">none</option>}
          {EDITIONS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="soft">Method</span>
        <select
          className="field-control"
          value={form?.method ?? ''}
          disabled={guide === undefined}
          onChange={({ target }) => {
            const next = methods.find((method) => method === target.value);
            if (next !== undefined) compose.blank(edition, next);
          }}
        >
          {form === undefined && <option value="">none</option>}
          {methods.map((method) => (
            <option key={method} value={method}>
              {method}
            </option>
          ))}
        </select>
      </label>
      <SendAs peerId={form?.values['peerId']} disabled={guide === undefined} />
      <label>
        <span className="soft">Example</span>
        <select
          className="field-control compose-examples"
          value={guide?.examples.some(({ name }) => name === origin) === true ? origin : ''}
          disabled={guide === undefined}
          onChange={({ target }) => compose.example(target.value)}
        >
          <option value="">of the texts…</option>
          {guide?.examples.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span className="soft small compose-origin">{origin !== '' && `from: ${origin}`}</span>
    </div>
  );
}

const FOUND = 30;

/** Any simulated peer of the run, or a new one. */
function SendAs({ peerId, disabled }: { readonly peerId: unknown; readonly disabled: boolean }) {
  const { compose, commands } = useDashboard();
  const [text, setText] = useState<string>();
  const [list, setList] = useState<readonly { readonly peerId: string; readonly about: string }[]>([]);
  const shown = text ?? (typeof peerId === 'string' ? peerId : '');

  const look = (next: string): void => {
    const found = commands.find(next, FOUND);
    const chosen = found.find((peer) => peer.peerId === next);
    setList(
      found.map((peer) => ({ peerId: peer.peerId, about: `${peer.swarm}, ${peer.mode}, ${peer.edition}` })),
    );
    if (chosen === undefined) return setText(next);
    setText(undefined);
    compose.sendAs(chosen);
  };
  return (
    <div className="compose-as" role="group" aria-label="Sender">
      <label>
        <span className="soft">As</span>
        <input
          type="text"
          className="field-control mono"
          aria-label="Send as a peer of the run"
          title="A simulated peer of the run, by ID, swarm or edition"
          list="compose-peers"
          autoComplete="off"
          spellCheck={false}
          disabled={disabled}
          value={shown}
          onFocus={(event) => {
            look('');
            setText(undefined);
            event.target.select();
          }}
          onChange={({ target }) => look(target.value)}
          onBlur={() => setText(undefined)}
          onKeyDown={(event) => {
            const [first] = commands.find(shown, 1);
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || first === undefined) return;
            setText(undefined);
            compose.sendAs(first);
          }}
        />
      </label>
      <datalist id="compose-peers">
        {list.map(({ peerId, about }) => (
          <option key={peerId} value={peerId}>
            {about}
          </option>
        ))}
      </datalist>
      <button type="button" className="button" disabled={disabled} onClick={() => compose.sendAsNew()}>
        New peer
      </button>
    </div>
  );
}
