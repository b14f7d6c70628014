/** What is wrong with the tracker, in words: what was seen, why that may be, what to do. */
import type { Settings, TrackerSight } from '../workers/messages.ts';
import {
  isInward,
  isMixedContent,
  localNetwork,
  mixedContent,
  relayCommand,
  withoutCors,
  type Explained,
  type Situation,
} from './browser-barrier.ts';
import type { Authentication, TrackerProblem } from './state.ts';

type Trouble = Extract<TrackerSight, { state: 'trouble' }>;

/** What of the run bears on it. */
interface Run extends Pick<Settings, 'trackerUrl' | 'via'> {
  readonly authentication: Authentication;
}

/**
 * The addresses decide between causes that look alike from inside a page. Nothing that the tracker sent is quoted.
 * `relayTarget`: the origin that the relay of the page's server reaches, if it has one.
 */
export function explainTrouble(
  trouble: Trouble,
  { trackerUrl, via, authentication }: Run,
  pageUrl: string,
  relayTarget: string | undefined,
  since: number,
): TrackerProblem {
  const situation = { tracker: new URL(trackerUrl, pageUrl), page: new URL(pageUrl), relayTarget };
  const isGate = trouble.failure === 'unreadable' && trouble.cause === 'unauthorized';
  if (isGate || (trouble.failure === 'refuses' && /^authentication-required(:|$)/.test(trouble.detail)))
    return { ...unauthenticated(situation, authentication), since };
  return { ...explained(trouble, situation, via === 'relay'), since };
}

/** A problem that no relay helps with, and with nothing to copy unless it says so. */
const plain = (problem: Omit<Explained, 'relay' | 'snippets'> & Partial<Explained>): Explained => ({
  snippets: [],
  relay: undefined,
  ...problem,
});

function explained(trouble: Trouble, situation: Situation, relayed: boolean): Explained {
  const { tracker, page } = situation;
  const where = tracker.host;
  const own = tracker.origin === page.origin;
  if (relayed && trouble.failure === 'unreachable') return beyondRelay(trouble, situation);
  if (!relayed && isMixedContent(situation)) return mixedContent(situation);
  switch (trouble.failure) {
    case 'blocked':
      return withoutCors(situation, trouble.cause === 'preflight');
    case 'refuses':
      return refusal(trouble.detail, where);
    case 'timeout':
      return plain({
        kind: 'timeout',
        title: `${where} takes the requests, but does not answer in time`,
        explanation:
          'Each request is sent again, identical, up to 12 s apart. Peers come back by themselves when it answers.',
        remedies: [
          'Look whether the tracker is overloaded or halted.',
          'Fewer peers or a longer report interval ease its load.',
        ],
      });
    case 'unreadable':
      return unreadable(trouble, tracker);
    case 'too-large':
      return plain({
        kind: 'not-a-tracker',
        title: `${where} sends answers beyond 1 MiB`,
        explanation: 'A peer list of thirty is a few kilobytes. Longer answers are cut off unread.',
        remedies: ['Check whether something else than a tracker listens at that address.'],
      });
    case 'invalid-url':
      return plain({
        kind: 'other',
        title: 'The tracker URL cannot be used for requests',
        explanation: 'The browser refused it before anything was sent.',
        remedies: ['Correct the tracker URL in the settings.'],
      });
    case 'unreachable':
      return !own && isInward(situation) ? localNetwork(situation) : unreachable(tracker, own);
    default:
      return trouble.failure satisfies never;
  }
}

function unreadable({ cause }: Trouble, tracker: URL): Explained {
  const where = tracker.host;
  switch (cause) {
    case 'html':
      return plain({
        kind: 'not-a-tracker',
        title: `${where} answers, but not in PPSP-TP: it sends a web page`,
        explanation:
          'A server is there, and something else than a tracker answers at this path: a start page, or a page that says that nothing is there.',
        remedies: [
          'Check the path of the tracker URL: many trackers listen at /announce or another path of their own.',
          'Check the port: the tracker may stand beside the web server, at another one.',
        ],
      });
    case 'redirect':
      return plain({
        kind: 'not-a-tracker',
        title: `${where} answers with a redirect`,
        explanation:
          'It points to another address. Requests of PPSP-TP are not sent on there: nobody but you should say where peers report to.',
        remedies: ['See where it points (the command below), and enter that address as the tracker URL.'],
        snippets: [{ what: 'command', text: `curl -si -X POST ${tracker.href} | grep -i ^location` }],
      });
    default:
      return plain({
        kind: 'not-a-tracker',
        title: `${where} answers, but not in PPSP-TP`,
        explanation:
          'The answers cannot be read in this edition; the Messages list shows each with the place where reading stopped.',
        remedies: [
          'Check the path of the tracker URL, and whether something else listens there.',
          'Check that the tracker speaks the edition chosen here.',
        ],
      });
  }
}

function unreachable(tracker: URL, own: boolean): Explained {
  const where = tracker.host;
  const retries = 'Each peer tries again, up to 12 s apart, and comes back by itself when it answers.';
  if (own)
    return plain({
      kind: 'unreachable',
      title: `The tracker is gone: nothing listens at ${where}`,
      explanation: `No connection comes about. ${retries}`,
      remedies: ['Start it again: npm start. No reload is needed.'],
    });
  const secure = tracker.protocol === 'https:';
  const causes = secure
    ? 'nobody listens there, its name is unknown, or its certificate is not accepted'
    : 'nobody listens there, its name is unknown, or it speaks https: only';
  return plain({
    kind: 'unreachable',
    title: `Nothing answers at ${where}`,
    explanation: `No connection comes about. Whether ${causes}, the browser does not tell a page. ${retries}`,
    remedies: [
      'Check the address and port, and that the tracker runs.',
      `To find out which it is, open ${tracker.origin} in a tab of its own${secure ? ', where a certificate can be looked at' : ''}, or ask by the command below.`,
      'Or use the tracker that comes with this page.',
    ],
    snippets: [{ what: 'command', text: `curl -v ${tracker.href}` }],
  });
}

/** What the relay met, which it tells in words of ours. */
function beyondRelay({ cause, detail }: Trouble, { tracker, page }: Situation): Explained {
  const where = tracker.host;
  const command = [{ what: 'relay command', text: relayCommand({ tracker, page }) }];
  switch (cause) {
    case 'no-relay':
    case 'not-allowed':
    case 'not-ours':
      return plain({
        kind: 'relay',
        title: `This page's server has no relay to ${tracker.origin}`,
        explanation: `${detail} The run's requests were to go through it, and are not sent another way.`,
        remedies: [
          'Start the server with its relay for this tracker (the command below).',
          'Or set "Requests go" to "straight to the tracker" in the settings.',
        ],
        snippets: command,
      });
    default:
      return plain({
        kind: 'unreachable',
        title: `Nothing answers at ${where}`,
        explanation: `${detail} That is what this server's relay met, so it is not the browser. Each peer tries again, up to 12 s apart.`,
        remedies: [
          cause === 'tls'
            ? 'Check the certificate. If it is one of your own, start the server with NODE_EXTRA_CA_CERTS set to its file.'
            : 'Check the address and port, and that the tracker runs.',
        ],
      });
  }
}

/** 401: it asks who asks (RFC 7846 §4.3, error 06; RFC 9110 §15.5.2). */
function unauthenticated({ tracker, page }: Situation, authentication: Authentication): Explained {
  const where = tracker.host;
  const kind = 'refuses';
  if (authentication === 'none')
    return plain({
      kind,
      title: `${where} wants to know who asks`,
      explanation:
        'It answers every request with 401 (RFC 7846 §4.3, error 06), and no credentials are given.',
      remedies: [
        'Give a token (Bearer) or a user and password (Digest) under Authentication in the settings.',
      ],
    });
  const exposed =
    tracker.origin === page.origin
      ? []
      : [
          'For Digest the page must be able to read the challenge: let the tracker send Access-Control-Expose-Headers: WWW-Authenticate, or use the relay.',
        ];
  return plain({
    kind,
    title: `${where} does not accept the credentials`,
    explanation:
      authentication === 'bearer'
        ? 'It answers every request with 401, although each carries the token that was given.'
        : 'It answers every request with 401: the user or the password is wrong, or it asks for something else than Digest with SHA-256 or MD5 and qop=auth.',
    remedies: [
      'Enter them anew under Authentication in the settings; the page keeps them in memory only and cannot show them.',
      ...(authentication === 'digest'
        ? exposed
        : ['Check that the token is still valid, and meant for this tracker.']),
    ],
  });
}

/** `error`: name of the error that every answer carries; `detail` of it after a colon is not shown. */
function refusal(error: string, where: string): Explained {
  const [name = ''] = error.split(':');
  const cause = REFUSALS[name] ?? REFUSALS['forbidden'];
  return plain({
    kind: 'refuses',
    title: `${where} answers every request with an error: ${name}`,
    explanation: cause?.explanation ?? '',
    remedies: [cause?.remedy ?? '', 'The Messages list shows each request with its answer.'],
  });
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
};
