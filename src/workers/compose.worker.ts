/** Shell around the composer's cores: forms and texts, each made of the other, and messages sent as often as asked. */
import { bytesOf } from '../recording/record.ts';
import type { RecordedMessage } from '../recording/record.ts';
import { blankForm } from './compose/form.ts';
import { composeGuide } from './compose/guide.ts';
import { send } from './compose/send.ts';
import type { Sent } from './compose/send.ts';
import { read, write } from './compose/write.ts';
import { lineTo } from './line-to-tracker.ts';
import type {
  ComposeAnswer,
  ComposeAsk,
  ComposeCommand,
  ComposedNews,
  ComposeReport,
  SendOrder,
} from './messages.ts';

/** Milliseconds between two words of a sending under way. */
const STEP = 125;
/** Exchanges told to the page with one word: it shows the latest of them, the recording has all. */
const MOST_TOLD = 40;
/** Exchange numbers of the composer begin where neither simulated nor foreign ones come to. */
const FIRST = 2 ** 49;

let exchanges = FIRST;
let record: MessagePort | undefined;
const cancelled = new Map<number, () => void>();

const tell = (report: ComposeReport): void => self.postMessage(report);
const tellRecord = (news: ComposedNews): void => record?.postMessage(news);

/** crypto.randomUUID is for secure contexts alone. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function answer(ask: ComposeAsk): ComposeAnswer {
  switch (ask.kind) {
    case 'guide':
      return { kind: 'guide', guide: composeGuide() };
    case 'blank':
      return {
        kind: 'blank',
        form: blankForm(ask.edition, ask.method, { peerId: ask.peerId ?? newId(), transactionId: newId() }),
      };
    case 'write':
      return { kind: 'written', written: write(ask.form) };
    case 'read':
      return { kind: 'read', read: read(bytesOf(ask.body)) };
    default:
      return ask satisfies never;
  }
}

async function obey({ job, plan, access }: SendOrder): Promise<void> {
  let isCancelled = false;
  let wake: (() => void) | undefined;
  cancelled.set(job, () => {
    isCancelled = true;
    wake?.();
  });
  let done = 0;
  let batch: Sent[] = [];
  const report = (): void => {
    tell({ kind: 'sent', job, done, latest: batch });
    batch = [];
  };
  const timer = setInterval(report, STEP);
  try {
    await send(plan, {
      transport: lineTo(access),
      now: () => performance.timeOrigin + performance.now(),
      wait: (milliseconds) =>
        new Promise((resolve) => {
          const due = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(due);
            resolve();
          };
        }),
      newId,
      newNumber: () => exchanges++,
      isCancelled: () => isCancelled,
      sending: (request: RecordedMessage) => tellRecord({ kind: 'sending', request }),
      sent: (sent) => {
        done++;
        batch = [...batch, sent].slice(-MOST_TOLD);
        tellRecord({ kind: 'sent', exchange: sent.exchange });
      },
    });
  } finally {
    clearInterval(timer);
    cancelled.delete(job);
    report();
    tell({ kind: 'done', job });
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

self.onmessage = ({ data }: MessageEvent<ComposeCommand>) => {
  switch (data.kind) {
    case 'record':
      record = data.port;
      return;
    case 'send':
      obey(data.order).catch((cause: unknown) => tell({ kind: 'fault', message: messageOf(cause) }));
      return;
    case 'cancel':
      cancelled.get(data.job)?.();
      return;
    case 'ask':
      try {
        tell({ kind: 'answer', id: data.id, answer: answer(data.ask) });
      } catch (cause) {
        tell({ kind: 'fault', id: data.id, message: messageOf(cause) });
      }
      return;
    default:
      data satisfies never;
  }
};
