/** What may be typed behind `swarmscope conformance`. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { Level } from '../conformance/case.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, PeerMode } from '../protocol/message.ts';
import { readCredentialsOption } from './client-credentials.ts';
import type { CredentialsFile } from './client-credentials.ts';
import type { ConformanceOptions } from './conformance.ts';
import { numberBetween } from './number-option.ts';

const LEVELS = ['MUST', 'SHOULD'] as const satisfies readonly Level[];
/** Seconds. */
const DEFAULT_TIMEOUT = 5;
const MAX_TIMEOUT = 600;
const MAX_TRACK_TIMER = 86_400;
const DEFAULT_CONCURRENCY = 8;
const MAX_CONCURRENCY = 256;
/** Seconds: the track timer that trackers have by default (digest, "Tracker state machine"). */
const DEFAULT_PATIENCE = 90;
const MAX_PATIENCE = 3600;
const DEFAULT_HOST = '127.0.0.1';

interface Flags {
  readonly edition?: EditionId;
  readonly only?: readonly string[];
  readonly section?: string;
  readonly level?: Level;
  readonly trackTimer?: number;
  readonly timeout: number;
  readonly concurrency: number;
  readonly junit?: string;
  readonly json?: string;
  readonly html?: string;
  readonly list?: true;
  readonly auth?: CredentialsFile;
  readonly peers?: true;
  readonly own?: true;
  readonly host: string;
  readonly port: number;
  readonly mode: PeerMode;
  readonly patience: number;
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new InvalidArgumentError(
      'It must be the http:// or https:// URL of a tracker, with no user name or password.',
    );
  return url;
}

/** Fills in `command`; `run` is called with what was typed. */
export function conformanceCommand(
  command: Command,
  run: (options: ConformanceOptions) => Promise<void>,
): void {
  command
    .description('test a tracker against the texts, section by section; exit code 0 only when no MUST fails')
    .argument('[url]', 'the tracker, as peers would be told', readUrl)
    .addOption(new Option('--edition <id>', 'cases of this edition alone').choices(EDITIONS))
    .option('--only <glob...>', 'cases whose id fits, * being any text: "rfc7846/4.1.1/*"')
    .option('--section <number>', 'cases of this section and those in it: 4.1')
    .addOption(new Option('--level <level>', 'cases of this level alone').choices(LEVELS))
    .addOption(
      new Option(
        '--track-timer <seconds>',
        'the tracker’s track timer; without it the cases that outwait it are skipped',
      ).argParser(numberBetween(1, MAX_TRACK_TIMER, false)),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long an answer may take')
        .default(DEFAULT_TIMEOUT)
        .argParser(numberBetween(0.1, MAX_TIMEOUT, false)),
    )
    .addOption(
      new Option('--concurrency <number>', 'cases under way at once')
        .default(DEFAULT_CONCURRENCY)
        .argParser(numberBetween(1, MAX_CONCURRENCY, true)),
    )
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--json <file>', 'write the results, with every byte exchanged, as JSON')
    .option('--html <file>', 'write the results as a page')
    .option('--list', 'print the cases, and run none')
    .addOption(
      new Option(
        '--auth <scheme:file>',
        'who asks the tracker: bearer:FILE holds the token, digest:FILE user:password, on one line; cases that need a raw socket are skipped then',
      ).argParser(readCredentialsOption),
    )
    .option(
      '--peers',
      'test a peer instead: the suite is the tracker, and prints the URL to point the peer at',
    )
    .option('--own', 'with --peers: test the peers of this program, which it starts by itself')
    .addOption(
      new Option('--mode <mode>', 'with --peers: what the peer joins as')
        .default('LEECH')
        .choices(['LEECH', 'SEED']),
    )
    .addOption(
      new Option(
        '--patience <seconds>',
        'with --peers: the longest pause between two requests of the peer, more than its report interval',
      )
        .default(DEFAULT_PATIENCE)
        .argParser(numberBetween(1, MAX_PATIENCE, false)),
    )
    .addOption(
      new Option('-p, --port <number>', 'with --peers: port to listen on; 0 picks a free one')
        .default(0)
        .argParser(numberBetween(0, 65_535, true)),
    )
    .option('--host <address>', 'with --peers: address to listen on', DEFAULT_HOST)
    .action((url: URL | undefined, flags: Flags) => {
      const list = flags.list === true;
      const { host, port, mode, patience } = flags;
      const peers =
        flags.peers === true ? { host, port, mode, patience, own: flags.own === true } : undefined;
      if (url === undefined && !list && peers === undefined)
        command.error("error: missing required argument 'url'");
      return run({
        url,
        edition: flags.edition,
        only: flags.only,
        section: flags.section,
        level: flags.level,
        trackTimer: flags.trackTimer,
        timeout: flags.timeout,
        concurrency: flags.concurrency,
        junit: flags.junit,
        json: flags.json,
        html: flags.html,
        list,
        auth: flags.auth,
        peers,
      });
    });
}
