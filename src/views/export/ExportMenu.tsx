/** A picture taken along: as a file, or by the clipboard. */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Dashboard } from '../../dashboard/dashboard.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import type { Exportable } from './exportable.ts';
import type { Item } from './take.ts';
import './export.css';

interface ExportMenuProps {
  /** Made anew at each use. */
  readonly of: Exportable | (() => Exportable);
  /** What is taken, where the page has several: `film over time`. */
  readonly what?: string;
}

const NAMES: Readonly<Record<Item, string>> = {
  svg: 'SVG',
  png: 'PNG at 2x',
  csv: 'CSV',
  'copy-picture': 'Copy picture',
  'copy-data': 'Copy data',
};

/** Milliseconds that an answer stays. */
const STAYS = 6000;

export function ExportMenu({ of, what }: ExportMenuProps) {
  const dashboard = useDashboard();
  const [said, setSaid] = useState<{ readonly text: string; readonly good: boolean }>();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const now = (): Exportable => (typeof of === 'function' ? of() : of);
  const items = open ? itemsOf(now()) : [];

  const say = (text: string, good: boolean): void => {
    clearTimeout(timer.current);
    setSaid({ text, good });
    note.current?.showPopover();
    timer.current = setTimeout(() => {
      note.current?.hidePopover();
      setSaid(undefined);
    }, STAYS);
  };
  const take = async (item: Item): Promise<void> => {
    menu.current?.hidePopover();
    try {
      const { take: taken } = await import('./take.ts');
      const { text, good } = await taken(item, now(), provenance(dashboard));
      say(text, good);
    } catch (error) {
      say(`That did not work: ${error instanceof Error ? error.message : String(error)}`, false);
    }
  };
  const toggled = (opened: boolean): void => {
    setOpen(opened);
    const [box, at] = [menu.current, button.current?.getBoundingClientRect()];
    if (!opened || box === null || at === undefined) return;
    // It lies above everything, so nothing that scrolls cuts it off; under its button, or over it near the page's foot.
    const below = at.bottom + HIGHEST < innerHeight;
    box.style.top = below ? `${at.bottom + 4}px` : 'auto';
    box.style.bottom = below ? 'auto' : `${innerHeight - at.top + 4}px`;
    box.style.right = `${Math.max(4, Math.min(innerWidth - at.right, innerWidth - WIDEST))}px`;
    requestAnimationFrame(() => box.querySelector<HTMLElement>('[role=menuitem]')?.focus());
  };

  return (
    <div className="export">
      <button
        ref={button}
        type="button"
        className="button button-small"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        aria-label={what === undefined ? 'Export' : `Export ${what}`}
        title={what === undefined ? 'Export this picture and its data' : `Export ${what}`}
        popoverTarget={id}
      >
        <Icon name="download" />
        <span className="export-word">Export</span>
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={what === undefined ? 'Export' : `Export ${what}`}
        className="export-menu"
        onToggle={({ newState }) => toggled(newState === 'open')}
        onKeyDown={move}
      >
        {items.map((item) => (
          <button
            key={item}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="export-item"
            onClick={() => void take(item)}
          >
            <Icon name={item.startsWith('copy') ? 'copy' : 'download'} />
            {NAMES[item]}
          </button>
        ))}
      </div>
      <span role="status" className="only-spoken">
        {said?.text}
      </span>
      <div
        ref={note}
        popover="manual"
        aria-hidden="true"
        className="export-said"
        data-bad={said?.good === false ? '' : undefined}
      >
        {said?.text}
      </div>
    </div>
  );
}

/** Room for the menu, in pixels. */
const HIGHEST = 220;
const WIDEST = 180;

/** What can be had of it. */
function itemsOf({ svg, pixels, csv }: Exportable): readonly Item[] {
  const isDrawn = svg !== undefined || pixels !== undefined;
  return [
    ...(svg === undefined ? [] : (['svg'] as const)),
    ...(isDrawn ? (['png'] as const) : []),
    ...(csv === undefined ? [] : (['csv'] as const)),
    ...(isDrawn ? (['copy-picture'] as const) : []),
    ...(csv === undefined ? [] : (['copy-data'] as const)),
  ];
}

/** The keys of a menu; Esc and Tab close it, the browser sees to the one, the focus to the other. */
function move(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Tab') event.currentTarget.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(to % items.length)?.focus();
}

function provenance({ stores }: Dashboard) {
  const { scenario, settings, elapsed } = stores.run.getState();
  const { clock, edition, seed } = settings;
  return { scenario: scenario.name, seed, edition, clock, elapsed };
}
