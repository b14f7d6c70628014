/** Shell around `explain`: a message in, what is to be said of it out. */
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import { explain } from '../protocol/explain/explain.ts';
import type { Explanation } from '../protocol/explain/explanation.ts';
import { encodeText } from '../protocol/text.ts';
import type { ExplainQuestion, ExplainReport } from './messages.ts';

const tell = (report: ExplainReport): void => self.postMessage(report);

function answer({ text, context, request }: ExplainQuestion): Explanation {
  const { edition } = context;
  const asked =
    request === undefined || edition === undefined
      ? undefined
      : codecOf(edition).decodeRequest(encodeText(request));
  return explain(encodeText(text), {
    ...context,
    ...(asked?.ok === true && { asked: askedBy(asked.message) }),
  });
}

self.onmessage = ({ data }: MessageEvent<ExplainQuestion>) => {
  const { id } = data;
  try {
    tell({ kind: 'explained', id, explanation: answer(data) });
  } catch (cause) {
    tell({ kind: 'fault', id, message: cause instanceof Error ? cause.message : String(cause) });
  }
};
