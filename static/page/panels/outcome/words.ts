/** What is said of runs once they have rows, in one file. */
export { minimaWords } from "../../words/endPoint.ts";
export { outcome } from "../../words/outcome.ts";
export { sentence } from "../../words/sentence.ts";
