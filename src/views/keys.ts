/** What each key does, as data; the help dialog shows the same table. */
import { PLACES } from './places.ts';

export type KeyAction =
  | { readonly kind: 'pause' | 'find' | 'follow' | 'tab' | 'projector' | 'settings' | 'clear' | 'help' }
  /** Digits name places, whether or not there is one for each; so do some letters. */
  | { readonly kind: 'place'; readonly key: string }

  /** Of the virtual clock. */
  | { readonly kind: 'step'; readonly by: 'event' | 'second' }
  | { readonly kind: 'speed'; readonly by: 1 | -1 };

export interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

export const KEY_HELP: readonly KeyHelp[] = [
  { keys: ['Space'], does: 'Pause the run, or resume it' },
  ...PLACES.map(({ key, name, about }) => ({ keys: [key], does: `${name}: ${about}` })),
  { keys: ['/'], does: 'Find: a peer in the picture, a message on the wire' },
  { keys: ['d'], does: 'Drawer: selected peer, messages, list of peers in turn' },
  { keys: ['f'], does: 'Follow the selected peer in the picture, or let go' },
  { keys: ['Esc'], does: 'Close the open message, then clear the selection' },
  { keys: ['.'], does: 'On the virtual clock: one event, then pause' },
  { keys: ['>'], does: 'On the virtual clock: one second, then pause' },
  { keys: ['[', ']'], does: 'On the virtual clock: slower, faster' },
  { keys: ['s'], does: 'Settings of the run' },
  { keys: ['p'], does: 'Projector theme on and off' },
  { keys: ['?'], does: 'This list' },
];

/** Keys of the picture's own, which it takes while it has the focus. */
export const PICTURE_KEY_HELP: readonly KeyHelp[] = [
  { keys: ['←', '↑', '→', '↓'], does: 'Move the picture' },
  { keys: ['+', '−', '0'], does: 'Zoom in, zoom out, show everything' },
  { keys: ['m'], does: 'Pin the selected peer where it is, or let it go' },
  { keys: ['Shift', '←', '↑', '→', '↓'], does: 'Move the selected peer and pin it there' },
  { keys: ['Shift', 'm'], does: 'Let go of all pinned peers' },
];

/** Keys that parts of the other places take while they have the focus. */
export const PLACE_KEY_HELP: readonly { readonly where: string; readonly help: readonly KeyHelp[] }[] = [
  {
    where: 'In the table of exchanges',
    help: [
      { keys: ['↑', '↓', 'Page↑', 'Page↓'], does: 'Row by row, page by page; an open message goes along' },
      { keys: ['Home', 'End'], does: 'First row; last row, where new ones come in' },
      { keys: ['Enter'], does: 'Open the message' },
      { keys: ['m'], does: 'Pin the row on top of the table, or let it go' },
    ],
  },
  {
    where: 'In a message',
    help: [
      { keys: ['↑', '↓'], does: 'Fields: one by one. Bytes: line by line. The other panes follow' },
      { keys: ['←', '→'], does: 'Fields: close, open. Bytes: from field to field' },
      { keys: ['Home', 'End'], does: 'Its beginning and its end' },
    ],
  },
  {
    where: 'In the sequence diagram',
    help: [
      { keys: ['↑', '↓'], does: 'From arrow to arrow' },
      { keys: ['Enter'], does: 'Open the message, or what is folded into one arrow' },
      { keys: ['+', '−'], does: 'Stretch time, squeeze it' },
      { keys: ['Page↑', 'Page↓'], does: 'Back and forth in time' },
      { keys: ['Home', 'End'], does: 'The beginning; the end, which is followed' },
    ],
  },
  {
    where: 'In the matrix of peer lists',
    help: [
      { keys: ['←', '↑', '→', '↓'], does: 'From cell to cell; what is in it is told below' },
      { keys: ['Enter'], does: 'Select the listed peer; with Shift the asker' },
      { keys: ['+', '0'], does: 'Closer to the cell; everything again' },
    ],
  },
  {
    where: 'In the state machines',
    help: [
      { keys: ['←', '↑', '→', '↓'], does: 'From state to state, and from line to line of the arrows' },
      { keys: ['Enter'], does: 'List the peers there, or those that went that way; once more lets go' },
      { keys: ['Esc'], does: 'Close the list' },
    ],
  },
  {
    where: 'On the charts over time',
    help: [
      { keys: ['←', '→'], does: 'The moment that is read; with Shift ten columns at once' },
      { keys: ['+', '−'], does: 'Zoom in and out' },
      { keys: ['Page↑', 'Page↓'], does: 'Back and forth in time' },
      { keys: ['Home', 'End'], does: 'The beginning; the newest, which is followed' },
      { keys: ['Enter'], does: 'On the axis: set the mark at that moment, or take it away' },
    ],
  },
  {
    where: 'In the composer',
    help: [
      { keys: ['Ctrl', 'Enter'], does: 'Send the message; ⌘ and Enter on a Mac' },
      { keys: ['Ctrl', 'Space'], does: 'What may stand here, in the text' },
      { keys: ['F8'], does: 'The next verdict on the text' },
    ],
  },
  {
    where: 'In the matrix',
    help: [
      { keys: ['←', '↑', '→', '↓'], does: 'From cell to cell; what came of it shows below' },
      { keys: ['Enter'], does: 'Open its trace in the wire' },
    ],
  },
  {
    where: 'In the lists of cases and of peers',
    help: [
      { keys: ['↑', '↓', 'Home', 'End'], does: 'Entry by entry, first and last' },
      { keys: ['Enter'], does: 'Open the case, select the peer' },
    ],
  },
];

/** Where a key was pressed. */
export interface KeyPlace {
  /** In a field that takes text, or a list that takes letters. */
  readonly typing: boolean;
  /** On something that Space presses. */
  readonly pressable: boolean;
  /** In an open dialog, which has keys of its own. */
  readonly dialog: boolean;
  /** With Ctrl, Alt or Meta: the browser's or the system's. */
  readonly modified: boolean;
}

export function keyAction(key: string, place: KeyPlace): KeyAction | undefined {
  if (place.modified || place.dialog || place.typing) return undefined;
  switch (key) {
    case ' ':
      return place.pressable ? undefined : { kind: 'pause' };
    case '/':
      return { kind: 'find' };
    case '?':
      return { kind: 'help' };
    case 'Escape':
      return { kind: 'clear' };
    case 'f':
      return { kind: 'follow' };
    case 'p':
      return { kind: 'projector' };
    case 's':
      return { kind: 'settings' };
    case 'd':
      return { kind: 'tab' };
    case 'l':
      return { kind: 'place', key };
    case '.':
      return { kind: 'step', by: 'event' };
    case '>':
      return { kind: 'step', by: 'second' };
    case '[':
      return { kind: 'speed', by: -1 };
    case ']':
      return { kind: 'speed', by: 1 };
    default:
      return /^[1-9]$/.test(key) ? { kind: 'place', key } : undefined;
  }
}

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';
const PRESSABLE = 'button, a, summary, input, [role=tab], [role=option]';

export function placeOf(event: KeyboardEvent): KeyPlace {
  const target = event.target instanceof Element ? event.target : undefined;
  return {
    typing: target?.closest(TYPING) != null,
    pressable: target?.closest(PRESSABLE) != null,
    dialog: document.querySelector('dialog:modal') !== null,
    modified: event.ctrlKey || event.altKey || event.metaKey,
  };
}
