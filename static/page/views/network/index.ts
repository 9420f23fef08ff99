/** A network at work: one sample goes through it, and the error back. */
import { setAttribute } from "../../dom.ts";
import type { Size } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import type { ChartExport, NetworkProblem } from "../../state/types.ts";
import { inputName, outlineWords } from "../../words/networkWords.ts";
import type { Themed } from "../chart/drawing.ts";
import { createChart, svgOf } from "../chart/drawing.ts";
import type { Look } from "../chart/svg.ts";
import { highlightedNeuron } from "./computed.ts";
import type { NetworkDrawing } from "./drawing.ts";
import { networkMarkup, networkMoving, networkPieces } from "./drawing.ts";
import { geometryOf } from "./geometry.ts";
import type { NetworkEvents } from "./handles.ts";
import { createNeuronHandles } from "./handles.ts";

export interface NetworkContent extends Themed, Pick<NetworkDrawing, "read" | "substep"> {
  /** a quantity */
  highlighted: string | null;
  /** the numbers stand */
  still: boolean;
}

const TITLE = "Network";

export function createNetworkDrawing(root: HTMLElement, events: NetworkEvents) {
  type Sized = { network: NetworkProblem; size: Size; look: Look };
  const geometry = memo(({ network, size, look }: Sized) =>
    geometryOf(
      network.sizes,
      network.inputs.map((_, k) => inputName(network, k)),
      size,
      look,
    ),
  );
  const highlightedNow = memo(({ highlighted }: { highlighted: string | null }) => highlightedNeuron(highlighted));
  const chart = createChart<NetworkContent, NetworkDrawing, NetworkStep>(root, {
    least: { width: 160, height: 120 },
    layOut: ({ read, substep, highlighted, size, look }) => ({
      network: read.network,
      read,
      substep,
      highlighted: highlightedNow({ highlighted }),
      size,
      look,
      geometry: geometry({ network: read.network, size, look }),
    }),
    pieces: networkPieces,
    movingOf: networkMoving,
  });
  setAttribute(chart.svg, "aria-hidden", null);
  setAttribute(chart.svg, "role", "img");
  const handles = createNeuronHandles(root, events);

  let now: NetworkStep | null = null;

  return {
    /** @param drawn  where the playhead stands, perhaps between two rows */
    render(content: NetworkContent, drawn: NetworkStep) {
      now = drawn;
      if (!chart.render(content, drawn)) return;
      const drawing = chart.shown()?.layout as NetworkDrawing;
      setAttribute(chart.svg, "aria-label", `A network: ${outlineWords(drawing.read.network)}`);
      handles.render(drawing, content.still);
    },
    /** @returns the picture as it stands, without what is pointed at */
    chartExports(): ChartExport[] {
      const drawing = chart.shown()?.layout;
      return drawing && now
        ? [
            {
              name: "network",
              title: TITLE,
              svg: svgOf(TITLE, drawing.size, drawing.look, networkMarkup({ ...drawing, highlighted: null }, now)),
            },
          ]
        : [];
    },
    destroy: chart.destroy,
  };
}
