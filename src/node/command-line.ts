/** The subcommands and their options; what a person typed is checked here, and nowhere else. */
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId } from '../protocol/message.ts';
import { SELECTIONS } from '../tracker/policies.ts';
import type { SelectionName } from '../tracker/policies.ts';
import { readAccessList } from './access-file.ts';
import type { Scheme } from './access-file.ts';
import { conformanceCommand } from './conformance-flags.ts';
import type { ConformanceOptions } from './conformance.ts';
import type { CorsPolicy } from './cors.ts';
import { matrixCommand } from './matrix-flags.ts';
import type { MatrixOptions } from './matrix.ts';
import { numberBetween } from './number-option.ts';
import type { ProxyCommand } from './proxy.ts';
import type { ServerOptions } from './server.ts';
import type { SizesOptions } from './sizes.ts';
import { StartError } from './start-error.ts';

/** The RFC's number. */
const DEFAULT_PORT = 7846;
/** Beside a tracker on the same computer. */
const DEFAULT_PROXY_PORT = 7847;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_TRACK_TIMER = 90;
const DEFAULT_INIT_TIMER = 10;
const DEFAULT_REPORT_INTERVAL = 30;
const DEFAULT_MAX_BODY = 1024 * 1024;
const DEFAULT_POLICY: SelectionName = 'random';

/** Node's timers hold 31 bits of milliseconds. */
const MAX_SECONDS = 2_147_483;
/** A CONNECT of one swarm fits in it. */
const MIN_BODY = 1024;
const MAX_BODY = 1024 * 1024 * 1024;

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly trackTimer: number;
  readonly initTimer: number;
  readonly reportInterval: number;
  readonly reflexive: boolean;
  readonly strict?: true;
  readonly maxBody: number;
  readonly policy: SelectionName;
  readonly cors: CorsPolicy;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly auth?: AccessFile;
  readonly relay?: string;
}

function readOrigins(text: string): CorsPolicy {
  if (text.trim() === '*') return '*';
  const origins = text.split(',').map((origin) => origin.trim());
  for (const origin of origins) {
    // `null` is what a page opened from a file says of itself (RFC 6454 §7.3).
    if (origin === 'null' || (URL.canParse(origin) && new URL(origin).origin === origin)) continue;
    throw new InvalidArgumentError(
      'It must be * or a comma-separated list of origins such as https://example.org:8443 (no path, no trailing slash).',
    );
  }
  return origins;
}

function readHost(text: string): string {
  // [::1] as in a URL is the address ::1.
  const host = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (host === '' || /[\s/]/.test(host))
    throw new InvalidArgumentError('It must be an address or a host name.');
  return host;
}

/** Scheme, host and port of another server, as `URL.origin` writes them. */
function readTarget(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Of an empty user, query or fragment the URL keeps nothing; the text does.
  const plain = url?.href === `${url?.origin}/` && !/[?#@]/.test(text);
  if (url === undefined || !plain || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError(
      'It must be http:// or https:// with a host and, where due, a port: https://tracker.example:8443 (no user, path or query).',
    );
  return url.origin;
}

function readPage(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new InvalidArgumentError(
      'It must be http:// or https:// with a host: http://127.0.0.1:7846/ (no user).',
    );
  return url.href;
}

interface AccessFile {
  readonly scheme: Scheme;
  readonly file: string;
}

function readAccess(text: string): AccessFile {
  const [, scheme, file] = /^(bearer|digest):(.+)$/s.exec(text) ?? [];
  if (scheme === undefined || file === undefined)
    throw new InvalidArgumentError('It must be bearer:FILE or digest:FILE.');
  return { scheme: scheme as Scheme, file };
}

function readText(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StartError(`${flag}: cannot read ${file}: ${problem}`, { cause: error });
  }
}

function serverOptions(flags: Flags, dashboard: string | undefined): ServerOptions {
  const { tlsCert, tlsKey, auth } = flags;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new StartError('--tls-cert and --tls-key go together: HTTPS needs both.');
  }
  return {
    host: flags.host,
    port: flags.port,
    tracker: {
      trackTimer: flags.trackTimer * 1000,
      initTimer: flags.initTimer * 1000,
      reportInterval: flags.reportInterval * 1000,
      reflexive: flags.reflexive,
    },
    strict: flags.strict === true,
    policy: flags.policy,
    cors: flags.cors,
    limits: { maxBody: flags.maxBody },
    tls:
      tlsCert === undefined || tlsKey === undefined
        ? undefined
        : { cert: readText('--tls-cert', tlsCert), key: readText('--tls-key', tlsKey) },
    access: auth && readAccessList(auth.scheme, readText('--auth', auth.file), auth.file),
    dashboard,
    relay: flags.relay,
  };
}

function withListenOptions(command: Command, port: number): Command {
  return command
    .addOption(
      new Option('-p, --port <number>', 'port to listen on; 0 picks a free one')
        .env('PORT')
        .default(port)
        .argParser(numberBetween(0, 65_535, true)),
    )
    .addOption(
      new Option('--host <address>', 'address to listen on; 0.0.0.0 is every IPv4 address of this computer')
        .env('HOST')
        .default(DEFAULT_HOST)
        .argParser(readHost),
    )
    .addOption(
      new Option('--cors <origins>', 'origins whose pages may use it, comma-separated; * is any')
        .default('*')
        .argParser(readOrigins),
    );
}

function withServerOptions(command: Command): Command {
  return withListenOptions(command, DEFAULT_PORT)
    .addOption(
      new Option('--track-timer <seconds>', 'silence after which a peer is cleaned out')
        .default(DEFAULT_TRACK_TIMER)
        .argParser(numberBetween(1, MAX_SECONDS, false)),
    )
    .addOption(
      new Option(
        '--init-timer <seconds>',
        'time a peer of gu-04 has from CONNECT to its first JOIN, KEEPALIVE or STAT_REPORT',
      )
        .default(DEFAULT_INIT_TIMER)
        .argParser(numberBetween(1, MAX_SECONDS, false)),
    )
    .addOption(
      new Option(
        '--report-interval <seconds>',
        'time between two reports of a peer; the tracker asks (STAT_QUERY, gu-04) for what is twice as old',
      )
        .default(DEFAULT_REPORT_INTERVAL)
        .argParser(numberBetween(1, MAX_SECONDS, false)),
    )
    .option(
      '--strict',
      "refuse messages that depart from their edition's text, which are read tolerantly else",
    )
    .option('--no-reflexive', 'tell no peer its REFLEXIVE address: the tracker does not work STUN-like')
    .addOption(
      new Option('--max-body <bytes>', 'longest request body taken')
        .default(DEFAULT_MAX_BODY)
        .argParser(numberBetween(MIN_BODY, MAX_BODY, true)),
    )
    .addOption(
      new Option('--policy <name>', 'who comes first on a peer list')
        .default(DEFAULT_POLICY)
        .choices(SELECTIONS),
    )
    .addOption(
      new Option(
        '--auth <scheme:file>',
        'who may speak to the tracker: bearer:FILE or digest:FILE, read once at the start; everybody else is told 401',
      ).argParser(readAccess),
    )
    .option('--tls-cert <file>', 'certificate chain (PEM); with --tls-key the server speaks HTTPS')
    .option('--tls-key <file>', 'private key (PEM)');
}

export interface CommandLine {
  readonly version: string;
  /** Folder of the built dashboard. */
  readonly dashboard: string;
  /** Runs the server until it is told to stop. */
  readonly serve: (options: ServerOptions, title: string) => Promise<void>;
  /** Prints how many bytes messages take. */
  readonly sizes: (options: SizesOptions) => Promise<void>;
  /** Runs the conformance suite against a tracker. */
  readonly conformance: (options: ConformanceOptions) => Promise<void>;
  /** Runs peers before trackers, each with each. */
  readonly matrix: (options: MatrixOptions) => Promise<void>;
  /** Runs the recording proxy until it is told to stop. */
  readonly proxy: (options: ProxyCommand) => Promise<void>;
}

/** For people: which text each edition is. */
const EDITION_TEXTS: Readonly<Record<EditionId, string>> = {
  rfc7846: 'RFC 7846 (JSON)',
  'extended-1.1': 'draft-huang-ppsp-extended-tracker-protocol-04 (XML)',
  'base-1.0': 'draft-ietf-ppsp-base-tracker-protocol-01 (XML)',
  'gu-04': 'draft-gu-ppsp-tracker-protocol-04 (XML)',
};
const ALL_EDITIONS = EDITIONS.map((edition) => `  ${edition.padEnd(12)}  ${EDITION_TEXTS[edition]}`).join(
  '\n',
);
/** Below the help of what serves. */
const SERVES = `\nEvery peer is answered in the edition it asks in:\n${ALL_EDITIONS}`;

/** The command line as commander knows it; errors come out of `parseAsync` as exceptions. */
export function createCommandLine(commandLine: CommandLine): Command {
  const { version, dashboard, serve, sizes, conformance, matrix, proxy } = commandLine;
  const program = new Command('swarmscope')
    .description(
      `A peer simulator and visual dashboard for the PPSP tracker protocol, in all its editions:\n${ALL_EDITIONS}`,
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(swarmscope --help tells more)')
    .exitOverride();
  // Subcommands made with `command` inherit the two settings above.
  withServerOptions(program.command('serve'))
    .description('serve the dashboard, and a tracker for it and for any other peer')
    .addOption(
      new Option(
        '--relay <url>',
        'let the page reach this one tracker through /relay, for trackers that browsers keep it from',
      ).argParser(readTarget),
    )
    .addHelpText('after', SERVES)
    .action((flags: Flags) => serve(serverOptions(flags, dashboard), 'dashboard and PPSP tracker'));
  withServerOptions(program.command('tracker'))
    .description('run the tracker alone')
    .addHelpText('after', SERVES)
    .action((flags: Flags) => serve(serverOptions(flags, undefined), 'PPSP tracker'));
  program
    .command('sizes')
    .description('print how many bytes messages take: in every edition, through gzip, packed, and as EXI')
    .addOption(new Option('--edition <id>', 'this edition alone').choices(EDITIONS))
    .option('--json', 'print JSON instead of tables')
    .action(({ edition, json }: { readonly edition?: EditionId; readonly json?: true }) =>
      sizes({ edition, json: json === true }),
    );
  withListenOptions(program.command('proxy'), DEFAULT_PROXY_PORT)
    .description('stand between peers and a tracker: pass on what they say, record it, show it as /events')
    .addOption(
      new Option(
        '--target <url>',
        'the tracker: scheme, host and port; paths are passed on as peers ask for them',
      )
        .makeOptionMandatory()
        .argParser(readTarget),
    )
    .option('--record <file>', 'write every exchange to this new file, one JSON object a line (NDJSON)')
    .addOption(
      new Option('--page <url>', 'the dashboard that is to show it live, for the address that is printed')
        .default(`http://${DEFAULT_HOST}:${DEFAULT_PORT}/`)
        .argParser(readPage),
    )
    .action((options: ProxyCommand) => proxy(options));
  conformanceCommand(program.command('conformance'), conformance);
  matrixCommand(program.command('matrix'), matrix);
  return program;
}
