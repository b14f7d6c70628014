/** What is wrong with the tracker, in words: what was seen, why that may be, what to do. */
import type { TrackerSight } from '../workers/messages.ts';
import type { TrackerProblem } from './state.ts';

type Trouble = Extract<TrackerSight, { state: 'trouble' }>;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host.endsWith('.localhost') || host.startsWith('127.');

/**
 * `trackerUrl` and `pageUrl` decide between causes that look alike from inside a page. Nothing that the tracker
 * sent is quoted.
 */
export function explainTrouble(
  trouble: Trouble,
  trackerUrl: string,
  pageUrl: string,
  since: number,
): TrackerProblem {
  const url = new URL(trackerUrl, pageUrl);
  const page = new URL(pageUrl);
  const where = url.host;
  const own = url.origin === page.origin;
  if (page.protocol === 'https:' && url.protocol === 'http:' && !isLoopback(url.hostname))
    return {
      kind: 'mixed-content',
      title: 'The browser will not let this page speak to an http: tracker',
      explanation: `The page came over https:, the tracker ${where} is asked over http:. Browsers block that (mixed content).`,
      remedies: [
        "Use the tracker's https: address.",
        'Or open the page over http: from this machine: npm start.',
      ],
      since,
    };
  switch (trouble.failure) {
    case 'blocked':
      return {
        kind: 'blocked',
        title: `${where} is there, but does not let this page read its answers`,
        explanation:
          'It sends no Access-Control-Allow-Origin header (CORS) for this page. Peers outside a browser would reach it.',
        remedies: [
          `Let the tracker allow the origin ${page.origin}, for POST with Content-Type, and answer preflight requests (OPTIONS).`,
          'Or use the tracker that comes with this page.',
        ],
        since,
      };
    case 'refuses':
      return refusal(trouble.detail, where, since);
    case 'timeout':
      return {
        kind: 'timeout',
        title: `${where} takes the requests, but does not answer in time`,
        explanation:
          'Each request is sent again, identical, up to 12 s apart. Peers come back by themselves when it answers.',
        remedies: [
          'Look whether the tracker is overloaded or halted.',
          'Fewer peers or a longer report interval ease its load.',
        ],
        since,
      };
    case 'unreadable':
      return {
        kind: 'not-a-tracker',
        title: `${where} answers, but not in PPSP-TP`,
        explanation:
          'The answers cannot be read in this edition; the Messages list shows each with the place where reading stopped.',
        remedies: [
          'Check the path of the tracker URL, and whether something else listens there.',
          'Check that the tracker speaks the edition chosen here.',
        ],
        since,
      };
    case 'too-large':
      return {
        kind: 'not-a-tracker',
        title: `${where} sends answers beyond 1 MiB`,
        explanation: 'A peer list of thirty is a few kilobytes. Longer answers are cut off unread.',
        remedies: ['Check whether something else than a tracker listens at that address.'],
        since,
      };
    case 'invalid-url':
      return {
        kind: 'other',
        title: 'The tracker URL cannot be used for requests',
        explanation: 'The browser refused it before anything was sent.',
        remedies: ['Correct the tracker URL in the settings.'],
        since,
      };
    case 'unreachable':
      return {
        kind: 'unreachable',
        title: own ? 'The tracker is gone: nothing listens at ' + where : `Nothing answers at ${where}`,
        explanation:
          'No connection comes about. Each peer tries again, up to 12 s apart, and comes back by itself when it answers.',
        remedies: own
          ? ['Start it again: npm start. No reload is needed.']
          : [
              'Check the address and port, and that the tracker runs.',
              'Or use the tracker that comes with this page.',
            ],
        since,
      };
    default:
      return trouble.failure satisfies never;
  }
}

/** `error`: name of the error that every answer carries; `detail` of it after a colon is not shown. */
function refusal(error: string, where: string, since: number): TrackerProblem {
  const [name = ''] = error.split(':');
  const cause = REFUSALS[name] ?? REFUSALS['forbidden'];
  return {
    kind: 'refuses',
    title: `${where} answers every request with an error: ${name}`,
    explanation: cause?.explanation ?? '',
    remedies: [cause?.remedy ?? '', 'The Messages list shows each request with its answer.'],
    since,
  };
}

/** By the names of RFC 7846 §4.3. */
const REFUSALS: Readonly<Record<string, { readonly explanation: string; readonly remedy: string }>> = {
  'bad-request': {
    explanation:
      'It finds our requests malformed. It may speak another edition, or read this one more narrowly.',
    remedy: 'Try another edition, or look at a request where the tracker says what it minds.',
  },
  'unsupported-version': {
    explanation: 'It does not speak the version of the protocol that this edition carries.',
    remedy: 'Choose another edition.',
  },
  forbidden: {
    explanation: 'It understands the requests, but lets these peers do nothing (RFC 7846 §4.3, error 03).',
    remedy: 'Look whether the tracker admits unknown peers and swarms.',
  },
  internal: {
    explanation:
      'Something is broken inside the tracker (RFC 7846 §4.3, error 04). Peers try again, ever more slowly.',
    remedy: "Look at the tracker's own log.",
  },
  overloaded: {
    explanation:
      'It has more to do than it can (RFC 7846 §4.3, error 05). Peers try again, ever more slowly.',
    remedy: 'Fewer peers or a longer report interval ease its load.',
  },
  'authentication-required': {
    explanation:
      'It wants to know who asks (RFC 7846 §4.3, error 06); the simulated peers have no credentials.',
    remedy: 'Use a tracker, or a path of it, that admits peers without authentication.',
  },
};
