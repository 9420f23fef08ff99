/** Exports the parts that show a network from one module, as they are loaded together. */
export { createNetwork } from "./network.ts";
export { createPlaneWords } from "./planeWords.ts";
export { createPrediction } from "./prediction.ts";
export { createSamples } from "./samples.ts";
