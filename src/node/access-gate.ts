/** Who may speak to the tracker (`--auth`): found out from a request's headers, before its body is looked at. */
import type { IncomingMessage } from 'node:http';
import type { Access } from '../tracker/access.ts';
import type { AccessList } from './access-file.ts';
import { BearerGate } from './bearer-gate.ts';
import { DigestGate } from './digest-gate.ts';
import { isLoopbackHost } from './relay-access.ts';
import type { ServerOptions } from './server.ts';

export interface Verdict {
  readonly access: Access;
  /** What proof is wanted, should the answer be 401: values of WWW-Authenticate. */
  readonly challenges: () => readonly string[];
}

export interface Gate {
  /** To be asked once for a request: the count of a nonce is used up by it. `now` in milliseconds, never running backwards. */
  judge(request: IncomingMessage, now: number): Verdict;
}

export const gateOf = (list: AccessList): Gate =>
  list.scheme === 'bearer' ? new BearerGate(list.entries) : new DigestGate(list);

/** For people, when what authenticates passes where others can read it (RFC 6750 §5.3, RFC 7616 §5.1). */
export function plainAccessWarning({
  access,
  tls,
  host,
}: Pick<ServerOptions, 'access' | 'tls' | 'host'>): string | undefined {
  if (access === undefined || tls !== undefined || isLoopbackHost(host)) return undefined;
  const risk =
    access.scheme === 'bearer'
      ? 'whoever sees a request on its way can use its token'
      : 'whoever sees a request on its way can change it, and try passwords at leisure';
  return `Warning: --auth without --tls-cert and --tls-key on ${host}: ${risk}.`;
}
