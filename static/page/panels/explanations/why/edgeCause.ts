/** The largest curvature and the loss along a run, for a loss whose curvature is not the same everywhere. */

import { aloneAt, createLineChart } from "../../../pictures/chart/lineChart.ts";
import { edgeChartOf, edgeLossOf } from "../../../pictures/curvature/edgeChart.ts";
import { edge, edgeNeed } from "../../../resources/curvature.ts";
import type { NeedWithBody } from "../../../resources/resource.ts";
import type { State, Wire } from "../../../state/types.ts";
import { type Cause, type CausePicture, type CausePorts, causeFigure } from "./cause.ts";

const LOSS = "Loss on the same steps";

/** @returns the request for the curvature along a run; null for a run of a single step */
function needOf(state: State, { entry, run, reply: { modes }, principal }: Cause): NeedWithBody | null {
  const changes = run.length > 2 && !principal?.predicted;
  return modes[0]?.roots && modes[0].direction && changes ? edgeNeed(state, entry) : null;
}

export function createEdgeCause({ createRequest, seek: onSeek }: CausePorts): CausePicture<Wire["CurvatureColumns"]> {
  const request = createRequest(edge);
  const curvatures = createLineChart(edgeChartOf, { onSeek });
  const losses = createLineChart(edgeLossOf, { onSeek });

  return {
    name: "edge",
    ofRun: true,
    word: () => "Along the run",
    prepare(state, cause) {
      const need = needOf(state, cause);
      const [reply] = request(state, need ? [need] : []);
      return !reply || reply.refused ? null : reply.value;
    },
    figures({ reply }) {
      const scaled = reply.of === "preconditioned" ? ", scaled by what the rule divides by" : "";
      const label = `Largest curvature along the run${scaled}`;
      return [
        causeFigure(label, "why-edge", label, curvatures.place),
        causeFigure(LOSS, "why-loss", LOSS, losses.place),
      ];
    },
    draw(cause, edge, look, step) {
      curvatures.render({ ...look, edge, run: cause.run }, aloneAt(step));
      losses.render({ ...look, edge, run: cause.run }, aloneAt(step));
    },
  };
}
