/** A tracker with a clock of its own, and what its answers say, for the tests of this folder. */
import type { PeerAddress, Request, Response, SuccessResponse } from '../protocol/message.ts';
import type { TrackerEvent, TrackerOptions } from './api.ts';
import type { PeerSelection } from './selection.ts';
import { at, dice } from './testing.ts';
import { createTracker } from './tracker.ts';

export const startTracker = (options: Partial<TrackerOptions> = {}, selection?: PeerSelection) => {
  const tracker = createTracker(options, 0, selection);
  const random = dice(42);
  let now = 0;
  return {
    tracker,
    wait: (ms: number) => (now += ms),
    say: (request: Request, remote = at(0).remote) => tracker.handle(request, { now, random, remote }),
    stats: () => tracker.stats(now),
  };
};

export function success(response: Response): SuccessResponse {
  if (response.outcome !== 'success') throw new Error(`refused: ${response.error} ${response.detail}`);
  return response;
}

export const errorOf = (response: Response) => (response.outcome === 'failure' ? response.error : undefined);

export const listed = (response: Response, swarm = 'a') =>
  success(response)
    .peerLists.filter(({ swarmId }) => swarmId === swarm)
    .flatMap(({ peers }) => peers.map(({ peerId }) => String(peerId)));

export const host = (port: number, type: PeerAddress['type'] = 'HOST', priority = 0): PeerAddress => ({
  addressType: 'ipv4',
  address: '192.0.2.1',
  port,
  priority,
  type,
});

export const kinds = (events: readonly TrackerEvent[]) =>
  events.map((event) => {
    if (event.kind === 'tracker') return event.state;
    return event.kind === 'deregistered' ? `deregistered ${event.reason}` : event.kind;
  });
