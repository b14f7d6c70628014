/** Buttons over the picture: what the hand can do with it, for those without one, too. */
import type { ReactNode } from 'react';
import type { FeedSwarm } from '../../dashboard/feed.ts';
import { plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { COLOUR_NAMES, type ColourBy } from './colouring.ts';
import { ZOOM_STEP } from './gestures.ts';
import type { GraphCommand } from './messages.ts';

interface ToolsProps {
  readonly swarms: readonly FeedSwarm[];
  /** What the discs' colours mean. */
  readonly by: ColourBy;
  readonly classes: readonly string[];
  /** Peers that stay where they were put. */
  readonly pins: number;
  /** The next drag draws around peers. */
  readonly lasso: boolean;
  readonly onLasso: (lasso: boolean) => void;
  readonly send: (command: GraphCommand) => void;
  /** The way to files of the picture. */
  readonly exporting: ReactNode;
}

export function Tools({ swarms, by, classes, pins, lasso, onLasso, send, exporting }: ToolsProps) {
  const zoom = (factor: number): void => send({ kind: 'zoom', factor, about: undefined, smooth: true });
  const gather = (value: string): void => {
    const [from, place] = value.split(' ');
    const index = Number(place);
    if (from === 'swarm') send({ kind: 'gather', from, index, what: `swarm ${swarms[index]?.id ?? ''}` });
    else if (from === 'class')
      send({ kind: 'gather', from, index, what: `${COLOUR_NAMES[by]}: ${classes[index] ?? ''}` });
  };
  return (
    <div className="graph-buttons">
      <div>
        {pins > 0 && (
          <button
            type="button"
            className="button"
            title="Let go of all pinned peers (Shift+M)"
            onClick={() => send({ kind: 'unpin-all' })}
          >
            <Icon name="pin" />
            Unpin {plural(pins, 'peer')}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-pressed={lasso}
          title="Draw a line around peers to pick them (Shift and drag)"
          onClick={() => onLasso(!lasso)}
        >
          Lasso
        </button>
        <select
          className="button graph-pick"
          name="pick peers"
          aria-label="Pick peers: all of a swarm, or of a class"
          title="Pick all peers of a swarm, or of a class"
          value=""
          onChange={({ target }) => gather(target.value)}
        >
          <option value="">Pick…</option>
          <optgroup label="swarm">
            {swarms.map(({ id }, i) => (
              <option key={id} value={`swarm ${i}`}>
                {id}
              </option>
            ))}
          </optgroup>
          <optgroup label={COLOUR_NAMES[by]}>
            {classes.map((name, i) => (
              <option key={name} value={`class ${i}`}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </div>
      <div>
        {exporting}
        <button
          type="button"
          className="button"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => zoom(ZOOM_STEP)}
        >
          +
        </button>
        <button
          type="button"
          className="button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => zoom(1 / ZOOM_STEP)}
        >
          −
        </button>
        <button
          type="button"
          className="button"
          title="Show all swarms (0, or double-click)"
          onClick={() => send({ kind: 'fit' })}
        >
          Fit
        </button>
      </div>
    </div>
  );
}
