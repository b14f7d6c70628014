/** What can be done about any selected peer, ours or not. */
import type { PeerHandle } from '../../../dashboard/feed.ts';
import { useDashboard } from '../../context.tsx';
import type { PictureActions } from '../state.ts';

interface SelectionActionsProps {
  readonly peer: PeerHandle;
  readonly ended: boolean;
  readonly picture: PictureActions;
}

export function SelectionActions({ peer, ended, picture }: SelectionActionsProps) {
  const { commands } = useDashboard();
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={ended}
        title="The picture follows this peer (f)"
        onClick={() => picture.follow()}
      >
        Follow
      </button>
      <button
        type="button"
        className="button"
        disabled={ended}
        aria-pressed={picture.pins.includes(peer)}
        title="It stays where it is in the picture, or is let go (m in the picture)"
        onClick={() => picture.turnPin()}
      >
        Pin
      </button>
      <button
        type="button"
        className="button button-quiet"
        title="Clear the selection (Esc)"
        onClick={() => commands.select(undefined)}
      >
        Clear
      </button>
    </>
  );
}
