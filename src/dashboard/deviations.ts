/** In what a peer's messages depart from the text of their edition: counted, by section. */
import type { Explained, Side } from './explanations.ts';

export interface Deviation {
  readonly side: Side;
  /** Of the field; empty for the message as a whole. */
  readonly path: string;
  /** What the text asks for, or why the reader gave up. */
  readonly words: string;
  /** Exchanges that have it. */
  readonly count: number;
}

export interface SectionDeviations {
  /** As in `RFC 7846 §4.1.1`. */
  readonly section: string;
  readonly deviations: readonly Deviation[];
}

/** One message of one exchange, as it was read. */
export interface ReadMessage {
  readonly side: Side;
  readonly explained: Explained | undefined;
}

/** The sections in the order of their names, the most frequent of each first. */
export function deviationsOf(messages: readonly ReadMessage[]): readonly SectionDeviations[] {
  const sections = new Map<string, Map<string, Deviation>>();
  for (const { side, explained } of messages) {
    if (explained?.kind !== 'explained') continue;
    // An array with the same fault in each of its items has it once.
    const seen = new Set<string>();
    for (const { section, path, words } of foundIn(explained.explanation)) {
      const key = JSON.stringify([side, section, path, words]);
      if (seen.has(key)) continue;
      seen.add(key);
      const found = sections.get(section) ?? new Map<string, Deviation>();
      sections.set(section, found.set(key, { side, path, words, count: (found.get(key)?.count ?? 0) + 1 }));
    }
  }
  return [...sections]
    .map(([section, found]) => ({
      section,
      deviations: [...found.values()].toSorted((a, b) => b.count - a.count),
    }))
    .toSorted((a, b) => a.section.localeCompare(b.section, 'en', { numeric: true }));
}

type Explanation = Extract<Explained, { readonly kind: 'explained' }>['explanation'];

function foundIn({ findings, error, root }: Explanation): { section: string; path: string; words: string }[] {
  const departures = findings.map(({ section, path, expected }) => ({
    section,
    path: withoutPlaces(path),
    words: expected,
  }));
  if (error === undefined) return departures;
  return [...departures, { section: root.section, path: withoutPlaces(error.path), words: error.problem }];
}

const withoutPlaces = (path: string): string => path.replace(/\[\d+\]/g, '[]');
