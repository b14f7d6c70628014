/** Measures as they are written. */

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

export const figure = (value: number): string => number.format(value);

interface Interval {
  readonly halfWidth: number;
  readonly method: string;
  readonly count: number;
}

export const intervalWords = ({ halfWidth, method, count }: Interval): string =>
  `± ${figure(halfWidth)} (${method}, ${count})`;

/** A parameter's value. */
export const valueWords = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
