/** Pictures that the server draws. */
import { address } from "./http.ts";

/** The picture of a page's address. */
export const pictureOf = (query: string, { width, height, theme }: { width: number; height: number; theme: "day" | "night" }): string => address("/plot.svg", `${query}&width=${width}&height=${height}&theme=${theme}`);
