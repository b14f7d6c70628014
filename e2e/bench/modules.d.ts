/** What the benchmark uses of p2p-graph, which has no types; what begins with `_` is its own business. */
declare module 'p2p-graph' {
  export default class P2PGraph {
    constructor(root: HTMLElement);
    readonly _model: {
      nodes: { id: string; seeder: boolean; name: string }[];
      links: { source: number; target: number }[];
    };
    readonly _force: { alpha(value: number): void };
    _update(): void;
  }
}
