/** What a simulation reports of an exchange, as a record. */
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { present } from '../protocol/reading.ts';
import type { Exchange } from '../simulation/report.ts';
import type { RecordedExchange } from './record.ts';

/** `swarmNames`: IDs of the scenario's swarms, in its order. */
export function recordOfSimulated(exchange: Exchange, swarmNames: readonly string[]): RecordedExchange {
  const { result } = exchange;
  const swarm = swarmNames[exchange.swarm];
  const facts = {
    id: exchange.id,
    time: exchange.at,
    clock: 'run' as const,
    took: exchange.took,
    from: 'simulated' as const,
    peerId: exchange.peerId,
    swarms: swarm === undefined ? [] : [swarm],
    edition: exchange.edition,
    method: exchange.method,
    transactionId: exchange.transactionId,
    url: exchange.url,
    attempt: exchange.attempt,
    purpose: exchange.purpose,
    ...(isLeaving(exchange) ? { leaves: true as const } : {}),
    request: {
      contentType: exchange.requestType,
      body: exchange.requestText,
      bytes: exchange.requestBytes,
    },
  };
  if (result.kind === 'failed')
    return { ...facts, verdict: 'failed', findings: { request: 0, response: 0 }, result };
  const { status, reason, contentType, responseBytes, verdict, detail, findings } = result;
  const body = result.responseRaw ?? result.responseText;
  return {
    ...facts,
    verdict,
    ...(verdict === 'error' ? present('error', errorIn(detail)) : {}),
    findings: { request: 0, response: verdict === 'unreadable' ? 1 : findings.length },
    result: { kind: 'answered', status, reason, contentType, body, bytes: responseBytes },
  };
}

/** The purpose of a CONNECT that leaves begins with the word. */
const isLeaving = ({ method, purpose }: Exchange): boolean =>
  method === 'LEAVE' || method === 'DISCONNECT' || purpose.startsWith('LEAVE');

/** A report's detail begins with the error's name. */
function errorIn(detail: string): ErrorName | undefined {
  const [name = ''] = detail.split(':', 1);
  return Object.hasOwn(ERRORS, name) ? (name as ErrorName) : undefined;
}
