/**
 * The editor itself, loaded when it is first shown. It lives in a shadow tree: its style sheets are then adopted ones,
 * which the page's policy allows without any inline style.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { WireWord } from '../../dashboard/compose/state.ts';
import type { Verdict } from '../../dashboard/compose/verdicts.ts';
import { completeFrom } from './completion.ts';

export interface EditorHost {
  readonly label: string;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
}

export interface Editor {
  setText(text: string): void;
  setVerdicts(verdicts: readonly Verdict[]): void;
  setWords(words: readonly WireWord[]): void;
  select(from: number, to: number): void;
  focus(): void;
  close(): void;
}

const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.tagName], color: 'var(--token-name)' },
    { tag: [tags.string, tags.attributeValue], color: 'var(--token-text)' },
    { tag: [tags.number, tags.bool, tags.null, tags.attributeName], color: 'var(--token-number)' },
    { tag: [tags.angleBracket, tags.punctuation, tags.comment, tags.documentMeta], color: 'var(--ink-soft)' },
  ]),
);

const LOOK = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--ground)',
    color: 'var(--ink)',
    fontSize: 'var(--type-body)',
  },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.45' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-gutters': {
    backgroundColor: 'var(--panel)',
    color: 'var(--ink-soft)',
    borderRight: 'var(--stroke) solid var(--line)',
  },
  '.cm-tooltip': {
    border: 'var(--stroke) solid var(--line-strong)',
    backgroundColor: 'var(--panel-raised)',
    color: 'var(--ink)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--panel-pressed)',
    color: 'var(--ink)',
    boxShadow: 'inset 3px 0 0 var(--tracker)',
  },
  '.cm-completionInfo': { maxWidth: '22rem', padding: '0.4rem 0.6rem' },
  '.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal' },
  '.cm-diagnostic': { padding: '0.3rem 0.6rem', maxWidth: '32rem' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--error)' },
  '.cm-diagnosticSource': { color: 'var(--ink-soft)', fontSize: 'var(--type-small)', opacity: '1' },
  '.cm-matchingBracket, .cm-nonmatchingBracket': { backgroundColor: 'var(--panel-pressed)' },
});

/** XML or JSON, as the text looks. */
const languageOf = (text: string): 'json' | 'xml' => (text.trimStart().startsWith('<') ? 'xml' : 'json');
const LANGUAGES = { json: () => json(), xml: () => xml() };

/**
 * A browser that types over coloured text keeps the colour in an attribute, which the page's policy forbids: the editor
 * does it itself.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { data, inputType } = event;
  const { from, to, empty } = view.state.selection.main;
  if (inputType !== 'insertText' || data === null || empty || view.composing) return false;
  event.preventDefault();
  const insert = () =>
    view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  const isTaken = view.state
    .facet(EditorView.inputHandler)
    .some((handle) => handle(view, from, to, data, insert));
  if (!isTaken) view.dispatch(insert());
  return true;
}

export function openEditor(box: HTMLElement, { label, onText, onSend }: EditorHost): Editor {
  const root = box.shadowRoot ?? box.attachShadow({ mode: 'open' });
  const language = new Compartment();
  let spoken: 'json' | 'xml' = 'json';
  let words: readonly WireWord[] = [];
  /** While the page itself changes the text. */
  let isQuiet = false;

  const send = (): boolean => {
    onSend();
    return true;
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: send }])),
        lineNumbers(),
        lintGutter(),
        highlightSpecialChars(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [completeFrom(() => words)], icons: false }),
        language.of(LANGUAGES[spoken]()),
        COLOURS,
        LOOK,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        // Tab stays free, to leave the editor by.
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const text = update.state.doc.toString();
          const next = languageOf(text);
          if (next !== spoken) {
            spoken = next;
            queueMicrotask(() => view.dispatch({ effects: language.reconfigure(LANGUAGES[next]()) }));
          }
          if (!isQuiet) onText(text);
        }),
      ],
    }),
  });
  // Seen from outside, keys come from the box, which takes no text: the page would take them for its own.
  const keep = (event: Event): void => event.stopPropagation();
  root.addEventListener('keydown', keep);

  return {
    setText(text) {
      if (text === view.state.doc.toString()) return;
      isQuiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      isQuiet = false;
    },
    setVerdicts(verdicts) {
      const { length } = view.state.doc;
      const diagnostics = verdicts.map(({ from, to, severity, message, section }) => ({
        from: Math.min(from, length),
        to: Math.min(Math.max(from, to), length),
        severity,
        message,
        source: section,
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    setWords(next) {
      words = next;
    },
    select(from, to) {
      const { length } = view.state.doc;
      view.dispatch({
        selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
        scrollIntoView: true,
      });
      view.focus();
    },
    focus: () => view.focus(),
    close() {
      root.removeEventListener('keydown', keep);
      view.destroy();
    },
  };
}
