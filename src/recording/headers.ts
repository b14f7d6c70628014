/** Headers as recordings keep them: bounded, and without what lets others in, for recordings are passed on. */
import type { Header } from './record.ts';

const SECRET: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);
export const WITHHELD = '(withheld)';
const MAX_HEADERS = 128;
const MAX_VALUE = 8192;

export const recordedHeaders = (headers: readonly Header[]): readonly Header[] =>
  headers
    .slice(0, MAX_HEADERS)
    .map(([name, value]) => [
      name.slice(0, MAX_VALUE),
      SECRET.has(name.toLowerCase()) ? WITHHELD : value.slice(0, MAX_VALUE),
    ]);

export const headerIn = (headers: readonly Header[] | undefined, wanted: string): string | undefined =>
  headers?.find(([name]) => name.toLowerCase() === wanted)?.[1];
