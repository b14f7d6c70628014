/** The URL of a tracker taken apart, where no platform's URL class is at hand. */
export interface TrackerUrl {
  readonly secure: boolean;
  /** Host and port, as a `Host` header has them. */
  readonly authority: string;
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
}

/** `undefined` unless it is `http:` or `https:` and names a host. A name and password in it are left out. */
export function trackerUrl(url: string): TrackerUrl | undefined {
  const match = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#@\s]+)([^?#\s]*)(\?[^#\s]*)?(?:#\S*)?$/i.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', authority = '', path = '', query = ''] = match;
  return { secure: scheme.toLowerCase() === 'https', authority, path: path === '' ? '/' : path, query };
}

/** Path and query with more of either: `/video_1` is put behind the path, `?a=b` behind the query. */
export function withPath({ path, query }: TrackerUrl, more = ''): string {
  if (!more.startsWith('?')) return `${more === '' ? path : path.replace(/\/$/, '') + more}${query}`;
  return path + (query === '' ? more : `${query}&${more.slice(1)}`);
}
