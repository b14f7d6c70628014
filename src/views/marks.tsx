/** A peer as the graph draws it, small: SEED a full disc with a rim, LEECH a ring whose arc is its share; a diamond is not ours. */
import type { PeerMode } from '../protocol/message.ts';

interface PeerMarkProps {
  readonly mode: PeerMode;
  /** Share of the chunks held, 0 to 1. */
  readonly share: number;
  /** Not one of ours. */
  readonly foreign?: boolean;
}

const RADIUS = 5.5;
const ROUND = 2 * Math.PI * RADIUS;

export function PeerMark({ mode, share, foreign = false }: PeerMarkProps) {
  if (foreign)
    return (
      <svg className="peer-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
          d="M8 1.6 14.4 8 8 14.4 1.6 8z"
          fill={mode === 'SEED' ? 'var(--seed)' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {mode === 'LEECH' && <path d="M8 5.2 10.8 8 8 10.8 5.2 8z" fill="var(--leech)" />}
      </svg>
    );
  return (
    <svg className="peer-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {mode === 'SEED' ? (
        <>
          <circle cx="8" cy="8" r="4.4" fill="var(--seed)" />
          <circle cx="8" cy="8" r="6.6" fill="none" stroke="var(--seed)" strokeWidth="1.3" />
        </>
      ) : (
        <>
          <circle
            cx="8"
            cy="8"
            r={RADIUS}
            fill="none"
            stroke="var(--leech)"
            strokeOpacity="0.3"
            strokeWidth="2"
          />
          <circle
            cx="8"
            cy="8"
            r={RADIUS}
            fill="none"
            stroke="var(--leech)"
            strokeWidth="2.6"
            strokeDasharray={`${share * ROUND} ${ROUND}`}
            transform="rotate(-90 8 8)"
          />
        </>
      )}
    </svg>
  );
}
