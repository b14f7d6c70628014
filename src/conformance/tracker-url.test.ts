import { describe, expect, it } from 'vitest';
import { trackerUrl, withPath } from './tracker-url.ts';

describe('a URL of a tracker', () => {
  it.each([
    ['http://t.example', false, 't.example', '/', ''],
    ['HTTPS://t.example:8443/a/b?c=d#e', true, 't.example:8443', '/a/b', '?c=d'],
    ['http://[::1]:7846/', false, '[::1]:7846', '/', ''],
    ['http://user:word@t.example?x', false, 't.example', '/', '?x'],
  ])('%s is taken apart', (url, secure, authority, path, query) => {
    expect(trackerUrl(url)).toEqual({ secure, authority, path, query });
  });

  it.each(['', 'ftp://t.example/', 'http://', 't.example', 'http:///a', 'http://a b/'])(
    '%j is none',
    (url) => {
      expect(trackerUrl(url)).toBeUndefined();
    },
  );

  it.each([
    ['/', '', undefined, '/'],
    ['/announce', '?a=b', undefined, '/announce?a=b'],
    ['/', '?a=b', '/video_1', '/video_1?a=b'],
    ['/announce/', '', '/video_1', '/announce/video_1'],
    ['/announce', '', '?c=d', '/announce?c=d'],
    ['/announce', '?a=b', '?c=d', '/announce?a=b&c=d'],
  ])('%s%s with %s is %s', (path, query, more, expected) => {
    expect(withPath({ secure: false, authority: 't.example', path, query }, more)).toBe(expected);
  });
});
