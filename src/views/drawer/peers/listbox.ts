const PAGE = 10;

/** Where a key takes the active option of a list, or undefined when the key is not one of the list's. */
export function moveActive<T>(options: readonly T[], active: T | undefined, key: string): T | undefined {
  const last = options.length - 1;
  if (last < 0) return undefined;
  const at = active === undefined ? -1 : options.indexOf(active);
  switch (key) {
    case 'ArrowDown':
      return options[Math.min(last, at + 1)];
    case 'ArrowUp':
      return options[at <= 0 ? 0 : at - 1];
    case 'PageDown':
      return options[Math.min(last, Math.max(0, at) + PAGE)];
    case 'PageUp':
      return options[Math.max(0, at - PAGE)];
    default:
      return undefined;
  }
}
