// The light a piece is seen in: soft boxes and black cards painted into one latitude-longitude picture. Without the cards metal is grey.
import { ClampToEdgeWrapping, DataTexture, DataUtils, EquirectangularReflectionMapping, HalfFloatType, LinearFilter, RepeatWrapping, RGBAFormat } from "three";

const WIDTH = 512, HEIGHT = 256;
// azimuth (0 behind the camera), elevation, half width, half height in degrees, radiance, softness in degrees
const METAL = { base: [0.85, 0.5, 0.55], boxes: [
  [-18, 80, 34, 30, 3.6, 10], [-62, 30, 15, 34, 3, 7], [64, 36, 12, 30, 2.2, 7], [178, 34, 46, 14, 1.5, 10],
  [-22, 16, 10, 30, 0.03, 4], [24, 10, 8, 26, 0.04, 4], [-100, 14, 14, 38, 0.03, 4], [104, 12, 14, 38, 0.05, 4],
  [150, 40, 9, 22, 0.08, 4], [-148, 44, 8, 22, 0.08, 4],
] };
const GEM = { base: [0.5, 0.55, 0.5], boxes: [
  [0, 80, 26, 22, 5, 5], [-60, 42, 13, 26, 4.2, 4], [66, 48, 13, 22, 3.6, 4], [170, 46, 26, 12, 3, 4],
  [20, 58, 5, 5, 17, 2], [-24, 66, 5, 5, 16, 2], [120, 58, 5, 5, 18, 2], [-130, 60, 5, 5, 16, 2],
  [0, 24, 24, 15, 0.03, 4], [-104, 14, 14, 38, 0.05, 4], [108, 12, 14, 38, 0.05, 4],
] };

const smooth = (x) => { const t = Math.min(Math.max(x, 0), 1); return t * t * (3 - 2 * t); };

function radiance(kind, azimuth, elevation) {
  const [top, middle, bottom] = kind.base, up = elevation / 90;
  let value = up > 0 ? middle + (top - middle) * up : middle + (bottom - middle) * -up;
  for (const [az, el, wide, high, bright, soft] of kind.boxes) {
    const across = Math.abs(((azimuth - az + 540) % 360) - 180), along = Math.abs(elevation - el);
    value += (bright - value) * smooth((wide - across) / soft + 0.5) * smooth((high - along) / soft + 0.5);
  }
  return value;
}

function painted(kind) {
  const data = new Uint16Array(WIDTH * HEIGHT * 4), half = DataUtils.toHalfFloat;
  for (let y = 0; y < HEIGHT; y += 1) for (let x = 0; x < WIDTH; x += 1) {
    // three.js looks along atan(z, x); the camera stands on +z
    const azimuth = 90 - (((x + 0.5) / WIDTH) * 360 - 180), v = radiance(kind, azimuth, ((y + 0.5) / HEIGHT) * 180 - 90);
    data.set([half(v), half(v * 0.985), half(v * 0.965), half(1)], 4 * (y * WIDTH + x));
  }
  const picture = new DataTexture(data, WIDTH, HEIGHT, RGBAFormat, HalfFloatType);
  Object.assign(picture, { mapping: EquirectangularReflectionMapping, magFilter: LinearFilter, minFilter: LinearFilter, wrapS: RepeatWrapping, wrapT: ClampToEdgeWrapping, needsUpdate: true });
  return picture;
}

export const metalLight = () => painted(METAL);
export const gemLight = () => painted(GEM);
