// One piece on its tray, turned by hand, keyboard or finger. It draws only when something changed; it never turns by itself.
import { ACESFilmicToneMapping, Box3, CanvasTexture, Group, Mesh, MeshBasicMaterial, PerspectiveCamera, PlaneGeometry, PMREMGenerator, Scene, Vector3, WebGLRenderer } from "three";
import { GLTFLoader } from "three/gltf";
import { gemMaterial } from "ui/gem";
import { gemLight, metalLight } from "ui/light";

// Linear colours of polished metal, as production.shapes.glb has them.
const METALS = { yellow: [1, 0.735, 0.335], rose: [0.965, 0.635, 0.475], white: [0.83, 0.82, 0.8], silver: [0.965, 0.955, 0.925], platinum: [0.72, 0.7, 0.67] };
const MM = 1000, LIES = 0.06, SLOW_MS = 120, SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i, LEAST_GB = 2;
const START = { turn: -0.55, tilt: 0.42, zoom: 1 }, STEP = 0.14, FEW = 6;
const KEYS = { ArrowLeft: ["turn", -STEP], ArrowRight: ["turn", STEP], ArrowUp: ["tilt", STEP], ArrowDown: ["tilt", -STEP], "+": ["zoom", 0.15], "=": ["zoom", 0.15], "-": ["zoom", -0.15] };

export class Viewer {
  constructor(box, { label, lost }) {
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
    this.renderer.transmissionResolutionScale = 0.5;
    this.forced = box.dataset.stonesAs;
    this.stones = this.forced ?? (this.isWeak() ? "plain" : "traced");
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.renderer.toneMappingExposure = 0.92;
    this.canvas = this.renderer.domElement;
    this.canvas.className = "turning";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", label);
    this.canvas.dataset.tray = box.dataset.tray ?? "stone";
    this.host = box;
    this.scene = new Scene();
    const room = metalLight(), bake = new PMREMGenerator(this.renderer);
    this.scene.environment = bake.fromEquirectangular(room).texture;
    room.dispose();
    bake.dispose();
    this.light = gemLight();
    this.camera = new PerspectiveCamera(22, 1, 1, 2000);
    this.state = { ...START };
    this.sized = new ResizeObserver(() => this.fit());
    this.listen(lost);
  }

  async show(url, metal) {
    if (url !== this.url) {
      const piece = await this.load(url);
      if (this.piece) this.empty();
      this.piece = piece;
      this.url = url;
      this.scene.add(piece);
    }
    this.paint(metal);
    if (!this.canvas.isConnected) {
      this.host.append(this.canvas);
      this.sized.observe(this.canvas);
      this.canvas.focus({ preventScroll: true });
    }
    this.fit();
    this.keepUp();
  }

  /** A machine without a graphics chip, or with little memory, is not asked to trace light. */
  isWeak() {
    const gl = this.renderer.getContext(), told = gl.getExtension("WEBGL_debug_renderer_info");
    return SOFTWARE.test(told ? gl.getParameter(told.UNMASKED_RENDERER_WEBGL) : "") || (navigator.deviceMemory ?? LEAST_GB + 1) < LEAST_GB;
  }

  /** Where tracing takes so long that it would stutter under the hand, stones are drawn the plain way. */
  keepUp() {
    if (this.stones !== "traced" || this.forced) return;
    const pixel = new Uint8Array(4), gl = this.renderer.getContext();
    const timed = () => {
      const begun = performance.now();
      this.frame();
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      return performance.now() - begun;
    };
    timed(); // the first one compiles
    if (timed() < SLOW_MS) return;
    this.stones = "plain";
    this.cutStones(this.piece);
    this.draw();
  }

  async load(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error("no model");
    const bytes = await unpacked(await answer.arrayBuffer());
    const { scene } = await new GLTFLoader().parseAsync(bytes, "");
    scene.scale.setScalar(MM); // millimetres, so that 32-bit floats have room
    scene.traverse((one) => { if (one.material?.attenuationDistance < 1) one.material.attenuationDistance *= MM; });
    this.cutStones(scene);
    const thin = new Box3().setFromObject(scene).getSize(new Vector3());
    const lies = thin.z < LIES * thin.y; // a chain lies on its tray
    if (lies) scene.rotation.x = -Math.PI / 2;
    const box = new Box3().setFromObject(scene), middle = box.getCenter(new Vector3()), size = box.getSize(new Vector3());
    scene.position.sub(middle);
    this.reach = size.length() / 2;
    const piece = new Group();
    piece.add(scene, shadow(size, lies));
    return piece;
  }

  cutStones(scene) {
    const stones = [], made = new Map();
    scene.traverse((one) => one.isMesh && one.userData.planes?.length && stones.push(one));
    for (const stone of stones) {
      const plain = (stone.userData.plain ??= stone.material);
      stone.geometry.boundingSphere ?? stone.geometry.computeBoundingSphere();
      const mm = stone.geometry.boundingSphere.radius * MM;
      if (this.stones === "traced" && !made.has(plain)) made.set(plain, gemMaterial(stone.userData, this.light, stones.length > FEW && mm < 1.8 ? 4 : 7, mm));
      stone.material = made.get(plain) ?? plain;
    }
    this.canvas.dataset.stones = stones.length ? this.stones : "none";
  }

  paint(metal) {
    this.piece.traverse((one) => {
      if (!one.isMesh || !(one.material.name in METALS)) return;
      one.material.color.setRGB(...METALS[metal in METALS ? metal : "yellow"]);
      one.material.roughness = 0.1;
    });
    this.draw();
  }

  listen(lost) {
    const canvas = this.canvas, fingers = new Map();
    canvas.addEventListener("webglcontextlost", (event) => { event.preventDefault(); lost(); });
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Home") this.state = { ...START };
      else if (KEYS[event.key]) this.change(...KEYS[event.key]);
      else return;
      event.preventDefault();
      this.draw();
    });
    canvas.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); canvas.setPointerCapture(event.pointerId); });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
    canvas.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before || fingers.size > 1) return;
      fingers.set(event.pointerId, event);
      this.change("turn", (event.clientX - before.clientX) * 0.01);
      if (event.pointerType === "mouse") this.change("tilt", (event.clientY - before.clientY) * 0.008);
      this.draw();
    });
    canvas.addEventListener("dblclick", () => { this.state = { ...START }; this.draw(); });
  }

  change(what, by) {
    const limits = { turn: [-Infinity, Infinity], tilt: [-0.2, 1.45], zoom: [0.7, 2.6] }[what];
    this.state[what] = Math.min(Math.max(this.state[what] + by, limits[0]), limits[1]);
  }

  fit() {
    const { clientWidth: wide, clientHeight: high } = this.canvas;
    if (!wide || !high) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setSize(wide, high, false);
    this.camera.aspect = wide / high;
    this.draw();
  }

  draw() {
    if (this.asked || !this.piece) return;
    this.asked = requestAnimationFrame(() => this.frame());
  }

  frame() {
    cancelAnimationFrame(this.asked);
    this.asked = 0;
    const { turn, tilt, zoom } = this.state, narrow = Math.min(this.camera.aspect, 1);
    const away = (1.05 * this.reach) / Math.sin((this.camera.fov * Math.PI) / 360) / narrow / zoom;
    this.piece.rotation.y = turn;
    this.camera.position.set(0, away * Math.sin(tilt), away * Math.cos(tilt));
    this.camera.lookAt(0, -0.1 * this.reach, 0); // room for the bar below
    this.camera.near = away / 20;
    this.camera.far = away * 4;
    this.camera.updateProjectionMatrix();
    this.renderer.render(this.scene, this.camera);
    this.canvas.dataset.drawn = String(Number(this.canvas.dataset.drawn ?? 0) + 1);
  }

  empty() {
    this.scene.remove(this.piece);
    this.piece.traverse((one) => { one.geometry?.dispose(); one.material?.map?.dispose(); one.material?.dispose(); one.userData.plain?.dispose(); });
  }

  dispose() {
    cancelAnimationFrame(this.asked);
    this.sized.disconnect();
    if (this.piece) this.empty();
    this.scene.environment.dispose();
    this.light.dispose();
    this.renderer.dispose();
    this.canvas.remove();
  }
}

/** A server may have unpacked the file already: only what begins as gzip is unpacked here. */
async function unpacked(bytes) {
  const [first, second] = new Uint8Array(bytes);
  if (first !== 0x1f || second !== 0x8b) return bytes;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

function shadow(size, lies) {
  const paper = document.createElement("canvas");
  paper.width = paper.height = 256;
  const pen = paper.getContext("2d"), dark = pen.createRadialGradient(128, 128, 0, 128, 128, 128);
  const tones = lies ? [[0.5, 0], [0.66, 0.34], [0.8, 0]] : [[0, 0.66], [0.14, 0.4], [0.4, 0.2], [1, 0]];
  for (const [at, tone] of tones) dark.addColorStop(at, `rgba(20,28,26,${tone})`);
  pen.fillStyle = dark;
  pen.fillRect(0, 0, 256, 256);
  const floor = new Mesh(new PlaneGeometry(size.x * 1.5 + 2, lies ? size.z * 1.5 + 2 : size.z * 1.8 + 3), new MeshBasicMaterial({ map: new CanvasTexture(paper), transparent: true, depthWrite: false, toneMapped: false }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.y = -size.y / 2 - 0.02;
  return floor;
}
