// The parts of d3 that the page draws with. Take a further one here, by name.
export { bisectLeft, bisectRight, extent, max, min, range, ticks } from "d3-array";
export { contours } from "d3-contour";
export { drag } from "d3-drag";
export { format, formatSpecifier } from "d3-format";
export { interpolateNumber, interpolateRgb } from "d3-interpolate";
export { path } from "d3-path";
export { scaleLinear, scaleLog, scaleSymlog, scaleThreshold } from "d3-scale";
export { pointer, select, selectAll } from "d3-selection";
export { curveLinear, curveStepAfter, line } from "d3-shape";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
