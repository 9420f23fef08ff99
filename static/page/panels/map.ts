/** The view of the map, and the actions that a visitor's gestures on it lead to. */

import { listenOn } from "../dom.ts";
import { gradientAtRest, type MovingFrame, type View } from "../figure/part.ts";
import { createMap } from "../pictures/map/index.ts";
import { selectRun, setMapGrid, setPlaneWindow, setStart, setTilted, setWindow } from "../state/actions.ts";
import { isPlaceQuestionOpen, setAnswer } from "../state/beats.ts";
import { showsWorking } from "../state/explain.ts";
import { createPlaneScene } from "../state/planeScene.ts";
import { setHovered } from "../state/receiving.ts";
import { showsPlane, stageOf } from "../state/stage.ts";
import { isStale } from "../state/state.ts";
import type { Scene } from "../state/types.ts";

/** @param zooms  whether wheel and touch zoom the map; else they scroll the page */
export const mapView = (zooms = true): View => ({
  name: "map",
  place: { within: "stage" },
  shows: ({ state }) => stageOf(state) !== "network",
  columns: gradientAtRest,
  create(root, figure) {
    const { act, store, highlight, seek, service, ended } = figure;
    const map = createMap(root, service.painter(ended), figure, {
      zooms,
      onStart: (point, dragging) => act(setStart, point, dragging),
      onPlace(point) {
        const asksPlace = latestFrame !== null && isPlaceQuestionOpen(latestFrame);
        if (asksPlace) act(setAnswer, point);
        return asksPlace;
      },
      onWindow: (window, dragging) =>
        showsPlane(store.get()) ? act(setPlaneWindow, window) : act(setWindow, window, dragging),
      onSeek(run, step) {
        act(selectRun, store.get().entries[run]?.id ?? null);
        seek(step);
      },
      onHover: (hit) => act(setHovered, hit),
      onTilt: (tilted) => act(setTilted, tilted),
      onGrid: (window, resolution) => act(setMapGrid, window, resolution),
    });
    const onPlane = createPlaneScene();
    /** The scene, if it has a map; after a network it has none until the next landscape is received. */
    const withMap = (scene: Scene) => (scene.problem.domain.length ? scene : null);
    let latestFrame: MovingFrame | null = null;
    let working = false;
    /** The quantity that the pointer on the map was on last. Only that one is taken back when the pointer leaves it. */
    let last: string | null = null;

    function point(quantity: string | null) {
      if (quantity === last || !working) return;
      last = quantity;
      highlight(quantity);
    }

    const on = listenOn(root, ended);
    on("pointermove", ({ clientX, clientY }) => point(map.arrowAt(clientX, clientY)));
    on("pointerleave", () => point(null));

    return {
      render(frame: MovingFrame) {
        latestFrame = frame;
        const { state, beat, step, explained } = frame;
        const scene = showsPlane(state) ? onPlane(state, frame.scene) : withMap(frame.scene);
        root.classList.toggle("map-waits", !scene);
        root.classList.toggle("map-stale", isStale(state));
        if (!scene) return;
        working = showsWorking(state);
        map.render(scene, {
          step,
          highlighted: state.highlighted,
          direction: explained.direction,
          principal: explained.principal,
          averaged: state.explain.averageFromRow,
          tilted: state.tilted,
          hovered: state.hovered,
          questionRun: beat === "question" ? scene.runOfQuestion : null,
          asks: !state.exercise.answer && isPlaceQuestionOpen(frame),
        });
      },
      press(key) {
        if (key === "t") map.tilt();
        return key === "t";
      },
    };
  },
});
