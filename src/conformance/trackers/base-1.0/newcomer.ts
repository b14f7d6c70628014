/** base-01 has no FIND: whoever wants to know who is in a swarm joins it. */
import type { SwarmId } from '../../../protocol/ids.ts';
import type { SuccessResponse } from '../../../protocol/message.ts';
import { connect, join } from '../../requests.ts';
import type { ConnectOptions } from '../../requests.ts';
import type { TrackerBench } from '../../tracker-bench.ts';
import { given } from '../../verify.ts';

/** What a new LEECH is answered; a step before the point of a case. */
export async function newcomer(
  bench: TrackerBench,
  swarm: SwarmId,
  options: ConnectOptions = {},
): Promise<SuccessResponse> {
  const request = connect(bench, bench.peerId(), [join(swarm)], options);
  return given(await bench.send(request, { step: 'CONNECT: a newcomer joins as LEECH' }));
}
