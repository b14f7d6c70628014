/** What each key does, as data; the help dialog shows the same table. */
export type KeyAction =
  | { readonly kind: 'pause' | 'find' | 'follow' | 'projector' | 'settings' | 'clear' | 'help' }
  | { readonly kind: 'tab'; readonly index: number };

export interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

export const KEY_HELP: readonly KeyHelp[] = [
  { keys: ['Space'], does: 'Pause the run, or resume it' },
  { keys: ['/'], does: 'Find a peer by ID, address, swarm or edition' },
  { keys: ['1', '2', '3'], does: 'Drawer: selected peer, messages, list of peers' },
  { keys: ['f'], does: 'Follow the selected peer in the picture, or let go' },
  { keys: ['Esc'], does: 'Close the open message, then clear the selection' },
  { keys: ['s'], does: 'Settings of the run' },
  { keys: ['p'], does: 'Projector theme on and off' },
  { keys: ['?'], does: 'This list' },
];

/** Keys of the picture's own, which it takes while it has the focus. */
export const PICTURE_KEY_HELP: readonly KeyHelp[] = [
  { keys: ['←', '↑', '→', '↓'], does: 'Move the picture' },
  { keys: ['+', '−', '0'], does: 'Zoom in, zoom out, show everything' },
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
    case '1':
    case '2':
    case '3':
      return { kind: 'tab', index: Number(key) - 1 };
    default:
      return undefined;
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
