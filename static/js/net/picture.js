/** Pictures that the server draws. */
import { address } from "./http.js";

/**
 * The picture of a page's address.
 * @param {string} query
 * @param {{width: number, height: number, theme: "day" | "night"}} form
 * @returns {string}
 */
export const pictureOf = (query, { width, height, theme }) => address("/plot.svg", `${query}&width=${width}&height=${height}&theme=${theme}`);
