/** Whose lifelines are shown: found by ID, the selected one, the newest, those of the exchanges pinned on the wire. */
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useStore } from 'zustand';
import { MAX_LIFELINES } from '../../dashboard/wire/sequence.ts';
import { activeLog, LIVE } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { peerName } from './words.ts';

export interface ChooserControls {
  find(): void;
}

const NEWEST = [2, 4, 8] as const;
const FOUND = 30;
/** Added at a time. */
const NEIGHBOURS = 2;

export function Chooser({ ref }: { readonly ref?: Ref<ChooserControls> }) {
  const { wire, stores, commands } = useDashboard();
  const { sequence } = wire;
  const live = useStore(wire.store, ({ active }) => active === LIVE);
  const [none, setNone] = useState(false);
  const peers = useStore(sequence.store, (state) => state.peers);
  const pinned = useStore(wire.store, (state) => activeLog(state).pinned);
  const selected = useStore(stores.selection, ({ detail }) => detail?.peerId);
  const add = (more: readonly (string | undefined)[]): void =>
    sequence.choose([...peers, ...more.filter((one) => one !== undefined)].slice(-MAX_LIFELINES));
  const addLinked = (): void => {
    const linked = new Set(peers.toReversed().flatMap((peer) => commands.linkedWith(peer)));
    const more = [...linked].filter((one) => !peers.includes(one)).slice(0, NEIGHBOURS);
    setNone(more.length === 0);
    if (more.length > 0) add(more);
  };
  const ofPinned = [...new Set(pinned.flatMap(({ peerId }) => peerId ?? []))];
  return (
    <div className="sequence-peers" role="group" aria-label="Lifelines">
      <Search onPick={(peer) => add([peer])} {...(ref === undefined ? {} : { ref })} />
      {NEWEST.map((count) => (
        <button
          key={count}
          type="button"
          className="button button-small"
          onClick={() => void sequence.chooseNewest(count)}
        >
          Newest {count}
        </button>
      ))}
      {live && peers.length > 0 && (
        <button
          type="button"
          className="button button-small"
          title="Peers that the last of these have streaming links with"
          onClick={addLinked}
        >
          Add neighbours
        </button>
      )}
      <span role="status" className="soft small">
        {none ? 'They have no link with anybody else now.' : ''}
      </span>
      {selected !== undefined && !peers.includes(selected) && (
        <button type="button" className="button button-small" onClick={() => add([selected])}>
          Add the selected peer
        </button>
      )}
      {ofPinned.length > 0 && (
        <button type="button" className="button button-small" onClick={() => sequence.choose(ofPinned)}>
          <Icon name="pin" />
          Pinned on the wire
        </button>
      )}
      <ul aria-label="Peers shown">
        {peers.map((peer) => (
          <li key={peer}>
            <button
              type="button"
              className="sequence-peer"
              aria-label={`Remove the lifeline of ${peer}`}
              title={peer}
              onClick={() => sequence.choose(peers.filter((one) => one !== peer))}
            >
              <span className="mono">{peerName(peer)}</span>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SearchProps {
  readonly onPick: (peer: string) => void;
  readonly ref?: Ref<ChooserControls>;
}

function Search({ onPick, ref }: SearchProps) {
  const { wire } = useDashboard();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly string[]>([]);
  const list = useId();
  useImperativeHandle(ref, () => ({
    find() {
      field.current?.focus();
      field.current?.select();
    },
  }));
  useEffect(() => {
    let wanted = true;
    void wire.sequence.find(text.trim(), FOUND).then((peers) => wanted && setFound(peers));
    return () => {
      wanted = false;
    };
  }, [wire, text]);

  const take = (peer: string | undefined): void => {
    if (peer === undefined) return;
    onPick(peer);
    setText('');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (text === '') field.current?.blur();
      setText('');
    }
    // The list may still be that of the text before.
    if (event.key === 'Enter') void wire.sequence.find(text.trim(), 1).then(([peer]) => take(peer));
  };
  return (
    <>
      <input
        ref={field}
        type="text"
        className="field-control sequence-search"
        aria-label="Add a peer by its ID"
        placeholder="Add a peer by ID ( / )"
        list={list}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          const { value } = event.target;
          // Picked from the list.
          if (found.includes(value)) take(value);
          else setText(value);
        }}
        onKeyDown={press}
      />
      <datalist id={list}>
        {found.map((peer) => (
          <option key={peer} value={peer}>
            {peer}
          </option>
        ))}
      </datalist>
    </>
  );
}
