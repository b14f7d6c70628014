/** The prototypes that a message could reach, as they were and as they are. */
const PROTOTYPES = [Object, Array, Map, Set, String, Number, Function, Uint8Array].map(
  ({ prototype }) => prototype as object,
);

type Snapshot = readonly (readonly (readonly [PropertyKey, unknown])[])[];

const members = (prototype: object): (readonly [PropertyKey, unknown])[] =>
  Reflect.ownKeys(prototype).map((key) => {
    const { value, get } = Reflect.getOwnPropertyDescriptor(prototype, key) ?? {};
    return [key, (value as unknown) ?? get] as const;
  });

export const snapshot = (): Snapshot => PROTOTYPES.map(members);

/** The first that differs, by its constructor's name. */
export function touched(before: Snapshot): string | undefined {
  for (const [index, prototype] of PROTOTYPES.entries()) {
    const kept = before[index] ?? [];
    const now = members(prototype);
    if (
      now.length !== kept.length ||
      now.some(([key, value], at) => key !== kept[at]?.[0] || value !== kept[at][1])
    )
      return prototype.constructor.name;
  }
  return undefined;
}
