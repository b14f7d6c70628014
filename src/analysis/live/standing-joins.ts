/**
 * Of all that ever joined, numbered from 1 in order, how many of the first n are still in: a Fenwick tree (Fenwick 1994),
 * logarithmic in each step. It grows by doubling.
 */
export class StandingJoins {
  #tree = new Int32Array(64);
  #joins = 0;

  /** How often somebody joined. */
  get joins(): number {
    return this.#joins;
  }

  /** The number of this joining. */
  join(): number {
    const join = ++this.#joins;
    if (join >= this.#tree.length) this.#grow();
    this.#add(join, 1);
    return join;
  }

  leave(join: number): void {
    this.#add(join, -1);
  }

  /** Of the first `joins`, who are still in. */
  among(joins: number): number {
    let sum = 0;
    for (let at = joins; at > 0; at -= at & -at) sum += this.#tree[at] ?? 0;
    return sum;
  }

  #add(join: number, amount: number): void {
    for (let at = join; at < this.#tree.length; at += at & -at)
      this.#tree[at] = (this.#tree[at] ?? 0) + amount;
  }

  /** In a tree twice as large only the old length itself, a power of two, has a sum over all before it. */
  #grow(): void {
    const old = this.#tree;
    const all = this.among(old.length - 1);
    this.#tree = new Int32Array(2 * old.length);
    this.#tree.set(old);
    this.#tree[old.length] = all;
  }
}
