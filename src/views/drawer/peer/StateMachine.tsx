/** The per-peer state machine of the standard, with the state the peer is in and the way it went last. */
import { stateEdges, wentAlong } from '../../../dashboard/peer-states.ts';
import type { PeerDetail } from '../../../dashboard/state.ts';
import type { PeerState } from '../../../protocol/rules.ts';
import { formatStamp } from '../../format.ts';
import { BOXES, HEIGHT, WIDTH, wayOf } from './state-layout.ts';

export function StateMachine({ detail }: { readonly detail: PeerDetail }) {
  const { state, transition, speaks } = detail;
  const edges = stateEdges(speaks);
  return (
    <section className="peer-section">
      <h3>State machine</h3>
      <svg
        className="states"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`State ${state} of START, PEER REGISTERED, TRACKING and TERMINATE`}
      >
        <defs>
          <marker
            id="state-tip"
            viewBox="0 0 6 6"
            refX="4"
            refY="3"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className="state-tip" d="M0 0 6 3 0 6z" />
          </marker>
        </defs>
        {edges.map((edge) => (
          <path
            key={`${edge.from} ${edge.to}`}
            className="state-way"
            data-latest={wentAlong(edge, transition) ? '' : undefined}
            d={wayOf(edge.from, edge.to)}
            markerEnd="url(#state-tip)"
          >
            <title>{edge.events.join(', ')}</title>
          </path>
        ))}
        {(Object.keys(BOXES) as PeerState[]).map((name) => {
          const { x, y, width, height } = BOXES[name];
          return (
            <g key={name} className="state" data-present={name === state ? '' : undefined}>
              <rect x={x} y={y} width={width} height={height} rx="5" />
              <text x={x + width / 2} y={y + height / 2}>
                {name}
              </text>
            </g>
          );
        })}
      </svg>
      {transition !== undefined && (
        <p className="soft small">
          {transition.from} → {transition.to}
          {transition.by === undefined ? ', without an answer' : ` by ${transition.by}`} at{' '}
          {formatStamp(transition.at)}
        </p>
      )}
    </section>
  );
}
