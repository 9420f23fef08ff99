/** A network at work: one sample goes through it, and the error back. */
import { setAttribute } from "../../dom.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { svgOf } from "../../marks/svgFile.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import type { ChartExport } from "../../state/types.ts";
import { outlineWords } from "../../words/networkWords.ts";
import { createNetworkLayout, createNetworkMarks, type NetworkDrawing } from "./drawing.ts";
import { createNeuronHandles, type NetworkEvents } from "./handles.ts";

interface NetworkContent extends Themed, Pick<NetworkDrawing, "read" | "substep"> {
  /** a quantity */
  highlighted: string | null;
  /** the numbers stand */
  still: boolean;
}

const TITLE = "Network";

export function createNetworkDrawing(root: HTMLElement, events: NetworkEvents) {
  const picture = createPicture<NetworkContent, NetworkDrawing, NetworkStep>(root, {
    least: { width: 160, height: 120 },
    layOut: createNetworkLayout(),
    marks: createNetworkMarks(),
  });
  setAttribute(picture.svg, "aria-hidden", null);
  setAttribute(picture.svg, "role", "img");
  const handles = createNeuronHandles(root, events);
  let now: NetworkStep | null = null;

  return {
    /** @param drawn  where the playhead stands, perhaps between two rows */
    render(content: NetworkContent, drawn: NetworkStep) {
      now = drawn;
      if (!picture.render(content, drawn)) return;
      const drawing = picture.shown()?.layout as NetworkDrawing;
      setAttribute(picture.svg, "aria-label", `A network: ${outlineWords(drawing.network)}`);
      handles.render(drawing, content.still);
    },
    /** @returns the picture as it stands, without what is pointed at */
    chartExports(): ChartExport[] {
      const shown = picture.shown();
      if (!shown || !now) return [];
      const marks = createNetworkMarks()({ ...shown.layout, highlighted: null }, now);
      return [{ name: "network", title: TITLE, svg: svgOf(TITLE, { ...shown, marks }) }];
    },
    destroy: picture.destroy,
  };
}
