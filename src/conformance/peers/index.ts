/** Every case about peers. */
import type { PeerCase } from '../peer-bench.ts';
import { BASE10_PEERS } from './base10.ts';
import { EXTENDED11_PEERS } from './extended11.ts';
import { GU04_PEERS } from './gu04.ts';
import { RFC7846_PEERS } from './rfc7846.ts';

export const PEER_CASES: readonly PeerCase[] = [
  ...RFC7846_PEERS,
  ...EXTENDED11_PEERS,
  ...BASE10_PEERS,
  ...GU04_PEERS,
];
