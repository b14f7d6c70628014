/** What fields of a scenario hold: numbers with their unit and bounds, names. Each says what it means, for editors and for the published schema. */
import * as v from 'valibot';

/** Three years: far beyond any run, far below where microseconds stop being whole numbers. */
export const MAX_SECONDS = 100_000_000;
/** Bytes/s: a terabit per second. */
const MAX_RATE = 125_000_000_000;
/** What a chunk may weigh, and a whole list of values: they are kept in memory. */
const MAX_CHUNK_BYTES = 1 << 28;
const MAX_NAME = 100;

const ranged = (least: number, most: number, about: string) =>
  v.pipe(v.number(), v.minValue(least), v.maxValue(most), v.description(about));

/** Seconds from 0. */
export const seconds = (about: string) => ranged(0, MAX_SECONDS, about);
/** Seconds above 0: at least a microsecond, the clock's step. */
export const someSeconds = (about: string) => ranged(1e-6, MAX_SECONDS, about);
/** A part of the whole, 0 to 1. */
export const share = (about: string) => ranged(0, 1, about);
/** How much one of several weighs against the others. */
export const weight = (about: string) => ranged(0, 1_000_000, about);
export const number = (least: number, most: number, about: string) => ranged(least, most, about);
/** Bytes/s, from 0. */
export const byteRate = (about: string) => ranged(0, MAX_RATE, about);
export const whole = (least: number, most: number, about: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most), v.description(about));
export const chunkSize = (about: string) => whole(1, MAX_CHUNK_BYTES, about);
export const name = (about: string) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME), v.description(about));
export const text = (about: string) => v.pipe(v.string(), v.maxLength(1000), v.description(about));
export const yes = (about: string) => v.pipe(v.boolean(), v.description(about));
export const oneOf = <const Words extends readonly string[]>(words: Words, about: string) =>
  v.pipe(v.picklist(words), v.description(about));
/** The word that tells one kind from another. */
export const kind = <const Word extends string>(word: Word, about: string) =>
  v.pipe(v.literal(word), v.description(about));
