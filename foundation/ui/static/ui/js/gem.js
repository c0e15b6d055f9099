// A cut stone is convex, so its facets are planes: the whole way of a ray through it is followed in the fragment shader.
// At each facet a part leaves, bent differently for red, green and blue (fire), and the rest goes on; colour is taken along the way.
import { ShaderMaterial, Vector3, Vector4 } from "three";

// Dispersion, B to G, of the species (gemmological tables); others take the last.
const FIRE = { diamond: 0.044, moissanite: 0.104, sapphire: 0.018, ruby: 0.018, spinel: 0.02, emerald: 0.014, garnet: 0.022, peridot: 0.02, other: 0.014 };
const DEPTH_MM = 2.6, OF_RADIUS = 0.78; // the path over which light takes the body colour; in a small stone less, as a row is told from afar

const VERTEX = `
varying vec3 vPoint, vWay, vNormal;
void main() {
  vPoint = position * 1000.0;
  vWay = vPoint - (inverse(modelMatrix) * vec4(cameraPosition, 1.0)).xyz * 1000.0;
  vNormal = normal;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const fragment = (facets, bounces) => `
precision highp float;
varying vec3 vPoint, vWay, vNormal;
uniform mat4 modelMatrix;
uniform vec4 planes[${facets}];
uniform sampler2D light;
uniform vec3 index, absorb;
vec3 seen(vec3 way) {
  way = normalize(mat3(modelMatrix) * way);
  vec2 at = vec2(atan(way.z, way.x) * 0.15915494 + 0.5, asin(clamp(way.y, -1.0, 1.0)) * 0.31830989 + 0.5);
  return textureLod(light, at, 0.0).rgb;
}
float fresnel(float c, float e) {
  float s = e * e * (1.0 - c * c);
  if (s >= 1.0) return 1.0;
  float t = sqrt(1.0 - s), a = (e * c - t) / (e * c + t), b = (c - e * t) / (c + e * t);
  return 0.5 * (a * a + b * b);
}
vec3 traced(vec3 at, vec3 way) {
  vec3 sum = vec3(0.0), left = vec3(1.0);
  for (int bounce = 0; bounce < ${bounces}; bounce++) {
    float far = 1e9; vec3 face = vec3(0.0);
    for (int i = 0; i < ${facets}; i++) {
      float k = dot(planes[i].xyz, way);
      if (k > 1e-6) { float q = (planes[i].w - dot(planes[i].xyz, at)) / k; if (q < far) { far = q; face = planes[i].xyz; } }
    }
    far = max(far, 0.0); at += way * far; left *= exp(-absorb * far);
    float kept = fresnel(clamp(dot(way, face), 0.0, 1.0), index.g);
    if (kept < 0.999) for (int k = 0; k < 3; k++) {
      vec3 out_ = refract(way, -face, index[k]);
      if (dot(out_, out_) > 0.5) sum[k] += left[k] * (1.0 - kept) * seen(out_)[k];
    }
    left *= kept; way = reflect(way, face); at += way * 1e-4;
    if (max(left.r, max(left.g, left.b)) < 0.02) break;
  }
  return sum + left * seen(way) * 0.35;
}
void main() {
  vec3 way = normalize(vWay), up = normalize(vNormal);
  float c = clamp(-dot(way, up), 0.0, 1.0), r0 = pow((index.g - 1.0) / (index.g + 1.0), 2.0), mirrored = r0 + (1.0 - r0) * pow(1.0 - c, 5.0);
  vec3 colour = mirrored * seen(reflect(way, up)) + (1.0 - mirrored) * traced(vPoint - up * 1e-4, refract(way, up, 1.0 / index.g)) * 1.15;
  gl_FragColor = vec4(colour, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

/** A material for a stone as production.shapes writes it: { gem, index, colour, planes }. Many stones get fewer bounces. */
export function gemMaterial(stone, light, bounces, radiusMm) {
  const planes = [];
  for (let i = 0; i < stone.planes.length; i += 4) planes.push(new Vector4(...stone.planes.slice(i, i + 4)));
  const depth = Math.min(DEPTH_MM, OF_RADIUS * radiusMm), fire = (FIRE[stone.gem] ?? FIRE.other) / 2;
  return new ShaderMaterial({ vertexShader: VERTEX, fragmentShader: fragment(planes.length, bounces), uniforms: {
    planes: { value: planes }, light: { value: light },
    index: { value: new Vector3(stone.index - fire, stone.index, stone.index + fire) },
    absorb: { value: new Vector3(...stone.colour.map((one) => -Math.log(Math.min(Math.max(one, 0.02), 1)) / depth)) },
  } });
}
