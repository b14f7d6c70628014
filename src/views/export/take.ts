/** Takes a picture or its data along, and says what came of it. Loaded when the first is asked for. */
import manifest from '../../../package.json' with { type: 'json' };
import { save } from '../wire/save.ts';
import type { Exportable, Provenance } from './exportable.ts';
import { pngBlob, svgText } from './picture.ts';
import { fileName, type Stamp } from './stamp.ts';

export type Item = 'svg' | 'png' | 'csv' | 'copy-picture' | 'copy-data';

/** For the person at the page. */
export interface Taken {
  readonly text: string;
  readonly good: boolean;
}

const NO_PICTURE = 'There is nothing to show yet.';
const NO_DATA = 'There is no data yet.';

/** `run`: what the page shows, for a picture that is of nothing else. */
export async function take(item: Item, of: Exportable, run: Provenance): Promise<Taken> {
  const date = new Date().toISOString().slice(0, 10);
  const stamp: Stamp = { ...(of.from ?? run), version: manifest.version, date };
  switch (item) {
    case 'svg': {
      const text = svgText(of, stamp);
      return saved(text, 'image/svg+xml', fileName(of.name, stamp, 'svg'), NO_PICTURE);
    }
    case 'png':
      return saved(await pngBlob(of, stamp), 'image/png', fileName(of.name, stamp, 'png'), NO_PICTURE);
    case 'csv':
      return saved(await of.csv?.(), 'text/csv;charset=utf-8', fileName(of.name, stamp, 'csv'), NO_DATA);
    case 'copy-picture':
      return copyPicture(of, stamp);
    case 'copy-data':
      return copyData(of);
    default:
      return item satisfies never;
  }
}

function saved(content: string | Blob | undefined, type: string, name: string, nothing: string): Taken {
  if (content === undefined || content === '') return { text: nothing, good: false };
  save(typeof content === 'string' ? new Blob([content], { type }) : content, name);
  return { text: `Saved ${name}`, good: true };
}

const REFUSED = 'The browser refused the clipboard: save the file instead.';

async function copyPicture(of: Exportable, stamp: Stamp): Promise<Taken> {
  // Without a secure context there is no clipboard, and not every browser has one for pictures.
  if (!('clipboard' in navigator) || typeof ClipboardItem === 'undefined')
    return { text: 'This browser copies no pictures: save the PNG instead.', good: false };
  const picture = await pngBlob(of, stamp);
  if (picture === undefined) return { text: NO_PICTURE, good: false };
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return { text: 'Copied the picture', good: true };
  } catch {
    return { text: REFUSED, good: false };
  }
}

async function copyData(of: Exportable): Promise<Taken> {
  const data = await of.csv?.();
  if (data === undefined || data === '') return { text: NO_DATA, good: false };
  try {
    await navigator.clipboard.writeText(data);
    return { text: 'Copied the data as CSV', good: true };
  } catch {
    return { text: REFUSED, good: false };
  }
}
