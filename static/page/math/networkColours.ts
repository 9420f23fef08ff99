/**
 * The colours of a network: of weights by their sign, and of labels. None is that of a run: whatever the sight, normal,
 * protan, deutan or tritan, each differs from all of these by 5.7 or more in OKLab (times 100), and from the other of
 * its pair by 9.3 or more.
 */
import { COLOURS, type Colours } from "./palette.ts";

type Hex = `#${string}`;

interface NetworkColours {
  positive: Hex;
  negative: Hex;
  /** 0 and 1 */
  labels: readonly [Hex, Hex];
}

/** Contrast on paper, in the order below: 7.4, 4.2, 10.4 and 5.0 by day; 4.6, 4.2, 3.7 and 5.1 by night. */
const DAY: NetworkColours = { positive: "#375A58", negative: "#B16460", labels: ["#731E36", "#6468A4"] };
const NIGHT: NetworkColours = { positive: "#57849A", negative: "#AE6161", labels: ["#C04444", "#7182C3"] };

export const networkColours = (colours: Colours): NetworkColours => (colours === COLOURS.night ? NIGHT : DAY);
