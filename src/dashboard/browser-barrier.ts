/** What a browser may put between this page and a tracker, and the ways around it. */
import { goesInward, placeOf } from './network-place.ts';
import type { TrackerProblem } from './state.ts';

/** A problem as far as it depends on what was seen, not on when. */
export type Explained = Omit<TrackerProblem, 'since'>;
type Snippets = TrackerProblem['snippets'];

/** The port that `npm start` takes by itself. */
const STANDARD_PORT = '7846';

/** Both as the browser reads them; `relayTarget`: the origin that the relay of the page's server reaches. */
export interface Situation {
  readonly tracker: URL;
  readonly page: URL;
  readonly relayTarget: string | undefined;
}

/** Browsers take loopback for secure whatever the scheme. */
export const isMixedContent = ({ tracker, page }: Situation): boolean =>
  page.protocol === 'https:' && tracker.protocol === 'http:' && placeOf(tracker.hostname) !== 'loopback';

export const isInward = ({ tracker, page }: Situation): boolean =>
  goesInward(placeOf(page.hostname), placeOf(tracker.hostname));

/** The relay as a way out: the button if this page's server has it for this tracker, else how to start it. */
function withRelay(
  situation: Situation,
  problem: Omit<Explained, 'relay' | 'snippets'> & { readonly snippets?: Snippets },
): Explained {
  const { tracker, page, relayTarget } = situation;
  const snippets = problem.snippets ?? [];
  if (relayTarget === tracker.origin)
    return {
      ...problem,
      snippets,
      relay: 'offered',
      remedies: [
        "Go through this server's relay: the run starts anew, and its requests reach the tracker from this server, not from the browser.",
        ...problem.remedies,
      ],
    };
  return {
    ...problem,
    snippets: [...snippets, { what: 'relay command', text: relayCommand(situation) }],
    relay: 'possible',
    remedies: [
      ...problem.remedies,
      relayTarget !== undefined
        ? 'Or start this server again with its relay for this tracker (the command below; it is for another one now).'
        : placeOf(page.hostname) === 'loopback'
          ? 'Or start this server again with its relay for this tracker (the command below); this page then offers it.'
          : 'Or run swarmscope on your own computer with its relay (the command below), and open its page there.',
    ],
  };
}

/** Starts the relay for this tracker, at the port the page has if it is from this computer. */
export function relayCommand({ tracker, page }: Pick<Situation, 'tracker' | 'page'>): string {
  const local = placeOf(page.hostname) === 'loopback';
  const port = local && page.port !== '' && page.port !== STANDARD_PORT ? ` --port ${page.port}` : '';
  return `npm start -- --relay ${tracker.origin}${port}`;
}

/** What a tracker must send on every answer, those to OPTIONS included. */
function corsHeaders(situation: Situation): Snippets {
  const headers = [
    `Access-Control-Allow-Origin: ${situation.page.origin}`,
    'Access-Control-Allow-Methods: GET, POST',
    'Access-Control-Allow-Headers: Content-Type, Authorization',
    'Access-Control-Expose-Headers: Retry-After, WWW-Authenticate',
    ...(isInward(situation) ? ['Access-Control-Allow-Private-Network: true'] : []),
  ];
  return [{ what: 'headers for the tracker', text: headers.join('\n') }];
}

export function mixedContent(situation: Situation): Explained {
  const { host } = situation.tracker;
  return withRelay(situation, {
    kind: 'mixed-content',
    title: 'The browser will not let this page speak to an http: tracker',
    explanation: `The page came over https:, the tracker ${host} is asked over http:. Browsers block that (mixed content); nothing was sent.`,
    remedies: ["Use the tracker's https: address."],
  });
}

export function withoutCors(situation: Situation, preflight: boolean): Explained {
  const { host } = situation.tracker;
  const { origin } = situation.page;
  return withRelay(situation, {
    kind: 'blocked',
    title: preflight
      ? `${host} is there, but refuses what the browser asks before it sends a request`
      : `${host} is there, but does not let this page read its answers`,
    explanation: preflight
      ? 'Plain answers of it may be read, so it knows CORS. But before a POST with a PPSP-TP Content-Type the browser asks by OPTIONS (preflight), and that, or the answer to the POST itself, lacks the headers. Peers outside a browser would reach it.'
      : 'It sends no Access-Control-Allow-Origin header (CORS) for this page. Peers outside a browser would reach it.',
    remedies: [
      preflight
        ? `Let the tracker answer OPTIONS with 200 or 204 and the headers below, without asking for credentials, and send them with every answer to POST.`
        : `Let the tracker allow the origin ${origin}: the headers below on every answer, errors and the answers to preflight requests (OPTIONS) included.`,
    ],
    snippets: corsHeaders(situation),
  });
}

/** The page comes from further out than the tracker is: silence may be the browser's. */
export function localNetwork(situation: Situation): Explained {
  const { tracker, page } = situation;
  const where = placeOf(tracker.hostname) === 'loopback' ? 'on this computer' : 'in the local network';
  return withRelay(situation, {
    kind: 'local-network',
    title: `No connection to ${tracker.host}: nothing answers there, or the browser forbids it`,
    explanation: `The page comes from ${page.host}, the tracker is ${where}. Browsers guard that step (Private or Local Network Access) and do not tell a page whether they stopped it.`,
    remedies: [
      'Check that the tracker runs: open its address in a tab of its own. If that shows anything, it is the browser that stops this page.',
      page.protocol === 'http:'
        ? 'Browsers grant that step to https: pages only.'
        : "Allow this page the local network where the browser asks, or in the page's settings beside its address.",
      'Let the tracker send the headers below, which older browsers ask for.',
    ],
    snippets: corsHeaders(situation),
  });
}
