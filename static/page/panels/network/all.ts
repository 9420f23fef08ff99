/** The parts that show a network, in one file: they are fetched with the first of them. */
export { createNetwork } from "./network.ts";
export { createPlaneWords } from "./planeWords.ts";
export { createPrediction } from "./prediction.ts";
export { createSamples } from "./samples.ts";
