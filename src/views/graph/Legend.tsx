/** What the signs mean, drawn as the graph draws them. */
import type { ReactNode } from 'react';

interface SignProps {
  readonly name: string;
  /** Left out where there is little room. */
  readonly extra?: boolean;
  readonly children: ReactNode;
}

function Sign({ name, extra = false, children }: SignProps) {
  return (
    <li className={extra ? 'graph-sign-extra' : undefined}>
      <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {children}
      </svg>
      {name}
    </li>
  );
}

export function Legend() {
  return (
    <ul className="graph-legend" aria-label="Legend">
      <Sign name="SEED">
        <circle className="graph-sign-seed" cx="10" cy="10" r="7" />
      </Sign>
      <Sign name="LEECH, arc = share of chunks">
        <circle className="graph-sign-track" cx="10" cy="10" r="6.4" />
        <path className="graph-sign-arc" d="M10 3.6A6.4 6.4 0 1 1 4.46 13.2" />
      </Sign>
      <Sign name="silent">
        <circle className="graph-sign-silent" cx="10" cy="10" r="6.6" />
        <circle className="graph-sign-was" cx="10" cy="10" r="2.6" />
      </Sign>
      <Sign name="foreign: a peer that is not ours">
        <path className="graph-sign-foreign" d="M10 2.6 17.4 10 10 17.4 2.6 10z" />
        <path className="graph-sign-foreign-heart" d="M10 6.8 13.2 10 10 13.2 6.8 10z" />
      </Sign>
      <Sign name="joining">
        <circle className="graph-sign-joining" cx="10" cy="10" r="4" />
      </Sign>
      <Sign name="link" extra>
        <path className="graph-sign-link" d="M1.5 14.5 18.5 5.5" />
      </Sign>
      <Sign name="request" extra>
        <circle className="graph-sign-request" cx="10" cy="10" r="3.8" />
      </Sign>
      <Sign name="answer" extra>
        <circle className="graph-sign-answer" cx="10" cy="10" r="3.4" />
      </Sign>
      <Sign name="error" extra>
        <circle className="graph-sign-error" cx="10" cy="10" r="3.4" />
      </Sign>
      <Sign name="listed to the selected peer">
        <path className="graph-sign-listed" d="M1.5 14.5Q8 7 15 9" />
        <path className="graph-sign-tip" d="M19.5 10.6 13 6l-.6 6z" />
      </Sign>
    </ul>
  );
}
