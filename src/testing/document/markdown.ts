/** The few forms of Markdown that the regions of `docs/protocol.md` are made of. */

/** A cell holds one line, and no bar that would end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  // As many backticks as none of the text's own runs has (CommonMark §6.1).
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || text === '' ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

export const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** What the code calls the digest is that document's "ours". */
export const section = (text: string): string =>
  text.replace(/digest, "[^"]*"(?:: (?<what>.*))?/, (_, what?: string) =>
    what === undefined ? 'ours' : `ours: ${what}`,
  );

/** The anchor that GitHub gives a heading. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** A path as findings have it, less the root that all of them begin with. */
export const belowRoot = (path: string): string =>
  path === '' ? 'body' : path.replace(/^PPSPTrackerProtocol(?=[.@])/, '');
