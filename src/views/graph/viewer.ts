/** Where the camera is and where it wants to be: seeing all, following a peer, or where the hand put it. */
import {
  approach,
  clampCamera,
  clampScale,
  fit,
  pan,
  zoomAbout,
  type Bounds,
  type Camera,
  type Insets,
  type Point,
  type Viewport,
} from './camera.ts';

/** Time constants, milliseconds. */
const UNHURRIED = { fit: 260, follow: 170, step: 80 } as const;
/** A followed peer is shown at least this large. */
const FOLLOW_SCALE = 1.9;

type Aim =
  | { readonly kind: 'all' }
  | { readonly kind: 'follow'; readonly scale: number }
  | { readonly kind: 'go'; readonly goal: Camera; readonly unhurried: number }
  | { readonly kind: 'stay' };

export class Viewer {
  camera: Camera = { x: 0, y: 0, k: 1 };
  #viewport: Viewport = { width: 1, height: 1 };
  #insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  #bounds: Bounds = { left: -100, top: -100, right: 100, bottom: 100 };
  #aim: Aim = { kind: 'all' };

  get seesAll(): boolean {
    return this.#aim.kind === 'all';
  }

  get #fitted(): Camera {
    return fit(this.#bounds, this.#viewport, this.#insets);
  }

  /** The scene or the canvas has another size. */
  frame(bounds: Bounds, viewport: Viewport, insets: Insets): void {
    this.#bounds = bounds;
    this.#viewport = viewport;
    this.#insets = insets;
  }

  /** At once to where all is seen. */
  jump(): void {
    this.#aim = { kind: 'all' };
    this.camera = this.#fitted;
  }

  all(): void {
    this.#aim = { kind: 'all' };
  }

  to(bounds: Bounds): void {
    const goal = fit(bounds, this.#viewport, this.#insets);
    this.#aim = { kind: 'go', goal, unhurried: UNHURRIED.fit };
  }

  follow(): void {
    this.#aim = { kind: 'follow', scale: Math.max(this.camera.k, FOLLOW_SCALE) };
  }

  stay(): void {
    this.#aim = { kind: 'stay' };
  }

  /** At once, from as near as now. */
  lookAt({ x, y }: Point): void {
    this.camera = clampCamera({ x, y, k: this.camera.k }, this.#bounds, this.#fitted.k);
    this.#aim = { kind: 'stay' };
  }

  pan(dx: number, dy: number): void {
    this.camera = clampCamera(pan(this.camera, dx, dy), this.#bounds, this.#fitted.k);
    this.#aim = { kind: 'stay' };
  }

  zoom(factor: number, about: Point | undefined, smooth: boolean): void {
    const middle = { x: this.#viewport.width / 2, y: this.#viewport.height / 2 };
    const following = this.#aim.kind === 'follow';
    const from = this.#aim.kind === 'go' && smooth ? this.#aim.goal : this.camera;
    const k = clampScale(from.k * factor, this.#fitted.k);
    if (following) {
      this.#aim = { kind: 'follow', scale: k };
      return;
    }
    const goal = clampCamera(
      zoomAbout(from, this.#viewport, about ?? middle, k),
      this.#bounds,
      this.#fitted.k,
    );
    if (smooth) this.#aim = { kind: 'go', goal, unhurried: UNHURRIED.step };
    else {
      this.camera = goal;
      this.#aim = { kind: 'stay' };
    }
  }

  /** Moves on; true while there is way left. `followed`: where the followed peer is. */
  step(elapsed: number, followed: Point | undefined, still: boolean): boolean {
    const aim = this.#aim;
    let goal: Camera;
    let unhurried: number = UNHURRIED.fit;
    switch (aim.kind) {
      case 'stay':
        return false;
      case 'all':
        goal = this.#fitted;
        break;
      case 'follow':
        if (followed === undefined) {
          this.#aim = { kind: 'stay' };
          return false;
        }
        goal = { x: followed.x, y: followed.y, k: aim.scale };
        unhurried = UNHURRIED.follow;
        break;
      case 'go':
        goal = aim.goal;
        unhurried = aim.unhurried;
        break;
      default:
        return aim satisfies never;
    }
    const next = still ? undefined : approach(this.camera, goal, elapsed, unhurried);
    const arrived = next === undefined;
    const moved =
      arrived && (goal.x !== this.camera.x || goal.y !== this.camera.y || goal.k !== this.camera.k);
    this.camera = next ?? goal;
    if (arrived && aim.kind === 'go') this.#aim = { kind: 'stay' };
    return !arrived || moved;
  }
}
