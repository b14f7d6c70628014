/**
 * The simulated peer protocol: what peers say to each other over their streaming links. PPSP-TP leaves this
 * to other protocols (RFC 7846 §1.2.1, steps 3 to 5); this one is the least that makes a LEECH become SEED
 * by downloading: offers, requests, chunks.
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
      /** One byte per chunk slot: 1 = held. */
      readonly have: Uint8Array<ArrayBuffer>;
    })
  | (LinkHead & {
      readonly kind: 'welcome';
      readonly fromHandle: number;
      readonly base: number;
      readonly have: Uint8Array<ArrayBuffer>;
    })
  /** Full, another swarm, or nobody of that ID here. */
  | (LinkHead & { readonly kind: 'refuse' })
  | (LinkHead & { readonly kind: 'have'; readonly chunk: number })
  /** `rate`: bytes/s the asker can take for this chunk. */
  | (LinkHead & { readonly kind: 'request'; readonly chunk: number; readonly rate: number })
  | (LinkHead & { readonly kind: 'piece'; readonly chunk: number })
  | (LinkHead & { readonly kind: 'bye' });
