/** What is to be said of an exchange's messages, read off the page: field by field, how large, and how two differ. */
import { createExplainer, type Explained, type Explainer, type Fault } from '../workers/client.ts';
import type {
  Body,
  MessageComparison,
  MessageSizes,
  MessageToExplain,
  RecordedExchange,
} from '../workers/messages.ts';

export type { Explained } from '../workers/client.ts';
export type {
  ExplainedNode,
  Explanation,
  FieldChange,
  Hunk,
  MessageComparison,
  MessageSizes,
} from '../workers/messages.ts';

export const SIDES = ['request', 'response'] as const;
export type Side = (typeof SIDES)[number];

/** None of them ever rejects. `undefined`: there is no such message, for no answer came or it was not recorded. */
export interface Explanations {
  of(exchange: RecordedExchange, side: Side): Promise<Explained | undefined>;
  sizes(exchange: RecordedExchange, side: Side): Promise<MessageSizes | undefined>;
  /** Of a request in whatever edition it is in. */
  read(body: Body): Promise<Explained>;
  /** From the earlier to the later. */
  compare(
    before: RecordedExchange,
    after: RecordedExchange,
    side: Side,
  ): Promise<MessageComparison | Fault | undefined>;
}

export function createExplanations(explainer: Explainer = createExplainer()): Explanations {
  return {
    async of(exchange, side) {
      const message = messageOf(exchange, side);
      return message && explainer.explain(message);
    },
    async sizes(exchange, side) {
      const message = messageOf(exchange, side);
      const answer = message && (await explainer.measure(message));
      return answer?.kind === 'measured' ? answer.sizes : undefined;
    },
    read: (body) => explainer.explain({ body, context: { kind: 'request' } }),
    async compare(before, after, side) {
      const [from, to] = [messageOf(before, side), messageOf(after, side)];
      const answer = from && to && (await explainer.compare(from, to));
      return answer?.kind === 'compared' ? answer.comparison : answer;
    },
  };
}

/** A response is judged by the edition it was asked in, with its status. */
export function messageOf(
  { edition, method, request, result }: RecordedExchange,
  side: Side,
): MessageToExplain | undefined {
  const spoken = edition === undefined ? {} : { edition };
  if (side === 'request')
    return request.body === undefined
      ? undefined
      : { body: request.body, context: { kind: side, ...spoken } };
  if (result.kind === 'failed' || (result.body === undefined && result.bytes > 0)) return undefined;
  const { status, reason, contentType } = result;
  const http = { status, reason, contentType: contentType === '' ? undefined : contentType };
  return {
    body: result.body ?? '',
    context: { kind: side, ...spoken, ...(method && { answers: method }), http },
    ...(request.body !== undefined && { request: request.body }),
  };
}
