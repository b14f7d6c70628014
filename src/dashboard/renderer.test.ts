import { expect, it } from 'vitest';
import { rendererIn } from './renderer.ts';

it('is measured unless the address asks for one; what nobody is called is explained', () => {
  expect(rendererIn('http://here/')).toEqual({ wish: 'measured', ignored: [] });
  expect(rendererIn('http://here/?renderer=webgl2').wish).toBe('webgl2');
  expect(rendererIn('http://here/?renderer=raster').wish).toBe('raster');
  for (const text of ['', 'WebGL2', 'gpu', 'constructor'])
    expect(rendererIn(`http://here/?renderer=${text}`)).toEqual({
      wish: 'measured',
      ignored: ['renderer: one of measured, raster, webgl2.'],
    });
});
