/** Numbers, times and identifiers as the page writes them. A no-break space keeps a unit with its number. */
const NBSP = '\u00a0';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const formatCount = (count: number): string => whole.format(count);

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });

/** Whole while it has room, `1.234M` from a million on. */
export const formatCompact = (count: number): string =>
  count < 1_000_000 ? formatCount(count) : compact.format(count);

const pad = (value: number): string => String(value).padStart(2, '0');

/** Time relative to the run: `1:20`, `1:02:03`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = pad(seconds % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** As `formatClock`, to the tenth of a second: `1:20.4`. */
export function formatStamp(milliseconds: number): string {
  const tenths = Math.max(0, Math.floor(milliseconds / 100));
  return `${formatClock(tenths * 100)}.${tenths % 10}`;
}

/** How long something lasts: `12 s`, `3 min 12 s`, `1 h 4 min`. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min ${seconds % 60}${NBSP}s`;
  return `${Math.floor(minutes / 60)}${NBSP}h ${minutes % 60}${NBSP}min`;
}

/** How long an answer took. */
export function formatTook(milliseconds: number): string {
  if (milliseconds < 1) return `<${NBSP}1${NBSP}ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)}${NBSP}ms`;
  return `${(milliseconds / 1000).toFixed(1)}${NBSP}s`;
}

/** Decimal units, three figures: `812 B`, `3.12 kB`, `41.5 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  if (bytes < 999.5) return `${Math.round(bytes)}${NBSP}B`;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)}${NBSP}${units[unit] ?? ''}`;
}

export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** Requests a second: one decimal while it says something. */
export const formatPerSecond = (rate: number): string =>
  rate > 0 && rate < 9.95 ? rate.toFixed(1) : formatCount(rate);

/** Rounded down, so that 100 % means all. */
export const formatPercent = (share: number): string => `${Math.floor(share * 100 + 1e-9)}${NBSP}%`;

/** Shortened in the middle; identifiers differ at their ends. */
export function shortId(id: string, head = 4, tail = 4): string {
  const signs = Array.from(id);
  if (signs.length <= head + tail + 1) return id;
  return `${signs.slice(0, head).join('')}…${signs.slice(-tail).join('')}`;
}

/** `127.0.0.1:7846` of a URL, or the text itself when it is none. */
export function hostOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null || parsed.host === '' ? url : parsed.host;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
