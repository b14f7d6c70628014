/** Thrown by an oracle: what does not hold. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
}

export function demand(holds: boolean, complaint: string): asserts holds {
  if (!holds) throw new Complaint(complaint);
}
