/** The message as text, with what is to be said of it while it is typed. */
import { useEffect, useEffectEvent, useRef, useState, useImperativeHandle, type Ref } from 'react';
import type { Explanation } from '../../dashboard/explanations.ts';
import { bodyOfMessage, type ComposeState } from '../../dashboard/compose/state.ts';
import { verdictsOf, type Verdict } from '../../dashboard/compose/verdicts.ts';
import { useDashboard } from '../context.tsx';
import { formatBytes, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { Editor } from './editor.ts';

/** Milliseconds of quiet before a text is looked at. */
const QUIET = 150;

export interface EditorControls {
  focus(): void;
}

interface EditorPaneProps {
  readonly state: ComposeState;
  readonly onSend: () => void;
  readonly ref?: Ref<EditorControls>;
}

interface Judged {
  readonly explanation: Explanation;
  readonly verdicts: readonly Verdict[];
}

export function EditorPane({ state, onSend, ref }: EditorPaneProps) {
  const { compose } = useDashboard();
  const { text, raw, guide } = state;
  const box = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const judged = useJudged(state);
  const edition = judged?.explanation.edition ?? state.form?.edition;
  const words = edition === undefined ? undefined : guide?.editions[edition].words;
  const send = useEffectEvent(onSend);
  useImperativeHandle(ref, () => ({ focus: () => editor?.focus() }));

  useEffect(() => {
    let wanted = true;
    let opened: Editor | undefined;
    void import('./editor.ts').then(({ openEditor }) => {
      if (!wanted || box.current === null) return;
      opened = openEditor(box.current, {
        label: 'Message as text',
        onText: (typed) => compose.setText(typed),
        onSend: () => send(),
      });
      setEditor(opened);
    });
    return () => {
      wanted = false;
      opened?.close();
    };
  }, [compose]);
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => editor?.setWords(words ?? []), [editor, words]);
  useEffect(() => editor?.setVerdicts(judged?.verdicts ?? []), [editor, judged]);

  return (
    <section className="compose-text" aria-label="By hand">
      <header>
        <h3>By hand</h3>
        <span className="soft small">
          {formatBytes(raw?.length ?? new TextEncoder().encode(text).length)}
        </span>
      </header>
      {raw !== undefined && (
        <p className="note">
          These bytes are no UTF-8. They are sent as they are, until the text is changed.
        </p>
      )}
      <div ref={box} className="compose-editor" data-ready={editor === undefined ? undefined : ''}>
        {editor === undefined && <p className="soft">Loading the editor…</p>}
      </div>
      {judged !== undefined && <Said judged={judged} onPick={({ from, to }) => editor?.select(from, to)} />}
    </section>
  );
}

/** What is to be said of the text as it stands, or stood a moment ago. */
function useJudged(state: ComposeState): Judged | undefined {
  const { explanations } = useDashboard();
  const { text, raw } = state;
  const [judged, setJudged] = useState<Judged>();
  const body = bodyOfMessage(state);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      void explanations.read(body).then((answer) => {
        if (!wanted || answer.kind !== 'explained') return;
        const { explanation } = answer;
        setJudged({ explanation, verdicts: raw === undefined ? verdictsOf(explanation, text) : [] });
      });
    }, QUIET);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [explanations, body, text, raw]);
  return judged;
}

const ICONS = { error: 'warning', warning: 'warning', info: 'help' } as const;
const NAMES = { error: 'wrong', warning: 'departs', info: 'ignored' } as const;

function Said({
  judged: { explanation, verdicts },
  onPick,
}: {
  readonly judged: Judged;
  readonly onPick: (verdict: Verdict) => void;
}) {
  const { outcome, summary } = explanation;
  return (
    <div className="compose-said">
      <p
        role="status"
        className={outcome === 'refused' ? 'status-bad' : outcome === 'conforms' ? 'status-ok' : ''}
      >
        <Icon name={outcome === 'conforms' ? 'check' : 'warning'} /> {summary}
      </p>
      {verdicts.length > 0 && (
        <ul aria-label={plural(verdicts.length, 'verdict')}>
          {verdicts.map((verdict) => (
            <li key={`${verdict.path} ${verdict.from} ${verdict.message}`}>
              <button type="button" className="compose-verdict" onClick={() => onPick(verdict)}>
                <Icon name={ICONS[verdict.severity]} />
                <span>
                  <b>{NAMES[verdict.severity]}</b> {verdict.message}{' '}
                  <span className="soft small">{verdict.section}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
