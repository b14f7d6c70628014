/** Who draws the picture of the swarms, as the page's address has it. */
const WISHES = ['measured', 'raster', 'webgl2'] as const;

/** `measured`: whoever is faster. `raster`: the processor alone. `webgl2`: where it can be had. */
export type RendererWish = (typeof WISHES)[number];

/** The parameter `renderer`; what cannot be used is explained. */
export function rendererIn(address: string): {
  readonly wish: RendererWish;
  readonly ignored: readonly string[];
} {
  const text = new URL(address).searchParams.get('renderer') ?? 'measured';
  const wish = WISHES.find((one) => one === text);
  if (wish !== undefined) return { wish, ignored: [] };
  return { wish: 'measured', ignored: [`renderer: one of ${WISHES.join(', ')}.`] };
}
