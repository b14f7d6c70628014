/** What axe finds in a page, as a list to be compared with none. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Rules whose outcome may change with colours and size alone, where the same elements were judged by all rules before. */
const OF_LOOKS = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

interface Judged {
  /** Judged by all rules before, at another size or in other colours. */
  readonly again?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

export async function expectNothing(
  page: Page,
  { again = false, include = [], exclude = [] }: Judged = {},
): Promise<void> {
  // Legacy mode spares a second page for each look; it only matters to frames from elsewhere, of which there are none.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  if (again) builder.withRules(OF_LOOKS);
  for (const part of include) builder.include(part);
  for (const part of exclude) builder.exclude(part);
  const { violations } = await builder.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Nothing to scroll to the side for. */
export async function expectNoWiderThan(page: Page, width: number): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(width);
}

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };
const LARGE = { width: 1920, height: 1080 };

/**
 * The looks in which a page is judged, one after the other: each layout by all rules once, its other colours by those
 * of looks. The largest size has the colours of the others and larger letters, so its own colours are judged once.
 */
export const LOOKS = [
  { colorScheme: 'dark', size: WIDE, again: false },
  { colorScheme: 'light', size: WIDE, again: true },
  { colorScheme: 'light', size: NARROW, again: false },
  { colorScheme: 'dark', size: NARROW, again: true },
  { colorScheme: 'dark', size: LARGE, again: true },
] as const;
