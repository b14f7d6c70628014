/** What the signs mean, drawn as the graph draws them. */
import type { ReactNode } from 'react';
import { COLOUR_NAMES, COLOURINGS, SIGN_CLASSES, type ColourBy } from './colouring.ts';

interface SignProps {
  readonly name: string;
  /** Left out where there is little room. */
  readonly extra?: boolean;
  /** Shows those of this sign alone, or lets go; without it, it is only explained. */
  readonly choice?: { readonly chosen: boolean; readonly onToggle: () => void } | undefined;
  readonly children: ReactNode;
}

function Sign({ name, extra = false, choice, children }: SignProps) {
  const words = (
    <>
      <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {children}
      </svg>
      {name}
    </>
  );
  return (
    <li className={extra ? 'graph-sign-extra' : undefined}>
      {choice === undefined ? (
        words
      ) : (
        <button
          type="button"
          className="graph-sign-choice"
          aria-pressed={choice.chosen}
          title={choice.chosen ? 'Show all again' : `Show only: ${name}`}
          onClick={choice.onToggle}
        >
          {words}
        </button>
      )}
    </li>
  );
}

const SIGNS: Record<(typeof SIGN_CLASSES)[number], { readonly name: string; readonly picture: ReactNode }> = {
  seed: { name: 'SEED', picture: <circle className="graph-sign-seed" cx="10" cy="10" r="7" /> },
  leech: {
    name: 'LEECH, arc = share',
    picture: (
      <>
        <circle className="graph-sign-track" cx="10" cy="10" r="6.4" />
        <path className="graph-sign-arc" d="M10 3.6A6.4 6.4 0 1 1 4.46 13.2" />
      </>
    ),
  },
  silent: {
    name: 'silent',
    picture: (
      <>
        <circle className="graph-sign-silent" cx="10" cy="10" r="6.6" />
        <circle className="graph-sign-was" cx="10" cy="10" r="2.6" />
      </>
    ),
  },
  foreign: {
    name: 'foreign',
    picture: (
      <>
        <path className="graph-sign-foreign" d="M10 2.6 17.4 10 10 17.4 2.6 10z" />
        <path className="graph-sign-foreign-heart" d="M10 6.8 13.2 10 10 13.2 6.8 10z" />
      </>
    ),
  },
  joining: {
    name: 'joining',
    picture: <circle className="graph-sign-joining" cx="10" cy="10" r="4" />,
  },
};

export interface Paint {
  readonly by: ColourBy;
  /** Indices of the classes that stand out; none: all do. */
  readonly chosen: readonly number[];
}

interface LegendProps {
  readonly paint: Paint;
  /** Of the classes. */
  readonly names: readonly string[];
  /** Of the classes; empty where these are the signs. */
  readonly colours: readonly string[];
  readonly onPaint: (paint: Paint) => void;
}

/** What is counted, where the name cannot say it. */
const ABOUT: Partial<Record<ColourBy, string>> = {
  handouts: 'How often each peer was on a list in an answer to this page\u2019s peers, since the run began',
  lately: 'How often each peer was on a list in an answer to this page\u2019s peers, within the last minute',
  asn: 'The autonomous systems with most peers; all others share a colour',
};

export function Legend({ paint, names, colours, onPaint }: LegendProps) {
  const { by, chosen } = paint;
  const choice = (i: number) => ({
    chosen: chosen.includes(i),
    onToggle: () =>
      onPaint({ by, chosen: chosen.includes(i) ? chosen.filter((one) => one !== i) : [...chosen, i] }),
  });
  return (
    <ul className="graph-legend" aria-label="Legend">
      <li>
        <label className="graph-colour" title={ABOUT[by]}>
          colour
          <select
            name="colour by"
            value={by}
            onChange={({ target }) =>
              onPaint({ by: COLOURINGS.find((one) => one === target.value) ?? 'mode', chosen: [] })
            }
          >
            {COLOURINGS.map((one) => (
              <option key={one} value={one}>
                {COLOUR_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
      </li>
      {by !== 'mode' &&
        names.map((name, i) => (
          <Sign key={name} name={name} choice={choice(i)}>
            <circle cx="10" cy="10" r="7" fill={colours[i] ?? 'none'} className="graph-sign-class" />
          </Sign>
        ))}
      {SIGN_CLASSES.map((sign, i) => (
        <Sign
          key={sign}
          name={SIGNS[sign].name}
          choice={by === 'mode' ? choice(i) : undefined}
          extra={by !== 'mode'}
        >
          {SIGNS[sign].picture}
        </Sign>
      ))}
      {by === 'mode' && <TrafficSigns />}
    </ul>
  );
}

function TrafficSigns() {
  return (
    <>
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
    </>
  );
}
