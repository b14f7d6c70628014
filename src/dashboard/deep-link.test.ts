import { expect, test } from 'vitest';
import { addressTo, createDeepLinks, targetIn, type LinkTarget } from './deep-link.ts';

const PAGE = 'http://127.0.0.1:7846/?seed=7&view=wire';

test('what is written into an address is read from it again, whatever is in it', () => {
  const targets: readonly LinkTarget[] = [
    {},
    { peer: '198.18.0.4:6881' },
    { peer: 'a&b=c#d%', message: 'ü 1', time: 12.3 },
    { message: '0' },
    { range: { from: 0.25, to: 900 } },
  ];
  for (const target of targets) {
    const address = addressTo(`${PAGE}&peer=old&message=old&t=9&from=1&to=2`, target);
    expect(targetIn(address)).toEqual({ target, ignored: [] });
    expect(new URL(address).searchParams.get('seed')).toBe('7');
  }
});

test('what cannot be used is named, the rest holds; nothing is quoted', () => {
  const { target, ignored } = targetIn(`${PAGE}&peer=&message=${'x'.repeat(1025)}&t=soon`);
  expect(target).toEqual({});
  expect(ignored.map((line) => line.split(':')[0])).toEqual(['peer', 'message', 't']);
  expect(ignored.join()).not.toMatch(/soon|xxx/);
  for (const t of ['-1', '1e3', '', '864001']) expect(targetIn(`${PAGE}&t=${t}`).ignored).toHaveLength(1);
});

test('a range is two moments, the later one last: half of one is none', () => {
  for (const half of ['from=3', 'to=3', 'from=3&to=3', 'from=9&to=3'])
    expect(targetIn(`${PAGE}&${half}`)).toMatchObject({ target: {}, ignored: [expect.any(String)] });
});

function bench(target: LinkTarget) {
  const here = { peers: [] as string[], messages: [] as string[], elapsed: 0, forgotten: 0 };
  const did: string[] = [];
  const found = (kind: string, list: readonly string[], wanted: string): boolean => {
    const one = list.find((name) => name.startsWith(wanted));
    if (one !== undefined) did.push(`${kind} ${one}`);
    return one !== undefined;
  };
  const links = createDeepLinks(target, {
    selectPeer: (text) => found('peer', here.peers, text),
    openMessage: (id) => Promise.resolve(found('message', here.messages, id)),
    elapsed: () => here.elapsed,
    forgotten: () => here.forgotten,
  });
  const notices = () => links.store.getState().notices.map((line) => line.split(':')[0]);
  return { here, did, links, notices };
}

test('peer and message are taken once they come, once each, and missed only after a while', async () => {
  const { here, did, links, notices } = bench({ peer: 'an', message: 't1' });
  await links.look();
  expect([did, notices()]).toEqual([[], []]);
  here.elapsed = 10;
  await links.look();
  expect(notices()).toEqual(['peer', 'message']);
  here.peers.push('ann');
  await links.look();
  here.messages.push('t1');
  await links.look();
  await links.look();
  expect(did).toEqual(['peer ann', 'message t1']);
  expect(notices()).toEqual([]);
});

test('a moment that the charts cannot show is said to be one; a mark set by hand is not', async () => {
  const { here, links, notices } = bench({ time: 20 });
  expect(links.store.getState().time).toBe(20);
  await links.look();
  expect(notices()).toEqual(['t']);
  here.elapsed = 30;
  await links.look();
  expect(notices()).toEqual([]);
  here.forgotten = 21;
  await links.look();
  expect(notices()).toEqual(['t']);
  links.mark(25);
  expect(links.store.getState()).toEqual({ time: 25, range: undefined, notices: [] });
});

test('another run is not what the link was to', async () => {
  const { here, did, links, notices } = bench({ peer: 'ann', message: 't', time: 99 });
  links.forget();
  here.peers.push('ann');
  here.elapsed = 10;
  await links.look();
  expect([did, notices(), links.store.getState().time]).toEqual([[], [], undefined]);
});
