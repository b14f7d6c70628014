/** The composer's commands: they keep form and text in step, send, and keep what came of it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EditionId, Method } from '../../protocol/message.ts';
import { createComposer } from '../../workers/client.ts';
import type { ComposeNews, Composer } from '../../workers/client.ts';
import type { Access, Body, MessageForm, RecordedExchange, Sent } from '../../workers/messages.ts';
import type { TrackerProblem } from '../state.ts';
import {
  bodyOfMessage,
  COMPOSE_AT_FIRST,
  contentTypeOf,
  outcomeOf,
  withHistory,
  type ComposeState,
  type HistoryEntry,
  type SendSettings,
} from './state.ts';

/** What a message can be sent as. */
export interface Sender {
  readonly peerId: string;
  readonly edition: EditionId;
}

export interface ComposeDesk {
  readonly store: StoreApi<ComposeState>;
  /** The place is shown: asks for what it needs, unless that is there. */
  enter(): void;
  /** As the peer in hand where there is one; `as`: as another. */
  blank(edition: EditionId, method: Method, as?: string): void;
  /** The message as another peer of the run; of another edition, a new message of the same method where it has it. */
  sendAs(sender: Sender): void;
  /** As a peer that nobody has met. */
  sendAsNew(): void;
  setForm(form: MessageForm): void;
  setText(text: string): void;
  example(name: string): void;
  /** The request of any exchange, to be changed and sent. */
  edit(exchange: RecordedExchange): void;
  set(change: Partial<SendSettings>): void;
  /** The message in hand; does nothing while another sending is on. */
  send(): void;
  /** The very bytes of an exchange once more. */
  resend(exchange: RecordedExchange): void;
  cancel(): void;
  open(number: number): void;
  forget(): void;
}

export interface DeskOptions {
  /** The tracker that is configured now, and the way to it. */
  readonly target: () => { readonly url: string; readonly access: Access };
  /** What is in the way of an exchange that has no answer, or whose answer lets nobody in. */
  readonly explain: (sent: Sent) => TrackerProblem | undefined;
  /** Takes the line through which every exchange is told. */
  readonly onRecord: (port: MessagePort) => void;
  readonly connect?: (
    listener: (news: ComposeNews) => void,
    onRecord: (port: MessagePort) => void,
  ) => Composer;
}

const LOSSY = new TextDecoder('utf-8', { ignoreBOM: true });

export function createComposeDesk({
  target,
  explain,
  onRecord,
  connect = createComposer,
}: DeskOptions): ComposeDesk {
  const store = createStore<ComposeState>(() => COMPOSE_AT_FIRST);
  const composer = connect(hear, onRecord);
  /** Counts changes of the message: what answers an older one is not of this one. */
  let turn = 0;
  let jobs = 0;
  let numbers = 0;
  let asked = false;
  let counts = new Map<string, number>();

  function hear(news: ComposeNews): void {
    switch (news.kind) {
      case 'sent':
        return take(news.job, news.done, news.latest);
      case 'done':
        return end(news.job);
      case 'fault':
        asked = false;
        return store.setState({ failure: news.message, sending: undefined });
      default:
        return news satisfies never;
    }
  }

  function take(job: number, done: number, latest: readonly Sent[]): void {
    const { sending } = store.getState();
    if (sending?.job !== job) return;
    for (const { exchange } of latest) {
      const outcome = outcomeOf(exchange);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    const entries = latest
      .map((sent): HistoryEntry => {
        const problem = explain(sent);
        return { ...sent, number: ++numbers, ...(problem && { problem }) };
      })
      .toReversed();
    store.setState(({ history, open }) => ({
      sending: { ...sending, done },
      history: withHistory(history, entries),
      open: entries[0]?.number ?? open,
    }));
  }

  function end(job: number): void {
    const { sending } = store.getState();
    if (sending?.job !== job) return;
    const { of, done } = sending;
    store.setState({ sending: undefined, outcome: { of, done, counts: Object.fromEntries(counts) } });
  }

  function sendBody(body: Body, contentType: string, more: Partial<SendSettings>): void {
    const state = store.getState();
    if (state.sending !== undefined) return;
    const { url, access } = target();
    const { times, pace, renew, deformations, seed } = { ...state.settings, ...more };
    const job = ++jobs;
    counts = new Map();
    store.setState({
      sending: { job, of: times, done: 0, cancelling: false },
      outcome: undefined,
      failure: undefined,
    });
    const plan = { url, contentType, body, times, pace, renew, deformations, seed };
    composer.send({ job, plan, access });
  }

  async function writeForm(form: MessageForm): Promise<void> {
    const mine = ++turn;
    const answer = await composer.ask({ kind: 'write', form });
    if (mine !== turn || answer === undefined) return;
    const { written } = answer;
    if (written.ok) store.setState({ text: written.text, raw: undefined, problems: [], why: undefined });
    else store.setState({ problems: written.problems });
  }

  function setForm(form: MessageForm): void {
    store.setState({ form });
    void writeForm(form);
  }

  async function readBody(body: Body): Promise<void> {
    const mine = ++turn;
    const answer = await composer.ask({ kind: 'read', body });
    if (mine !== turn || answer === undefined) return;
    const { read } = answer;
    store.setState(
      read.ok
        ? { form: read.form, problems: [], why: undefined }
        : { form: undefined, problems: [], why: read.why },
    );
  }

  function setBody(body: Body, origin: string): void {
    const isText = typeof body === 'string';
    store.setState({
      text: isText ? body : LOSSY.decode(body),
      raw: isText ? undefined : body,
      origin,
    });
    void readBody(body);
  }

  async function startBlank(edition: EditionId, method: Method, peerId: string | undefined): Promise<void> {
    const mine = ++turn;
    const answer = await composer.ask({ kind: 'blank', edition, method, peerId });
    if (mine !== turn || answer === undefined) return;
    store.setState({
      origin: `blank ${method}`,
      settings: { ...store.getState().settings, contentType: undefined },
    });
    setForm(answer.form);
  }

  const peerIdOf = (form: MessageForm | undefined): string | undefined => {
    const peerId = form?.values['peerId'];
    return typeof peerId === 'string' && peerId !== '' ? peerId : undefined;
  };
  const hasMethod = (edition: EditionId, method: Method | undefined): boolean =>
    store.getState().guide?.editions[edition].methods.some((one) => one.method === method) === true;

  async function enter(): Promise<void> {
    if (asked) return;
    asked = true;
    store.setState({ failure: undefined });
    const answer = await composer.ask({ kind: 'guide' });
    if (answer === undefined) return;
    store.setState({ guide: answer.guide });
    // Something may have been brought here to be edited.
    if (store.getState().origin === '') void startBlank('rfc7846', 'CONNECT', undefined);
  }

  const desk: ComposeDesk = {
    store,
    enter: () => void enter(),
    blank: (edition, method, as) => void startBlank(edition, method, as ?? peerIdOf(store.getState().form)),
    sendAs({ peerId, edition }) {
      const { form } = store.getState();
      if (form?.edition === edition) return setForm({ ...form, values: { ...form.values, peerId } });
      const method = form !== undefined && hasMethod(edition, form.method) ? form.method : 'CONNECT';
      void startBlank(edition, method, peerId);
    },
    sendAsNew() {
      const { form } = store.getState();
      if (form === undefined) {
        void startBlank('rfc7846', 'CONNECT', undefined);
        return;
      }
      const mine = ++turn;
      void composer
        .ask({ kind: 'blank', edition: form.edition, method: form.method, peerId: undefined })
        .then((answer) => {
          const peerId = peerIdOf(answer?.form);
          if (mine === turn && peerId !== undefined) setForm({ ...form, values: { ...form.values, peerId } });
        });
    },
    setForm,
    setText(text) {
      if (text === store.getState().text) return;
      store.setState({ text, raw: undefined });
      void readBody(text);
    },
    example(name) {
      const example = store.getState().guide?.examples.find((one) => one.name === name);
      if (example === undefined) return;
      store.setState(({ settings }) => ({ settings: { ...settings, contentType: undefined } }));
      setBody(example.text, name);
    },
    edit({ request, method }) {
      store.setState(({ settings }) => ({ settings: { ...settings, contentType: request.contentType } }));
      setBody(request.body ?? '', method === undefined ? 'an exchange' : `${method} of an exchange`);
    },
    set: (change) => store.setState(({ settings }) => ({ settings: { ...settings, ...change } })),
    send() {
      const state = store.getState();
      sendBody(bodyOfMessage(state), contentTypeOf(state), {});
    },
    resend({ request }) {
      sendBody(request.body ?? '', request.contentType ?? '', {
        times: 1,
        renew: 'nothing',
        deformations: [],
      });
    },
    cancel() {
      const { sending } = store.getState();
      if (sending === undefined) return;
      store.setState({ sending: { ...sending, cancelling: true } });
      composer.cancel(sending.job);
    },
    open: (open) => store.setState({ open }),
    forget: () => store.setState({ history: [], open: undefined, outcome: undefined }),
  };
  return desk;
}
