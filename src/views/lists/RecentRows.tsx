/** The latest lists, a row each. */
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { ListFacts } from '../../dashboard/observed.ts';
import { formatStamp } from '../format.ts';
import type { Names } from './names.ts';
import type { Chosen } from './pair.ts';
import { percent } from './words.ts';

interface RecentRowsProps {
  readonly lists: readonly ListFacts[];
  readonly chosen: Chosen | undefined;
  readonly names: Names;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onPick: (peer: PeerHandle) => void;
}

export function RecentRows({ lists, chosen, names, onChoose, onPick }: RecentRowsProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">At</th>
          <th scope="col">Asker</th>
          <th scope="col">Method</th>
          <th scope="col" title="Peers on it, of how many were asked for">
            Size
          </th>
          <th scope="col">Gone</th>
          <th scope="col" title="With the asker’s list before: share of both lists’ peers that is on both">
            Alike
          </th>
          <th scope="col">Compare</th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <tr key={list.list}>
            <td>{formatStamp(list.at)}</td>
            <td>
              <button
                type="button"
                className="lists-peer mono"
                title={names.full(list.asker)}
                onClick={() => onPick(list.asker)}
              >
                {names.short(list.asker)}
              </button>
            </td>
            <td>{list.method}</td>
            <td>
              {list.size}
              {list.wanted !== undefined && <span className="soft"> of {list.wanted}</span>}
            </td>
            <td>
              {list.gone + list.unknown === 0
                ? '0'
                : `${list.gone}${list.unknown > 0 ? ` + ${list.unknown} unknown` : ''}`}
            </td>
            <td>
              {list.overlap === undefined || list.before === undefined ? (
                <span className="soft">–</span>
              ) : (
                <button
                  type="button"
                  className="lists-peer"
                  title="Hold it against the asker’s list before"
                  onClick={() => onChoose({ a: list.before ?? list.list, b: list.list })}
                >
                  {percent(list.overlap)}
                </button>
              )}
            </td>
            <td className="lists-choose">
              {(['a', 'b'] as const).map((side) => (
                <button
                  key={side}
                  type="button"
                  className="button button-small"
                  aria-pressed={chosen?.[side] === list.list}
                  aria-label={`List of ${formatStamp(list.at)} as ${side.toUpperCase()}`}
                  onClick={() =>
                    onChoose({ a: chosen?.a ?? list.list, b: chosen?.b ?? list.list, [side]: list.list })
                  }
                >
                  {side.toUpperCase()}
                </button>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
