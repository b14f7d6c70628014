/**
 * `docs/protocol.md` and `docs/models.md`: prose written by hand, and between `<!-- generated: NAME -->` and `<!-- /generated -->` what
 * the code itself says. `npm run docs` fills these regions; a test holds that they are as the code is now.
 */
import { CHUNK_MAP_REGIONS } from './chunk-map.ts';
import { DEPARTURE_REGIONS } from './departures.ts';
import { EXAMPLE_REGIONS } from './examples.ts';
import { FAILURE_REGIONS } from './failures.ts';
import { FIELD_REGIONS } from './fields.ts';
import { HOSTILE_REGIONS } from './hostile.ts';
import { LIMIT_REGIONS } from './limits.ts';
import { anchor } from './markdown.ts';
import { RULE_REGIONS } from './rules.ts';
import { STATE_REGIONS } from './states.ts';

/** Made when they are filled in, for some take a tracker to make. */
export type Regions = Readonly<Record<string, () => string>>;

export const REGIONS: Regions = {
  ...EXAMPLE_REGIONS,
  ...RULE_REGIONS,
  ...STATE_REGIONS,
  ...FIELD_REGIONS,
  ...FAILURE_REGIONS,
  ...DEPARTURE_REGIONS,
  ...HOSTILE_REGIONS,
  ...LIMIT_REGIONS,
  ...CHUNK_MAP_REGIONS,
};

const CONTENTS = 'contents';
const REGION = /^<!-- generated: (?<name>[^\n]+) -->$[^]*?^<!-- \/generated -->$/gm;

/** A document as it should be. @throws {RangeError} For a region that nothing in `regions` makes. */
export function fill(text: string, regions: Regions = REGIONS): string {
  const filled = withRegions(text, (name) => {
    if (name === CONTENTS) return undefined;
    const region = regions[name];
    if (region === undefined) throw new RangeError(`no region is called ${name}`);
    return region();
  });
  return withRegions(filled, (name) => (name === CONTENTS ? contents(filled) : undefined));
}

/** `undefined`: as it is. */
function withRegions(text: string, content: (name: string) => string | undefined): string {
  return text.replace(REGION, (region, name: string) => {
    const made = content(name);
    return made === undefined ? region : `<!-- generated: ${name} -->\n\n${made}\n\n<!-- /generated -->`;
  });
}

export interface Heading {
  readonly level: number;
  readonly text: string;
}

/** Those of the text, not of the code in it. */
export function headings(text: string): readonly Heading[] {
  const prose = text.replace(/^```.*?^```$/gms, '');
  return Array.from(prose.matchAll(/^(#+) (.+)$/gm), ([, marks = '', text = '']) => ({
    level: marks.length,
    text,
  }));
}

function contents(text: string): string {
  return headings(text)
    .filter(({ level }) => level === 2 || level === 3)
    .map(({ level, text }) => `${'  '.repeat(level - 2)}- [${text}](#${anchor(text)})`)
    .join('\n');
}
