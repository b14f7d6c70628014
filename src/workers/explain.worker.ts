/** Shell around `explain`, the comparison and the packed form: messages in, what is to be said of them out. */
import { compareMessages } from '../protocol/compare/compare.ts';
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import { explain } from '../protocol/explain/explain.ts';
import type { Explanation } from '../protocol/explain/explanation.ts';
import { packRequest, packResponse } from '../protocol/packed/write.ts';
import { bytesOf } from '../recording/record.ts';
import type {
  ExplainAnswer,
  ExplainQuestion,
  ExplainReport,
  MessageSizes,
  MessageToExplain,
} from './messages.ts';

const tell = (report: ExplainReport): void => self.postMessage(report);

function explanationOf({ body, context, request }: MessageToExplain): Explanation {
  const { edition } = context;
  const asked =
    request === undefined || edition === undefined
      ? undefined
      : codecOf(edition).decodeRequest(bytesOf(request));
  return explain(bytesOf(body), {
    ...context,
    ...(asked?.ok === true && { asked: askedBy(asked.message) }),
  });
}

const told = (message: MessageToExplain) => ({
  body: bytesOf(message.body),
  root: explanationOf(message).root,
});

async function measure(message: MessageToExplain): Promise<MessageSizes> {
  const body = Uint8Array.from(bytesOf(message.body));
  const [gzip, deflate] = await Promise.all([compressed(body, 'gzip'), compressed(body, 'deflate')]);
  const { message: meant } = explanationOf(message);
  const packed = meant && ('outcome' in meant ? packResponse(meant) : packRequest(meant));
  return { plain: body.length, gzip, deflate, ...(packed && { packed: packed.length }) };
}

async function compressed(body: Uint8Array<ArrayBuffer>, format: 'gzip' | 'deflate'): Promise<number> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream(format));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

async function answer(question: ExplainQuestion): Promise<ExplainAnswer> {
  switch (question.kind) {
    case 'explain':
      return { kind: 'explained', explanation: explanationOf(question.message) };
    case 'compare':
      return { kind: 'compared', comparison: compareMessages(told(question.before), told(question.after)) };
    case 'measure':
      return { kind: 'measured', sizes: await measure(question.message) };
    default:
      return question satisfies never;
  }
}

self.onmessage = async ({ data }: MessageEvent<ExplainQuestion>) => {
  const { id } = data;
  try {
    tell({ ...(await answer(data)), id });
  } catch (cause) {
    tell({ kind: 'fault', id, message: cause instanceof Error ? cause.message : String(cause) });
  }
};
