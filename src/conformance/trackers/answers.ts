/** What cases of several editions expect of answers. */
import type { SwarmId } from '../../protocol/ids.ts';
import type { PeerInfo, Request, SuccessResponse } from '../../protocol/message.ts';
import { expect, listOf } from '../verify.ts';

export function expectEcho({ transactionId }: SuccessResponse, request: Request): void {
  expect(transactionId === request.transactionId, 'the transaction ID of the request', 'another one');
}

/** A list with somebody on it, and no one without an address. */
export function expectAddresses(response: SuccessResponse, swarm: SwarmId): void {
  const list = listOf(response, swarm);
  const without = list.filter(({ addresses }) => addresses.length === 0).length;
  expect(
    list.length > 0 && without === 0,
    'peers with addresses',
    `${list.length} peers, ${without} without`,
  );
}

export function expectEachOnce(list: readonly PeerInfo[]): void {
  const { size } = new Set(list.map(({ peerId }) => peerId));
  expect(size === list.length, 'each peer once', `${list.length} entries of ${size} peers`);
}

export function expectAtMost(response: SuccessResponse, swarm: SwarmId, count: number): void {
  const { length } = listOf(response, swarm);
  expect(length <= count, `at most ${count} peers`, `${length} peers`);
}
