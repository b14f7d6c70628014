/** Numbers as a person types them. */
import { InvalidArgumentError } from 'commander';

/** Reads a number, or says which would do. */
export function numberBetween(min: number, max: number, whole: boolean): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`);
    }
    return value;
  };
}
