/** Streaming links between peers, as pairs of slots: ten thousand peers have tens of thousands of links. */
export class LinkTable {
  count = 0;
  /** Two slots a link: the peer that opened it, then the other. Longer than it needs to be. */
  ends = new Int32Array(128);

  clear(): void {
    this.count = 0;
  }

  add(source: number, target: number): void {
    if (2 * this.count + 2 > this.ends.length) {
      const grown = new Int32Array(2 * this.ends.length);
      grown.set(this.ends);
      this.ends = grown;
    }
    this.ends[2 * this.count] = source;
    this.ends[2 * this.count + 1] = target;
    this.count++;
  }

  /** Number of links that end at the slot. */
  degree(slot: number): number {
    let links = 0;
    for (let i = 0; i < 2 * this.count; i++) if (this.ends[i] === slot) links++;
    return links;
  }
}
