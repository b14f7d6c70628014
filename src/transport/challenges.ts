/** The header WWW-Authenticate, read: challenges with their parameters (RFC 9110 §11.6.1). */

export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Characters looked at; a handful of challenges fits many times over. */
const MAX_HEADER = 8192;
const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
/** A parameter, a scheme, or a token68 after one, whichever stands next. */
const PART = new RegExp(
  `[\\s,]*(?:(?<name>${TOKEN})\\s*=\\s*(?:(?<quoted>${QUOTED})|(?<plain>${TOKEN}))(?=\\s*(?:,|$))|(?<scheme>${TOKEN})(?:\\s+|,|$)|(?<rest>[^\\s,]+))`,
  'gy',
);

/** What cannot be read is passed over. */
export function readChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const { groups = {} } of header.slice(0, MAX_HEADER).matchAll(PART)) {
    const { name, quoted, plain, scheme } = groups;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined)
      challenges
        .at(-1)
        ?.parameters.set(
          name.toLowerCase(),
          plain ?? (quoted ?? '').slice(1, -1).replaceAll(/\\(.)/gs, '$1'),
        );
  }
  return challenges;
}
