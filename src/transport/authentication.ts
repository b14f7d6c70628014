/** A transport that says who asks: Bearer (RFC 6750) or Digest (RFC 7616), as the tracker's challenge has it. */
import { readChallenges } from './challenges.ts';
import { chooseDigest, digestAuthorization } from './digest.ts';
import type { DigestChallenge, DigestUser } from './digest.ts';
import type { Transport, WireAnswer, WireRequest } from './transport.ts';

/** Held in memory only: they stand in no URL, no storage, no log and no recording. */
export type Credentials =
  { readonly scheme: 'bearer'; readonly token: string } | ({ readonly scheme: 'digest' } & DigestUser);

/** `cnonce`: a text that nobody can guess, another each time. */
export function authenticated(
  transport: Transport,
  credentials: Credentials,
  cnonce: () => string,
): Transport {
  switch (credentials.scheme) {
    case 'bearer': {
      const authorization = `Bearer ${credentials.token}`;
      return { send: (request) => transport.send({ ...request, authorization }) };
    }
    case 'digest':
      return digesting(transport, credentials, cnonce);
    default:
      return credentials satisfies never;
  }
}

/** A nonce in use. */
interface Nonce {
  readonly challenge: DigestChallenge;
  count: number;
}

function digesting(transport: Transport, user: DigestUser, cnonce: () => string): Transport {
  let nonce: Nonce | undefined;

  function signed(request: WireRequest, by: Nonce): Promise<WireAnswer> {
    const authorization = digestAuthorization(by.challenge, user, {
      method: 'POST',
      uri: targetOf(request.url),
      count: ++by.count,
      cnonce: cnonce(),
    });
    return transport.send({ ...request, authorization });
  }

  return {
    async send(request) {
      const used = nonce;
      const answer = await (used === undefined ? transport.send(request) : signed(request, used));
      if (answer.kind === 'failed' || answer.status !== 401) return answer;
      const challenge = chooseDigest(readChallenges(answer.authenticate ?? ''));
      // The same nonce again: it was good, but the user or the password is not.
      if (challenge === undefined || challenge.nonce === used?.challenge.nonce) return answer;
      // Stale, or of a server started anew. Requests refused together may bring the same one: its count goes on.
      if (nonce?.challenge.nonce !== challenge.nonce) nonce = { challenge, count: 0 };
      return signed(request, nonce);
    },
  };
}

/** Path and query of a URL, as a request line has them. */
function targetOf(url: string): string {
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  return target.startsWith('/') ? target : `/${target}`;
}
