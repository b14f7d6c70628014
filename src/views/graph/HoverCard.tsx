/** What is under the pointer, in words, beside it. */
import type { FeedSwarm } from '../../dashboard/feed.ts';
import { formatCount, formatPercent, formatPerSecond, formatRate, plural, shortId } from '../format.ts';
import type { GraphHover, GraphTarget } from './messages.ts';

interface Props {
  readonly hover: GraphHover;
  readonly swarms: readonly FeedSwarm[];
}

const HEALTH = { unknown: 'not asked yet', ok: 'answers', trouble: 'no good answer' } as const;

function Facts({ target, swarms }: { readonly target: GraphTarget; readonly swarms: readonly FeedSwarm[] }) {
  switch (target.kind) {
    case 'peer': {
      const mode = target.seed ? 'SEED' : 'LEECH';
      return (
        <>
          <p className="graph-card-title">
            <code>{target.peerId === '' ? `peer ${target.handle}` : shortId(target.peerId)}</code>
            <span className={target.seed ? 'graph-card-seed' : 'graph-card-leech'}>
              {target.seed || target.foreign ? mode : `${mode} ${formatPercent(target.share)}`}
            </span>
          </p>
          <p>
            {swarms[target.swarm]?.id ?? ''} · {target.phase}
            {!target.foreign && <> · {plural(target.links, 'link')}</>}
          </p>
          {target.foreign ? (
            <p>foreign: not one of this page&rsquo;s peers</p>
          ) : (
            <p>
              ↓ {formatRate(target.download)} ↑ {formatRate(target.upload)}
            </p>
          )}
          <p>
            speaks {target.edition}
            {target.asn > 0 && <> · AS{target.asn}</>}
          </p>
          {!target.foreign && (
            <p>
              on {plural(target.handedOut, 'list')}, {formatCount(target.handedOutLately)} in the last minute
            </p>
          )}
        </>
      );
    }
    case 'swarm':
      return (
        <>
          <p className="graph-card-title">{swarms[target.swarm]?.id ?? ''}</p>
          <p>
            {plural(target.peers, 'peer')} · {plural(target.seeds, 'seed')}
            {target.foreign > 0 && <> · {target.foreign} foreign</>}
          </p>
          <p>click to look inside</p>
        </>
      );
    case 'tracker':
      return (
        <>
          <p className="graph-card-title">tracker</p>
          <p>
            {HEALTH[target.health]} · {formatPerSecond(target.rate)} requests/s
          </p>
        </>
      );
    default:
      return target satisfies never;
  }
}

export function HoverCard({ hover, swarms }: Props) {
  const { width, height } = hover;
  const leftwards = hover.x > width - 240;
  const gap = hover.reach + 10;
  const x = hover.target.kind === 'swarm' ? hover.x : hover.x + (leftwards ? -gap : gap);
  const y = Math.min(height - 60, Math.max(60, hover.y));
  const across = hover.target.kind === 'swarm' ? '-50%' : leftwards ? '-100%' : '0';
  return (
    <div className="graph-card" style={{ transform: `translate(${x}px, ${y}px) translate(${across}, -50%)` }}>
      <Facts target={hover.target} swarms={swarms} />
    </div>
  );
}
