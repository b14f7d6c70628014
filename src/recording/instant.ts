/** ISO 8601 times (RFC 3339 §5.6) to milliseconds since the epoch and back, in UTC, to the microsecond. The cores have no Date. */
const DAY = 86_400_000;
const FORM =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))$/;

/** The last instant that four digits of a year can tell. */
export const LAST_INSTANT = 253_402_300_799_999;

/** Days since 1970-01-01 of a date of the Gregorian calendar: March-based years put the leap day last. */
function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** `2026-11-22T00:21:05.125Z`; three more digits where there are microseconds. Times beyond the years 0 to 9999 are held to them. */
export function formatInstant(milliseconds: number): string {
  const held = Math.min(Math.max(milliseconds, daysOf(0, 1, 1) * DAY), LAST_INSTANT);
  // Day by day, for the microseconds of two centuries are all that a double counts.
  const days = Math.floor(held / DAY);
  const ofDay = Math.min(Math.round((held - days * DAY) * 1000), DAY * 1000 - 1);
  const { year, month, day } = dateOf(days);
  const seconds = Math.floor(ofDay / 1_000_000);
  const fraction = padded(ofDay % 1_000_000, 6).replace(/000$/, '');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${clock.map((part) => padded(part, 2)).join(':')}.${fraction}Z`;
}

/** Milliseconds since the epoch; `undefined` when the text is no complete time with its zone. */
export function parseInstant(text: string): number | undefined {
  const found = FORM.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const days = daysOf(year, month, day);
  const date = dateOf(days);
  // A day the month does not have comes back as another date. A leap second passes as the next minute's first.
  if (date.month !== month || date.day !== day || hour > 23 || minute > 59 || second > 60) return undefined;
  const zone = (Number(found[10] ?? 0) * 60 + Number(found[11] ?? 0)) * (found[9] === '-' ? -1 : 1);
  const micros = Math.round(Number(`0.${found[7] ?? '0'}`) * 1_000_000);
  const whole = days * DAY + ((hour * 60 + minute - zone) * 60 + second) * 1000;
  const total = whole * 1000 + micros;
  return Number.isSafeInteger(total) ? total / 1000 : whole + Math.round(micros / 1000);
}
