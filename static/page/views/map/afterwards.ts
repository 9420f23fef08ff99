/** What the first picture of a map does not wait for, in one file: what is named on it, and hands on it. */
export { createNaming } from "./naming.ts";
export { createPlate, createPointedMinima } from "./pointed.ts";
export { listenToPointer } from "./pointer.ts";
