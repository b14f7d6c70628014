/** Small drawings beside words, never instead of a name: each one is hidden from assistive technology. */
const PATHS = {
  start: 'M5 3.5v9l7.5-4.5z',
  pause: 'M4.5 3.5h2.6v9H4.5zM8.9 3.5h2.6v9H8.9z',
  stop: 'M4 4h8v8H4z',
  restart:
    'M8 2.6a5.4 5.4 0 1 0 5.2 4h-1.7A3.8 3.8 0 1 1 8 4.2c1 0 1.9.4 2.6 1L9 6.8h4.6V2.2l-1.8 1.8A5.4 5.4 0 0 0 8 2.6z',
  settings:
    'M2 4.2h6.2a1.9 1.9 0 0 1 3.6 0H14v1.4h-2.2a1.9 1.9 0 0 1-3.6 0H2zM2 10.4h2.2a1.9 1.9 0 0 1 3.6 0H14v1.4H7.8a1.9 1.9 0 0 1-3.6 0H2z',
  help: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm.8 10H7.2V9.9h1.6zm1-4.9-.6.5c-.4.4-.5.7-.5 1.5H7.3c0-1.2.2-1.7.8-2.3l.7-.7a.9.9 0 0 0-.7-1.6c-.6 0-1 .4-1 1H5.6A2.4 2.4 0 0 1 8 3.6c1.5 0 2.5.8 2.5 2 0 .4-.3.7-.7 1z',
  close: 'm4.4 3.3 3.6 3.6 3.6-3.6 1.1 1.1L9.1 8l3.6 3.6-1.1 1.1L8 9.1l-3.6 3.6-1.1-1.1L6.9 8 3.3 4.4z',
  copy: 'M5.5 2h7A1.5 1.5 0 0 1 14 3.5v7h-1.6v-7h-7zM3.5 5h6A1.5 1.5 0 0 1 11 6.5v6A1.5 1.5 0 0 1 9.5 14h-6A1.5 1.5 0 0 1 2 12.5v-6A1.5 1.5 0 0 1 3.5 5zm.1 1.6v5.8h5.8V6.6z',
  back: 'M10.5 2.6 5.1 8l5.4 5.4 1.2-1.2L7.5 8l4.2-4.2z',
  up: 'M2.6 10.5 8 5.1l5.4 5.4-1.2 1.2L8 7.5l-4.2 4.2z',
  down: 'M2.6 5.5 8 10.9l5.4-5.4-1.2-1.2L8 8.5 3.8 4.3z',
  warning: 'M8 1.6 15 14H1zm-.8 4.9v3.7h1.6V6.5zm0 4.7v1.6h1.6v-1.6z',
  check: 'm6.4 12.6-4-4 1.2-1.2 2.8 2.8 6-6 1.2 1.2z',
  waiting:
    'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zm0 1.6a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2zm-.8 1.8h1.6v2.6l2 1.2-.8 1.4L7.2 8.7z',
  theme: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 1.6v9.8a4.9 4.9 0 0 1 0-9.8z',
  link: 'M6.3 9.7a3 3 0 0 1 0-4.3l2-2a3 3 0 0 1 4.3 4.3l-1.2 1.2-1.1-1.1 1.1-1.2a1.5 1.5 0 0 0-2.1-2.1l-2 2a1.5 1.5 0 0 0 0 2.1zm3.4-3.4a3 3 0 0 1 0 4.3l-2 2a3 3 0 0 1-4.3-4.3l1.2-1.2 1.1 1.1-1.1 1.2a1.5 1.5 0 0 0 2.1 2.1l2-2a1.5 1.5 0 0 0 0-2.1z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
