/** Where two messages first differ, an absent member and one that is `undefined` told apart; `undefined`: nowhere. */
export function difference(one: unknown, other: unknown, path = ''): string | undefined {
  if (Object.is(one, other)) return undefined;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return path;
  if (Array.isArray(one) !== Array.isArray(other)) return path;
  const [first, second] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
  for (const name of new Set([...Object.keys(first), ...Object.keys(second)])) {
    if (!Object.hasOwn(first, name) || !Object.hasOwn(second, name)) return `${path}.${name}`;
    const within = difference(first[name], second[name], `${path}.${name}`);
    if (within !== undefined) return within;
  }
  return undefined;
}
