/**
 * Paints with a GPU, by way of a canvas of its own that is copied below what is drawn in 2D: the same picture as the
 * rasteriser's, all of it in each frame. Where there is no GPU it works, too, and is several times slower.
 */
import { edgeThickness, hullInksOf, rgbOf, visibleHulls, type HullInks } from '../draw-hulls.ts';
import { FAINTEST, linkStrength, MOST_INK, visibleLinks } from '../draw-links.ts';
import type { Frame } from '../frame.ts';
import type { Layers, Painted, Painter } from '../painter.ts';
import type { Palette } from '../palette.ts';
import { SHADES } from '../raster/shapes.ts';
import type { Sheet } from '../sprites.ts';
import { Instances, layersOf, packFan, packLinks, packSides, packSigns } from './packing.ts';
import { Program, texture } from './program.ts';
import { BAR, HULL, INK, SIGN } from './shaders.ts';

/** Corners of a square, as a strip of two triangles. */
const SQUARE = 4;
/** Sheets kept on the GPU. */
const MOST_SHEETS = 16;

export class GlPainter implements Painter {
  readonly renderer = 'webgl2';
  readonly #canvas: OffscreenCanvas;
  readonly #gl: WebGL2RenderingContext;
  readonly #bar: Program;
  readonly #hull: Program;
  readonly #ink: Program;
  readonly #sign: Program;
  /** Four numbers a thing, and two a corner. */
  readonly #things: WebGLVertexArrayObject;
  readonly #corners: WebGLVertexArrayObject;
  readonly #thingBuffer: WebGLBuffer;
  readonly #cornerBuffer: WebGLBuffer;
  readonly #density: WebGLTexture;
  readonly #adding: WebGLFramebuffer;
  readonly #shades: WebGLTexture;
  /** The one used longest ago first. */
  readonly #sheets = new Map<Sheet, WebGLTexture>();
  readonly #links = new Instances();
  readonly #sides = new Instances();
  readonly #signs = new Map<Sheet, Instances>();
  #inks: { readonly palette: Palette; readonly hulls: HullInks } | undefined;

  private constructor(canvas: OffscreenCanvas, gl: WebGL2RenderingContext) {
    this.#canvas = canvas;
    this.#gl = gl;
    this.#bar = new Program(gl, BAR);
    this.#hull = new Program(gl, HULL);
    this.#ink = new Program(gl, INK);
    this.#sign = new Program(gl, SIGN);
    [this.#things, this.#thingBuffer] = attribute(gl, 4, 1);
    [this.#corners, this.#cornerBuffer] = attribute(gl, 2, 0);
    this.#density = texture(gl, gl.TEXTURE_2D);
    this.#adding = gl.createFramebuffer();
    this.#shades = texture(gl, gl.TEXTURE_2D);
    gl.disable(gl.DITHER);
    this.#allot();
  }

  /** Undefined where WebGL2 with pictures of half-precision numbers cannot be had. `onLost`: it will paint no more. */
  static make(onLost: () => void): GlPainter | undefined {
    const canvas = new OffscreenCanvas(1, 1);
    const gl = canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
      // Copied again in frames in which only what lies over it changed.
      preserveDrawingBuffer: true,
    });
    if (gl === null || gl.getExtension('EXT_color_buffer_float') === null) return undefined;
    canvas.addEventListener('webglcontextlost', onLost, { once: true });
    try {
      return new GlPainter(canvas, gl);
    } catch {
      canvas.removeEventListener('webglcontextlost', onLost);
      return undefined;
    }
  }

  paint(frame: Frame, { dimmed, restamp, meant }: Layers): Painted {
    const { ctx } = frame;
    if (restamp && !this.#gl.isContextLost()) {
      this.#resize(frame.pixels);
      this.#paintHulls(frame);
      this.#paintLinks(frame, linkStrength(frame, dimmed));
      this.#paintPeers(frame, meant);
    }
    if (this.#gl.isContextLost()) return 'lost';
    ctx.save();
    ctx.resetTransform();
    ctx.drawImage(this.#canvas, 0, 0);
    ctx.restore();
    return 'finished';
  }

  finish(): void {
    const gl = this.#gl;
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  dispose(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #resize({ width, height }: Frame['pixels']): void {
    const canvas = this.#canvas;
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    this.#allot();
  }

  /** Room for the added up lines, as large as the canvas. */
  #allot(): void {
    const gl = this.#gl;
    const { width, height } = this.#canvas;
    gl.viewport(0, 0, width, height);
    gl.bindTexture(gl.TEXTURE_2D, this.#density);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16F, width, height, 0, gl.RED, gl.HALF_FLOAT, null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#adding);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.#density, 0);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  #inksOf(palette: Palette): HullInks {
    if (this.#inks?.palette === palette) return this.#inks.hulls;
    const hulls = hullInksOf(palette);
    this.#inks = { palette, hulls };
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, this.#shades);
    const shades = new Uint8Array(hulls.body.slice().buffer);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, SHADES, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, shades);
    return hulls;
  }

  #paintHulls(frame: Frame): void {
    const gl = this.#gl;
    const { width, height } = this.#canvas;
    const { edge } = this.#inksOf(frame.palette);
    const { red, green, blue } = rgbOf(frame.palette.ground);
    gl.clearColor(red / 255, green / 255, blue / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    for (const { x, y, radius, corners } of visibleHulls(frame)) {
      gl.disable(gl.BLEND);
      this.#hull.use(width, height).set('middle', x, y, radius);
      gl.bindTexture(gl.TEXTURE_2D, this.#shades);
      gl.bindVertexArray(this.#corners);
      const fan = packFan(x, y, corners);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#cornerBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, fan, gl.STREAM_DRAW);
      gl.drawArrays(gl.TRIANGLE_FAN, 0, fan.length / 2);
      packSides(corners, this.#sides);
      this.#bar.use(width, height).set('thickness', edgeThickness(frame));
      this.#bar.set('colour', edge.red / 255, edge.green / 255, edge.blue / 255, 1);
      this.#draw(this.#sides, gl.ONE_MINUS_SRC_ALPHA);
    }
  }

  #paintLinks(frame: Frame, alpha: number): void {
    if (alpha < FAINTEST) return;
    const gl = this.#gl;
    const { width, height } = this.#canvas;
    packLinks(frame, visibleLinks(frame), this.#links);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#adding);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.#bar.use(width, height).set('thickness', 0).set('colour', 1, 0, 0, 0);
    this.#draw(this.#links, gl.ONE);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    const { red, green, blue } = rgbOf(frame.palette.ink);
    this.#ink.use(width, height).set('colour', red / 255, green / 255, blue / 255);
    this.#ink.set('strength', alpha, MOST_INK);
    gl.bindTexture(gl.TEXTURE_2D, this.#density);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #paintPeers(frame: Frame, meant: Layers['meant']): void {
    const gl = this.#gl;
    const { width, height } = this.#canvas;
    for (const [sheet, signs] of packSigns(frame, meant, this.#signs)) {
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.#textureOf(sheet));
      this.#sign.use(width, height).set('cell', sheet.cell);
      this.#draw(signs, gl.ONE_MINUS_SRC_ALPHA);
    }
  }

  #textureOf(sheet: Sheet): WebGLTexture {
    const gl = this.#gl;
    let made = this.#sheets.get(sheet);
    if (made === undefined) {
      const { pixels, count } = layersOf(sheet.pixels, sheet.cell);
      made = texture(gl, gl.TEXTURE_2D_ARRAY);
      const { cell } = sheet;
      gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA8, cell, cell, count);
      gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, 0, cell, cell, count, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    }
    this.#sheets.delete(sheet);
    this.#sheets.set(sheet, made);
    for (const [oldest, unused] of this.#sheets) {
      if (this.#sheets.size <= MOST_SHEETS) break;
      gl.deleteTexture(unused);
      this.#sheets.delete(oldest);
    }
    return made;
  }

  /** `under`: what becomes of what is there, as a factor of blending. */
  #draw(things: Instances, under: GLenum): void {
    const gl = this.#gl;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, under);
    gl.bindVertexArray(this.#things);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#thingBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, things.used, gl.STREAM_DRAW);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, SQUARE, things.count);
  }
}

/** Attribute 0 from a buffer of its own: `size` numbers, for each corner or, with `divisor` 1, for each thing. */
function attribute(
  gl: WebGL2RenderingContext,
  size: number,
  divisor: number,
): [WebGLVertexArrayObject, WebGLBuffer] {
  const [array, buffer] = [gl.createVertexArray(), gl.createBuffer()];
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, size, gl.FLOAT, false, 0, 0);
  gl.vertexAttribDivisor(0, divisor);
  return [array, buffer];
}
