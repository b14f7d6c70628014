/** What is to be said of an exchange's messages, field by field, read off the page. */
import { createExplainer, type Explained } from '../workers/client.ts';
import type { ExplainQuestion, Exchange } from '../workers/messages.ts';

export type { Explained } from '../workers/client.ts';
export type { ExplainedNode, Explanation } from '../workers/messages.ts';

export type Side = 'request' | 'response';

export interface Explanations {
  /** Never rejects. `undefined`: there is no such message, for no answer came. */
  of(exchange: Exchange, side: Side): Promise<Explained | undefined>;
}

export function createExplanations(): Explanations {
  const explainer = createExplainer();
  return {
    async of(exchange, side) {
      const question = questionOf(exchange, side);
      return question && explainer.explain(question);
    },
  };
}

/** A response is judged by the edition it was asked in, with its status. */
export function questionOf(
  { edition, method, requestText, result }: Exchange,
  side: Side,
): Omit<ExplainQuestion, 'id'> | undefined {
  if (side === 'request') return { text: requestText, context: { kind: side, edition } };
  if (result.kind === 'failed') return undefined;
  const { status, reason, contentType, responseText } = result;
  const http = { status, reason, contentType: contentType === '' ? undefined : contentType };
  return {
    text: responseText,
    context: { kind: side, edition, answers: method, http },
    request: requestText,
  };
}
