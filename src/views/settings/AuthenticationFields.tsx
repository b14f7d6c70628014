/** Who asks the tracker. What is typed here is not shown again, and leaves the form only for memory. */
import { useId, type ReactNode } from 'react';
import type { CredentialsDraft } from '../../dashboard/credentials.ts';
import type { Authentication } from '../../dashboard/state.ts';
import { Icon } from '../icons.tsx';

interface AuthenticationFieldsProps {
  readonly draft: CredentialsDraft;
  /** The scheme of the run now. */
  readonly current: Authentication;
  readonly problem: string | undefined;
  readonly onChange: (draft: CredentialsDraft) => void;
}

const SCHEMES: readonly { readonly scheme: Authentication; readonly name: string }[] = [
  { scheme: 'none', name: 'none' },
  { scheme: 'bearer', name: 'Bearer token' },
  { scheme: 'digest', name: 'Digest (user and password)' },
];

export function AuthenticationFields({ draft, current, problem, onChange }: AuthenticationFieldsProps) {
  const id = useId();
  const kept = draft.scheme !== 'none' && draft.scheme === current;
  const secret = (key: 'token' | 'password', label: string): ReactNode => (
    <Labelled id={`${id}-${key}`} label={label}>
      <input
        id={`${id}-${key}`}
        type="password"
        className="field-control"
        autoComplete="new-password"
        spellCheck={false}
        placeholder={kept ? 'as given before' : ''}
        value={draft[key]}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange({ ...draft, [key]: event.target.value })}
      />
    </Labelled>
  );
  return (
    <fieldset className="settings-authentication">
      <legend>Authentication</legend>
      <Labelled id={`${id}-scheme`} label="Scheme">
        <select
          id={`${id}-scheme`}
          className="field-control"
          value={draft.scheme}
          onChange={(event) => {
            const chosen = SCHEMES.find(({ scheme }) => scheme === event.target.value);
            if (chosen !== undefined) onChange({ ...draft, scheme: chosen.scheme });
          }}
        >
          {SCHEMES.map(({ scheme, name }) => (
            <option key={scheme} value={scheme}>
              {name}
            </option>
          ))}
        </select>
      </Labelled>
      {draft.scheme === 'bearer' && secret('token', 'Token')}
      {draft.scheme === 'digest' && (
        <>
          <Labelled id={`${id}-user`} label="User">
            <input
              id={`${id}-user`}
              type="text"
              className="field-control"
              autoComplete="off"
              spellCheck={false}
              placeholder={kept ? 'as given before' : ''}
              value={draft.user}
              aria-describedby={`${id}-about`}
              onChange={(event) => onChange({ ...draft, user: event.target.value })}
            />
          </Labelled>
          {secret('password', 'Password')}
        </>
      )}
      <div className="setting-wide" role="status">
        {problem !== undefined && (
          <p className="setting-problem">
            <Icon name="warning" /> {problem}
          </p>
        )}
      </div>
      <p id={`${id}-about`} className="soft small setting-wide">
        For this tracker alone. Kept in this page&rsquo;s memory until it is closed or loaded anew: not in its
        address, not in storage, not in recordings.
      </p>
    </fieldset>
  );
}

function Labelled({
  id,
  label,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}
