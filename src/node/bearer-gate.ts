/** Bearer tokens (RFC 6750), in the header Authorization or as a gu -06 AuthToken; never in the URI, which ends up in logs. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Identity } from '../tracker/access.ts';
import type { BearerEntry } from './access-file.ts';
import type { Gate, Verdict } from './access-gate.ts';

const CHALLENGE = 'Bearer realm="PPSP tracker"';
/** RFC 6750 §3.1: only who sent a token is told that it is none. */
const INVALID = `${CHALLENGE}, error="invalid_token", error_description="The token is not known here"`;

export class BearerGate implements Gate {
  /** By the hash under a key that nobody knows: how long a look-up takes says nothing of the tokens. */
  readonly #identities: ReadonlyMap<string, Identity>;
  readonly #key = randomBytes(32);

  constructor(entries: readonly BearerEntry[]) {
    this.#identities = new Map(
      entries.map(({ tokenHash, identity }) => [this.#blind(Buffer.from(tokenHash, 'hex')), identity]),
    );
  }

  judge({ headers: { authorization } }: IncomingMessage): Verdict {
    const [, token] = /^Bearer(?: +(.*))?$/i.exec(authorization ?? '') ?? [];
    if (authorization !== undefined) {
      const identity = token === undefined ? undefined : this.#identityOf(token);
      const challenges = (): string[] => [token === undefined ? CHALLENGE : INVALID];
      return {
        access: identity === undefined ? { kind: 'unknown' } : { kind: 'known', identity },
        challenges,
      };
    }
    let wasSent = false;
    const byToken = (sent: string): Identity | undefined => {
      wasSent = true;
      return this.#identityOf(sent);
    };
    return { access: { kind: 'unknown', byToken }, challenges: () => [wasSent ? INVALID : CHALLENGE] };
  }

  #identityOf(token: string): Identity | undefined {
    return this.#identities.get(this.#blind(createHash('sha256').update(token).digest()));
  }

  #blind(hash: Uint8Array): string {
    return createHmac('sha256', this.#key).update(hash).digest('base64');
  }
}
