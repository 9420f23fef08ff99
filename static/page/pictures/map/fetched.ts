/** The parts of a map that its first picture does not wait for. Until one has come, the map is drawn without it. */

import type { Mark, Place } from "../../marks/mark.ts";
import { lazy } from "../../service/lazy.ts";
import type { Hit, Scene } from "../../state/types.ts";
import type { PaintedGround } from "./ground/background.ts";
import type { MapLayers } from "./layers.ts";
import type { MapMoment } from "./moment.ts";
import type { MapElements } from "./overlay.ts";
import type { MapEvents, MapPorts } from "./pointer/pointer.ts";

/** @param shown  the map as it was drawn last */
export function createFetched(
  root: HTMLElement,
  elements: MapElements,
  ports: MapPorts,
  events: MapEvents,
  shown: () => MapMoment | null,
) {
  const gestures = lazy(
    async () => (await import("./pointer/pointer.ts")).createPointerGestures(root, elements, ports, shown, events),
    ports,
  );
  const endsGround = lazy(async () => (await import("./ground/endsGround.ts")).createEndsGround(), ports);
  const callout = lazy(() => import("./pointer/callout.ts"), ports);
  const { tilt: button } = elements.buttons;
  const tilt = lazy(async () => (await import("./tilt/index.ts")).createTilt(root, button, ports.invalidate), ports);
  gestures();

  return {
    endsGround: ({ ends }: Scene) => (ends ? endsGround() : null),
    callout: (hit: Hit | null) => hit && callout(),
    pointedMinima: (labels: MapMoment["minimumLabels"]) => gestures()?.pointedMinima(labels) ?? [],
    instruct: (moment: MapMoment) => gestures()?.instruction(moment),
    arrowAt: (moment: MapMoment, marks: Mark[], at: Place) => gestures()?.arrowAt(moment, marks, at) ?? null,
    /** Draws the raised ground, also while it goes down. @returns whether it covers the flat map */
    drawRaised(moment: MapMoment, layers: MapLayers, painted: PaintedGround): boolean {
      const raised = moment.playhead.tilted ?? false;
      const part = raised ? tilt() : tilt.loaded();
      return part?.draw(moment, layers, painted, raised && !moment.axes.curve) ?? false;
    },
  };
}
