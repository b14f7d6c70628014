/** Programs and textures of a WebGL2 context. What cannot be made throws; a lost context makes nothing. */
type Gl = WebGL2RenderingContext;

export class Program {
  readonly #gl: Gl;
  readonly #program: WebGLProgram;
  readonly #places = new Map<string, WebGLUniformLocation | null>();

  constructor(gl: Gl, source: { readonly vertex: string; readonly fragment: string }) {
    this.#gl = gl;
    this.#program = gl.createProgram();
    for (const [kind, text] of [
      [gl.VERTEX_SHADER, source.vertex],
      [gl.FRAGMENT_SHADER, source.fragment],
    ] as const) {
      const shader = gl.createShader(kind);
      if (shader === null) throw new Error('no shader could be had');
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
    }
    gl.linkProgram(this.#program);
    if (gl.getProgramParameter(this.#program, gl.LINK_STATUS) !== true)
      throw new Error(`a program does not link: ${gl.getProgramInfoLog(this.#program) ?? ''}`);
  }

  /** Used from now on, upon a picture of this size, device pixels. */
  use(width: number, height: number): this {
    this.#gl.useProgram(this.#program);
    return this.set('size', width, height);
  }

  set(name: string, ...values: readonly number[]): this {
    const gl = this.#gl;
    let place = this.#places.get(name);
    if (place === undefined) this.#places.set(name, (place = gl.getUniformLocation(this.#program, name)));
    if (values.length === 1) gl.uniform1fv(place, values);
    else if (values.length === 2) gl.uniform2fv(place, values);
    else if (values.length === 3) gl.uniform3fv(place, values);
    else gl.uniform4fv(place, values);
    return this;
  }
}

/** Whose pixels are fetched one by one; bound, and empty. */
export function texture(gl: Gl, kind: Gl['TEXTURE_2D'] | Gl['TEXTURE_2D_ARRAY']): WebGLTexture {
  const made = gl.createTexture();
  gl.bindTexture(kind, made);
  gl.texParameteri(kind, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(kind, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  gl.texParameteri(kind, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(kind, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return made;
}
