import { Drawing } from '../../src/views/graph/drawing.ts';
import { crowd, links } from '../../src/views/graph/testing.ts';
const q = new URLSearchParams(location.search);
const N = Number(q.get('n') ?? 10000),
  each = Number(q.get('links') ?? 5),
  churn = Number(q.get('churn') ?? 0);
let listener: any;
const feed = {
  subscribe(l: any) {
    listener = l;
    l({
      kind: 'reset',
      swarms: [
        { id: 'film', kind: 'vod' },
        { id: 'launch', kind: 'vod' },
        { id: 'news', kind: 'live' },
      ],
      seed: 1,
    });
    return () => {};
  },
};
const theme: any = {
  ground: '#0d1115',
  panel: '#13181e',
  ink: '#e9eef3',
  inkSoft: '#9eabb8',
  line: '#28313b',
  seed: '#1db588',
  leech: '#e69f00',
  tracker: '#56b4e9',
  error: '#e0671a',
  selected: '#cc79a7',
  font: 'sans-serif',
  mono: 'monospace',
  scale: 1,
};
const stats: any[] = [];
const d = new Drawing(document.getElementById('host')!, feed as any, theme, false, {
  onReport(r: any) {
    if (r.kind === 'stats') stats.push({ t: performance.now(), ...r.stats });
  },
  onSwarms() {},
  onDeath(w: string) {
    report({ death: w });
  },
});
let rows: any[] = crowd(N);
let next = N;
let pairs = links(rows, each);
let born: any[] = rows.map((r) => ({ handle: r.handle, peerId: 'p' + r.handle }));
let ends: any[] = [];
let at = 0;
const late: number[] = [];
let due = performance.now() + 16;
const ch = new MessageChannel();
setInterval(() => {
  const now = performance.now();
  late.push(now - due);
  due = now + 10;
}, 10);
function snap() {
  at += 125;
  if (churn) {
    const k = Math.round(churn / 8);
    for (let i = 0; i < k; i++) {
      const [gone] = rows.splice((i * 7919 + at) % rows.length, 1);
      ends.push({ handle: gone.handle, how: 'left' });
      const r = {
        handle: next,
        swarm: [0, 0, 0, 1, 1, 2][next % 6],
        seed: next % 4 === 0,
        share: (next % 97) / 97,
      };
      rows.push(r);
      born.push({ handle: next, peerId: 'p' + next });
      next++;
    }
    pairs = links(rows, each);
  } else if (q.has('drift')) for (const r of rows) if (!r.seed) r.share = Math.min(1, r.share + 0.001);
  const n = rows.length;
  const peers = {
    handle: Uint32Array.from(rows, (r) => r.handle),
    swarm: Uint16Array.from(rows, (r) => r.swarm),
    edition: new Uint8Array(n),
    mode: Uint8Array.from(rows, (r) => (r.seed ? 1 : 0)),
    phase: new Uint8Array(n).fill(1),
    share: Float32Array.from(rows, (r) => r.share),
    upload: new Float32Array(n),
    download: new Float32Array(n),
  };
  const exchanges = Array.from({ length: 40 }, (_, i) => ({
    peer: rows[(i * 241 + at) % n].handle,
    swarm: rows[(i * 241 + at) % n].swarm,
    at,
    result: { kind: 'answered', verdict: 'ok' },
  }));
  listener({
    kind: 'snapshot',
    worker: 0,
    snapshot: {
      at,
      peers,
      links: pairs,
      births: born,
      ends,
      exchanges,
      exchangesOmitted: 0,
      tracker: { state: 'ok' },
    },
  });
  born = [];
  ends = [];
}
snap();
setInterval(snap, 125);
if (q.has('pan'))
  setInterval(
    () =>
      d.send({
        kind: 'pan',
        dx: Math.sin(performance.now() / 500) * 4,
        dy: 2 * Math.cos(performance.now() / 700),
      }),
    16,
  );
if (q.has('zoom')) {
  d.send({ kind: 'zoom', factor: Number(q.get('zoom')), about: undefined, smooth: true } as any);
}
async function report(x: any) {
  await fetch('/report', { method: 'POST', body: JSON.stringify(x) });
}
const longs: number[] = [];
const t0 = performance.now();
new PerformanceObserver((l) => {
  for (const e of l.getEntries()) if (e.startTime > 1500) longs.push(e.duration);
}).observe({ type: 'longtask', buffered: true });
setTimeout(
  () => {
    const s = late.slice(200).sort((a, b) => a - b);
    report({ stats: stats.slice(-8), late95: s[Math.floor(s.length * 0.95)], longs });
  },
  Number(q.get('ms') ?? 12000),
);
