/** A peer as the graph draws it, small: SEED a full disc with a rim, LEECH a ring whose arc is its share. */
import type { PeerMode } from '../protocol/message.ts';

interface PeerMarkProps {
  readonly mode: PeerMode;
  /** Share of the chunks held, 0 to 1. */
  readonly share: number;
}

const RADIUS = 5.5;
const ROUND = 2 * Math.PI * RADIUS;

export function PeerMark({ mode, share }: PeerMarkProps) {
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
