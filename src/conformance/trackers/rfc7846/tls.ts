/** RFC 7846 §4: the `https` scheme, for trackers that are tested by it. */
import { Stop } from '../../case.ts';
import { casesOf } from '../../section.ts';
import { trackerUrl } from '../../tracker-url.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectSuccess } from '../../verify.ts';
import { joinBytes } from './http.ts';

const { must } = casesOf<TrackerBench>('rfc7846', 'tls', 'RFC 7846 §4');

/** @throws {Stop} `skipped` for a tracker tested by its `http` URL. */
function needHttps({ url }: TrackerBench): void {
  if (trackerUrl(url)?.secure !== true) throw new Stop({ verdict: 'skipped', why: 'the URL is not https' });
}

export const TLS: readonly TrackerCase[] = [
  must('https', 'A CONNECT over https is answered.', 'Support the https scheme.', async (bench) => {
    needHttps(bench);
    expectSuccess(await bench.send(joinBytes(bench), { step: 'CONNECT over https' }));
  }),
  must(
    'https-by-socket',
    'A CONNECT over a TLS connection of its own is answered.',
    'Support TLS without anything that only browsers have.',
    async (bench) => {
      needHttps(bench);
      expectSuccess(await bench.raw({ step: 'CONNECT over TLS', body: joinBytes(bench) }));
    },
  ),
];
