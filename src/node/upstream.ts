/** Requests of ours to one other server: for the relay and for the recording proxy. */
import { Agent, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import type { RelayCause } from '../transport/relay.ts';

export interface UpstreamRequest {
  readonly method: string;
  /** Path and query, as they shall stand in the request line. */
  readonly path: string;
  /** Names and values in turn; Host is among them. */
  readonly headers: readonly string[];
  readonly body: Uint8Array;
}

/** Connections to the server at once; what is more waits its turn. */
const MAX_SOCKETS = 64;

export class Upstream {
  readonly #origin: URL;
  readonly #agent: Agent;

  /** `origin`: `http://` or `https://`, host and port. */
  constructor(origin: string) {
    this.#origin = new URL(origin);
    const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
    this.#agent = this.#origin.protocol === 'https:' ? new SecureAgent(options) : new Agent(options);
  }

  /** Host and, unless it is the scheme's own, port: what belongs in the header Host. */
  get host(): string {
    return this.#origin.host;
  }

  /**
   * Resolves with the head of the answer, its body yet to be read; redirects are answers like others. Rejects when
   * none comes; `causeOf` says why.
   */
  send(request: UpstreamRequest, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const attempt = (first: boolean): void => {
        const outgoing = this.#open(request, signal);
        outgoing.on('response', resolve);
        outgoing.on('error', (error: NodeJS.ErrnoException) => {
          // The server closed an idle connection in the moment in which it was used again.
          const stale = outgoing.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
          if (stale && first) attempt(false);
          else reject(error);
        });
        outgoing.end(request.body);
      };
      attempt(true);
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #open({ method, path, headers }: UpstreamRequest, signal: AbortSignal): ClientRequest {
    const { protocol, hostname, port } = this.#origin;
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    return send({
      agent: this.#agent,
      // Node takes IPv6 addresses without the brackets of URLs.
      hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method,
      path,
      headers,
      signal,
    });
  }
}

const CAUSES: Readonly<Record<string, RelayCause>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ETIMEDOUT: 'no-answer',
  EPROTO: 'tls',
};

/** OpenSSL's verdicts on certificates, and Node's own codes for TLS. */
const OF_TLS =
  /^(ERR_(TLS|SSL)|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH)/;

/** Why no answer came. */
export function causeOf(error: unknown): RelayCause {
  if (!(error instanceof Error)) return 'broken';
  if (error.name === 'TimeoutError' || (error.cause instanceof Error && error.cause.name === 'TimeoutError'))
    return 'no-answer';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (OF_TLS.test(code)) return 'tls';
  if (code.startsWith('HPE_')) return 'not-http';
  return CAUSES[code] ?? 'broken';
}
