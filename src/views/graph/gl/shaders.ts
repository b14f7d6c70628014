/**
 * What a GPU does with each corner and each pixel. Places are device pixels from the upper left corner; the figures
 * are those of the rasteriser (`Density.line`, `strokePolygon`, `fillPolygon`, `inkTable`), so that both pictures
 * are one.
 */
const HEAD = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2DArray;
uniform vec2 size;
`;

const PLACE = `
vec4 place(vec2 at) {
  return vec4(2.0 * at.x / size.x - 1.0, 1.0 - 2.0 * at.y / size.y, 0.0, 1.0);
}
`;

/** A bar between two places, as thick across its longer axis as it is; without thickness a hairline, two pixels wide. */
export const BAR = {
  vertex: `${HEAD}${PLACE}
layout(location = 0) in vec4 ends;
uniform float thickness;
out float away;
flat out float reach;
void main() {
  vec2 a = ends.xy;
  vec2 b = ends.zw;
  bool steep = abs(b.y - a.y) > abs(b.x - a.x);
  if (steep) {
    a = a.yx;
    b = b.yx;
  }
  float slope = a.x == b.x ? 0.0 : (b.y - a.y) / (b.x - a.x);
  reach = thickness > 0.0 ? (thickness * sqrt(1.0 + slope * slope) + 1.0) / 2.0 : 1.0;
  away = (gl_VertexID & 1) == 0 ? -reach : reach;
  vec2 at = (gl_VertexID < 2 ? a : b) + vec2(0.0, away);
  gl_Position = place(steep ? at.yx : at);
}`,
  fragment: `${HEAD}
uniform vec4 colour;
in float away;
flat in float reach;
out vec4 ink;
void main() {
  ink = colour * clamp(reach - abs(away), 0.0, 1.0);
}`,
};

/** A hull's body, shaded by the square of the distance from its middle. */
export const HULL = {
  vertex: `${HEAD}${PLACE}
layout(location = 0) in vec2 corner;
void main() {
  gl_Position = place(corner);
}`,
  fragment: `${HEAD}
uniform vec3 middle;
uniform sampler2D shades;
out vec4 ink;
void main() {
  vec2 away = vec2(gl_FragCoord.x, size.y - gl_FragCoord.y) - middle.xy;
  float shade = 255.0 * dot(away, away) / (middle.z * middle.z);
  ink = vec4(texelFetch(shades, ivec2(int(min(shade, 255.0)), 0), 0).rgb, 1.0);
}`,
};

/** The added up lines as ink, over all of the picture. `strength`: of one line, and the most there may be. */
export const INK = {
  vertex: `${HEAD}
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`,
  fragment: `${HEAD}
uniform sampler2D density;
uniform vec3 colour;
uniform vec2 strength;
out vec4 ink;
void main() {
  float lines = texelFetch(density, ivec2(gl_FragCoord.xy), 0).r;
  float part = strength.y * (1.0 - exp(-strength.x / strength.y * lines));
  ink = vec4(colour * part, part);
}`,
};

/** Signs, copied pixel by pixel from a sheet's layers. */
export const SIGN = {
  vertex: `${HEAD}${PLACE}
layout(location = 0) in vec4 sign;
uniform float cell;
out vec2 within;
flat out int layer;
flat out float strength;
void main() {
  within = cell * vec2(gl_VertexID & 1, gl_VertexID >> 1);
  layer = int(sign.z);
  strength = sign.w;
  gl_Position = place(sign.xy + within);
}`,
  fragment: `${HEAD}
uniform sampler2DArray sheet;
in vec2 within;
flat in int layer;
flat in float strength;
out vec4 ink;
void main() {
  vec4 colour = texelFetch(sheet, ivec3(ivec2(within), layer), 0);
  float alpha = colour.a * strength;
  ink = vec4(colour.rgb * alpha, alpha);
}`,
};
