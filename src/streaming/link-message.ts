/**
 * The simulated peer protocol: what peers say to each other over their streaming links. PPSP-TP leaves this
 * to other protocols (RFC 7846 §1.2.1, steps 3 to 5); this one is the least that makes a LEECH become SEED
 * by downloading: offers, requests, chunks, and who is served.
 */

/** Address and port as peer lists carry them: `198.18.4.77:6881`, `[2001:db8::1]:6881`. */
export type Endpoint = string;

interface LinkHead {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

export type LinkMessage =
  /** Opens a link. `toPeer`: the peer ID that the list promised behind the endpoint. */
  | (LinkHead & {
      readonly kind: 'hello';
      readonly fromPeer: string;
      readonly fromHandle: number;
      readonly toPeer: string;
      readonly swarm: number;
      /** First chunk of the window that `have` stands for. */
      readonly base: number;
      /** One bit per chunk slot, most significant first: 1 = held. Nobody writes to it. */
      readonly have: Uint8Array<ArrayBuffer>;
    })
  | (LinkHead & {
      readonly kind: 'welcome';
      readonly fromHandle: number;
      readonly base: number;
      readonly have: Uint8Array<ArrayBuffer>;
      /** Requests are not served until an `unchoke`. */
      readonly choked: boolean;
    })
  /** Full, another swarm, or nobody of that ID here. */
  | (LinkHead & { readonly kind: 'refuse' })
  | (LinkHead & { readonly kind: 'have'; readonly chunks: readonly number[] })
  /** `rate`: bytes/s the asker can take for this chunk. */
  | (LinkHead & { readonly kind: 'request'; readonly chunk: number; readonly rate: number })
  /** Another rate for a chunk asked for. */
  | (LinkHead & { readonly kind: 'rate'; readonly chunk: number; readonly rate: number })
  /** Not wanted any more. */
  | (LinkHead & { readonly kind: 'cancel'; readonly chunk: number })
  /** `good`: it is what it says; found out by whoever has it whole. */
  | (LinkHead & { readonly kind: 'piece'; readonly chunk: number; readonly good: boolean })
  /** Nothing more is served; `dropped`: chunks asked for that will not come. */
  | (LinkHead & { readonly kind: 'choke'; readonly dropped: readonly number[] })
  | (LinkHead & { readonly kind: 'unchoke' })
  | (LinkHead & { readonly kind: 'bye' });
