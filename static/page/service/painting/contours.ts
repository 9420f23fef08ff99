/**
 * Contours as open and closed lines: marching squares over a fine grid, whose segments are joined end to end. A line
 * ends where the samples end; none runs along the border.
 */

/**
 * The lines of one level. Line n runs through points[starts[n]] to points[starts[n + 1] - 1]; x and y alternate, in
 * samples from the top left of the grid.
 */
export type ContourLines = { points: Float32Array; starts: Uint32Array };

/** Edges of a cell: 0 top, 1 right, 2 bottom, 3 left. For each case the pairs of edges a line joins. */
const CASES = [
  [],
  [3, 2],
  [2, 1],
  [3, 1],
  [0, 1],
  [0, 3, 2, 1],
  [0, 2],
  [0, 3],
  [0, 3],
  [0, 2],
  [0, 1, 3, 2],
  [0, 1],
  [3, 1],
  [2, 1],
  [3, 2],
  [],
];

/**
 * @param values  columns x rows
 * @returns the lines of each level
 */
export function contours(values: Float64Array, columns: number, rows: number, levels: number[]): ContourLines[] {
  const links = new Int32Array(columns * rows * 4);
  return levels.map((level) => {
    const edges = linkEdges(values, columns, rows, level, links);
    return joined(values, columns, level, links, edges);
  });
}

/**
 * Links every edge that the level crosses to its (at most two) neighbours along the line. Edge 2k runs right from
 * sample k, edge 2k + 1 down from it; links hold edge + 1, 0 for none.
 * @returns the edges crossed
 */
function linkEdges(values: Float64Array, columns: number, rows: number, level: number, links: Int32Array): number[] {
  const edges: number[] = [];
  const link = (from: number, to: number) => {
    if (!links[2 * from]) {
      edges.push(from);
      links[2 * from] = to + 1;
    } else links[2 * from + 1] = to + 1;
  };
  for (let j = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++) {
      const k = j * columns + i;
      const a = values[k];
      const b = values[k + 1];
      const c = values[k + columns + 1];
      const d = values[k + columns];
      const which = (a >= level ? 8 : 0) | (b >= level ? 4 : 0) | (c >= level ? 2 : 0) | (d >= level ? 1 : 0);
      if (which === 0 || which === 15) continue;
      const sum = a + b + c + d;
      if (Number.isNaN(sum)) continue;
      const turned = (which === 5 || which === 10) && sum / 4 < level ? 15 - which : which;
      const pairs = CASES[turned];
      for (let p = 0; p < pairs.length; p += 2) {
        const [e, f] = [edgeOf(pairs[p], k, columns), edgeOf(pairs[p + 1], k, columns)];
        link(e, f);
        link(f, e);
      }
    }
  }
  return edges;
}

function edgeOf(side: number, k: number, columns: number): number {
  if (side === 0) return 2 * k;
  if (side === 1) return 2 * (k + 1) + 1;
  return side === 2 ? 2 * (k + columns) : 2 * k + 1;
}

/** @param links  cleared by this function */
function joined(
  values: Float64Array,
  columns: number,
  level: number,
  links: Int32Array,
  edges: number[],
): ContourLines {
  const points: number[] = [];
  const starts = [0];
  const ends = edges.filter((edge) => !links[2 * edge + 1]);
  for (const edge of [...ends, ...edges]) {
    if (!links[2 * edge]) continue;
    walk(values, columns, level, links, edge, points);
    starts.push(points.length / 2);
  }
  return { points: Float32Array.from(points), starts: Uint32Array.from(starts) };
}

/** Follows the line from one edge until it ends or closes, and clears its links. */
function walk(
  values: Float64Array,
  columns: number,
  level: number,
  links: Int32Array,
  first: number,
  points: number[],
) {
  let edge = first;
  let before = -1;
  for (;;) {
    push(values, columns, level, edge, points);
    const [neighbour, other] = [links[2 * edge] - 1, links[2 * edge + 1] - 1];
    links[2 * edge] = links[2 * edge + 1] = 0;
    const next = neighbour === before || neighbour < 0 ? other : neighbour;
    if (next < 0) return;
    if (next === first && before >= 0) return push(values, columns, level, first, points);
    if (!links[2 * next]) return;
    before = edge;
    edge = next;
  }
}

function push(values: Float64Array, columns: number, level: number, edge: number, points: number[]) {
  const k = edge >> 1;
  const down = edge & 1;
  const [from, to] = [values[k], values[down ? k + columns : k + 1]];
  const share = to === from ? 0.5 : (level - from) / (to - from);
  const [i, j] = [k % columns, Math.floor(k / columns)];
  points.push(down ? i : i + share, down ? j + share : j);
}
