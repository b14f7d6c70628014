/** The run's settings: checked field by field on leaving one, all together on applying. */
import { useRef, useState, type SubmitEvent } from 'react';
import { useStore } from 'zustand';
import { draftOf, NUMBER_FIELDS, readDraft, withPeers, type Draft } from '../../dashboard/settings.ts';
import { credentialsDraft, readCredentials } from '../../dashboard/credentials.ts';
import type { Settings } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import { Dialog } from '../dialog/Dialog.tsx';
import { EDITION_NAMES } from '../editions.ts';
import { AuthenticationFields } from './AuthenticationFields.tsx';
import { Field, fieldId } from './Field.tsx';
import './settings.css';

interface SettingsDialogProps {
  readonly defaults: Settings;
  readonly onClose: () => void;
}

const ORDER: readonly (keyof Draft)[] = [
  'trackerUrl',
  'via',
  'events',
  'edition',
  ...NUMBER_FIELDS.map(({ key }) => key),
];

export function SettingsDialog({ defaults, onClose }: SettingsDialogProps) {
  const { stores, commands, ownTracker } = useDashboard();
  const current = useStore(stores.run, (run) => run.settings);
  const stopped = useStore(stores.run, (run) => run.status === 'stopped');
  const scheme = useStore(stores.tracker, (tracker) => tracker.authentication);
  const [authentication, setAuthentication] = useState(() => credentialsDraft(scheme));
  const [submitted, setSubmitted] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => draftOf(current));
  const [left, setLeft] = useState<ReadonlySet<keyof Draft>>(new Set());
  const [arrivalsSet, setArrivalsSet] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const read = readDraft(draft, location.href);
  const asking = readCredentials(authentication, scheme);
  const problems = read.ok ? {} : read.problems;

  const change = (key: keyof Draft, value: string): void => {
    if (key === 'arrivalsPerMinute') setArrivalsSet(true);
    const follows = key === 'peers' && !arrivalsSet;
    setDraft(follows ? withPeers(draft, value, current) : { ...draft, [key]: value });
  };
  const field = (key: keyof Draft) => ({
    name: key,
    value: draft[key],
    problem: left.has(key) ? problems[key] : undefined,
    onChange: (value: string) => change(key, value),
    onLeave: () => setLeft(new Set([...left, key])),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setSubmitted(true);
    if (read.ok && asking.kind !== 'problem') {
      if (asking.kind === 'given') commands.setCredentials(asking.credentials, read.settings.trackerUrl);
      onClose();
      commands.restart(read.settings);
      return;
    }
    setLeft(new Set(ORDER));
    const wrong = ORDER.find((key) => problems[key] !== undefined);
    if (wrong !== undefined) form.current?.querySelector<HTMLElement>(`#${fieldId(wrong)}`)?.focus();
  };

  return (
    <Dialog title="Settings of the run" wide onClose={onClose}>
      <form ref={form} className="settings" noValidate onSubmit={submit}>
        <Field {...field('trackerUrl')} label="Tracker URL" hint="Peers send all their requests there." wide>
          {(control) => <input type="url" spellCheck={false} autoComplete="off" {...control} />}
        </Field>
        {draft.trackerUrl !== ownTracker && (
          <button
            type="button"
            className="button button-small settings-own"
            onClick={() => setDraft({ ...draft, trackerUrl: ownTracker, via: 'direct' })}
          >
            Use this server&rsquo;s tracker
          </button>
        )}
        <Field
          {...field('via')}
          label="Requests go"
          hint="The relay is for trackers that browsers keep pages from; the server has it when started with --relay and the tracker's address."
          wide
        >
          {(control) => (
            <select {...control}>
              <option value="direct">straight to the tracker</option>
              <option value="relay">through this server&rsquo;s relay</option>
            </select>
          )}
        </Field>
        <Field
          {...field('events')}
          label="Foreign traffic from"
          hint="The /events of swarmscope proxy, or of another swarmscope tracker, such as http://127.0.0.1:7847/events. Empty: only this server's tracker tells of peers of others."
          wide
        >
          {(control) => <input type="url" spellCheck={false} autoComplete="off" {...control} />}
        </Field>
        <AuthenticationFields
          draft={authentication}
          current={scheme}
          problem={submitted && asking.kind === 'problem' ? asking.problem : undefined}
          onChange={setAuthentication}
        />
        <Field
          {...field('edition')}
          label="Edition"
          hint={EDITION_NAMES.find(({ id }) => id === draft.edition)?.about ?? ''}
        >
          {(control) => (
            <select {...control}>
              {EDITION_NAMES.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {NUMBER_FIELDS.map(({ key, label, unit, hint, min, max, whole }) => (
          <Field key={key} {...field(key)} label={label} unit={unit} hint={`${hint} ${min} to ${max}.`}>
            {(control) => (
              <input type="text" inputMode={whole ? 'numeric' : 'decimal'} autoComplete="off" {...control} />
            )}
          </Field>
        ))}
        <footer className="settings-foot">
          <p className="soft">
            {stopped
              ? 'Applying starts a new run.'
              : 'Applying restarts the run: every peer leaves, and new ones join with these settings.'}
          </p>
          <div className="settings-buttons">
            <button
              type="button"
              className="button button-quiet"
              onClick={() => {
                setDraft(draftOf(defaults));
                setAuthentication(credentialsDraft('none'));
                setArrivalsSet(false);
                setLeft(new Set());
              }}
            >
              Reset to defaults
            </button>
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" className="button button-main">
              {stopped ? 'Apply and start' : 'Apply and restart'}
            </button>
          </div>
        </footer>
      </form>
    </Dialog>
  );
}
