/** Every peer, by keyboard: a field that narrows the list, arrows that go through it, Enter that selects. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useDashboard } from '../../context.tsx';
import type { PeerHandle } from '../../../dashboard/feed.ts';
import type { PeerSummary } from '../../../dashboard/state.ts';
import { formatCount, formatPercent, plural, shortId } from '../../format.ts';
import { PeerMark } from '../../marks.tsx';
import { moveActive } from './listbox.ts';
import './peers.css';

const MOST = 200;

interface PeersPanelProps {
  /** Changes when the field is to take the focus; 0: not asked for. */
  readonly focusTurn: number;
  readonly onPicked: () => void;
  /** Of the picked set only, where there is one. */
  readonly onlyPicked: boolean;
  readonly onOnlyPicked: (only: boolean) => void;
}

const optionId = (handle: PeerHandle): string => `peer-option-${handle}`;

export function PeersPanel({ focusTurn, onPicked, onlyPicked, onOnlyPicked }: PeersPanelProps) {
  const { stores, commands } = useDashboard();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState<PeerHandle>();
  const selected = useStore(stores.selection, (selection) => selection.peer);
  const alive = useStore(stores.run, (run) => run.simulated.peers);
  const foreign = useStore(stores.foreign, ({ peers }) => peers);
  const mixed = useStore(stores.run, (run) => run.scenario.edition === 'mixed');
  // Peers come and go: once a second the list is asked for anew.
  useStore(stores.run, (run) => Math.floor(run.elapsed / 1000));
  const picked = useStore(stores.picked);
  const narrowed = onlyPicked && picked.what !== undefined;
  const found = commands.find(text, MOST, narrowed ? picked.peers : undefined);

  useEffect(() => {
    if (focusTurn > 0) field.current?.select();
  }, [focusTurn]);
  useEffect(() => {
    if (active !== undefined) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const pick = (peer: PeerHandle): void => {
    commands.select(peer);
    onPicked();
  };
  const press = (event: KeyboardEvent): void => {
    const handles = found.map((peer) => peer.handle);
    if (event.key === 'Enter') {
      const peer = active !== undefined && handles.includes(active) ? active : handles[0];
      if (peer !== undefined) pick(peer);
      return;
    }
    if (event.key === 'Escape') {
      if (text === '') field.current?.blur();
      setText('');
      return;
    }
    const next = moveActive(handles, active, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
  };

  return (
    <>
      <label className="search">
        <span className="only-spoken">Find a peer by ID, address, swarm or edition</span>
        <input
          name="find-peer"
          ref={field}
          type="text"
          role="combobox"
          className="field-control"
          placeholder="ID, address, swarm or edition"
          autoComplete="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded="true"
          aria-controls="peer-options"
          aria-activedescendant={
            active !== undefined && found.some((peer) => peer.handle === active)
              ? optionId(active)
              : undefined
          }
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {picked.what !== undefined && (
        <label className="peers-only">
          <input
            type="checkbox"
            name="only-picked"
            checked={onlyPicked}
            onChange={({ target }) => onOnlyPicked(target.checked)}
          />
          only the {formatCount(picked.peers.size)} picked: {picked.what}
        </label>
      )}
      <p className="soft small" role="status">
        {found.length === MOST ? `first ${MOST}` : plural(found.length, 'match', 'matches')} among{' '}
        {formatCount(alive)} peers{foreign > 0 && ` and ${formatCount(foreign)} foreign`}
      </p>
      {found.length === 0 && (
        <p className="drawer-empty soft">
          No {narrowed ? 'picked peer' : 'peer here'} has “{text}” in its ID, address, swarm or edition. It
          may have left, or be simulated elsewhere.
        </p>
      )}
      <ul id="peer-options" className="options" role="listbox" aria-label="Peers">
        {found.map((peer) => (
          <Option
            key={peer.handle}
            peer={peer}
            mixed={mixed}
            active={peer.handle === active}
            selected={peer.handle === selected}
            onPick={pick}
          />
        ))}
      </ul>
    </>
  );
}

interface OptionProps {
  readonly peer: PeerSummary;
  /** The peers of the run speak different editions: which, says more than the address. */
  readonly mixed: boolean;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onPick: (peer: PeerHandle) => void;
}

function Option({ peer, mixed, active, selected, onPick }: OptionProps) {
  return (
    // The field keeps the focus and handles the keys (combobox pattern).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <li
      id={optionId(peer.handle)}
      role="option"
      className="option"
      aria-selected={selected}
      data-active={active ? '' : undefined}
      title={peer.peerId}
      onClick={() => onPick(peer.handle)}
    >
      <span className="option-mode" data-mode={peer.mode}>
        <PeerMark mode={peer.mode} share={peer.share} foreign={peer.foreign} />
        <span className="only-spoken">{peer.mode}</span>
        {peer.foreign ? 'foreign' : peer.mode === 'LEECH' && formatPercent(peer.share)}
      </span>
      <span className="mono option-id">{shortId(peer.peerId)}</span>
      <span className="option-swarm">{peer.swarm}</span>
      <span className="mono soft option-endpoint">{mixed ? peer.edition : peer.endpoint}</span>
    </li>
  );
}
