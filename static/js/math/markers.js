/**
 * The eight markers, one a slot, as outlines around (0, 0): equal in weight to the eye, not in radius.
 * The same outline serves a canvas (`new Path2D(d)`) and an SVG (`<path d>`).
 */

/** @typedef {[number, number]} Point */

/** @param {number} corners @param {number} radius @param {number} turn  degrees; 0 points up @returns {Point[]} */
function polygon(corners, radius, turn = 0) {
  return Array.from({ length: corners }, (_, k) => {
    const angle = ((turn - 90 + (360 * k) / corners) * Math.PI) / 180;
    return /** @type {Point} */ ([radius * Math.cos(angle), radius * Math.sin(angle)]);
  });
}

/** @param {Point[]} points @param {number} dy @returns {Point[]} */
const moved = (points, dy) => points.map(([x, y]) => [x, y + dy]);

/** @returns {Point[]} */
function star() {
  const outer = polygon(5, 1.36);
  const inner = polygon(5, 0.56, 36);
  return outer.flatMap((point, k) => [point, inner[k]]);
}

/** @returns {Point[]} */
function cross() {
  const [long, thin] = [1.1, 0.4];
  return [
    [-thin, -long], [thin, -long], [thin, -thin], [long, -thin], [long, thin], [thin, thin],
    [thin, long], [-thin, long], [-thin, thin], [-long, thin], [-long, -thin], [-thin, -thin],
  ];
}

/** Corners for a radius of 1; null is the circle. @type {(Point[] | null)[]} */
const CORNERS = [
  null,
  polygon(4, 1.25, 45),
  moved(polygon(3, 1.3), 0.18),
  polygon(4, 1.32),
  moved(polygon(3, 1.3, 180), -0.18),
  cross(),
  polygon(6, 1.1),
  star(),
];

/** Names for those who cannot see the shapes. */
export const MARKER_NAMES = [
  "circle", "square", "triangle", "diamond", "triangle down", "cross", "hexagon", "star",
];

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/**
 * @param {number} slot  0 to 7
 * @param {number} radius  of the circle; the others weigh the same
 * @returns {string} SVG path data
 */
export function markerPath(slot, radius) {
  const corners = CORNERS[slot];
  const r = short(radius);
  if (!corners) return `M${r} 0A${r} ${r} 0 1 1 -${r} 0A${r} ${r} 0 1 1 ${r} 0Z`;
  return `M${corners.map(([x, y]) => `${short(x * radius)} ${short(y * radius)}`).join("L")}Z`;
}
