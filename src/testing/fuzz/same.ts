/** Whether two messages are the same, an absent member and one that is `undefined` told apart. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  const [first, second] = [one, other] as Record<string, unknown>[];
  return names.every((name) => Object.hasOwn(other, name) && isSame(first?.[name], second?.[name]));
}
