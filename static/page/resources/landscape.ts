/** The landscape under the runs: the whole domain first, then the window in sight. */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { isOwn } from "../state/catalog.ts";
import { dragsPoints, groundKey, wholeLandscapeKey, wholeLandscapeWindow } from "../state/problemOnMap.ts";
import { setFault } from "../state/receiving.ts";
import { receiveRefusals } from "../state/replies.ts";
import { hasOwnMap } from "../state/stage.ts";
import { problemKey } from "../state/state.ts";
import type { Landscape, Window } from "../state/types.ts";
import type { Need, Resource, ResourceInState } from "./resource.ts";

/** Samples a side over the whole domain. Levels are made from these, so they are the same on every screen. */
const WHOLE = table.levels.samples;
/** Samples a side while points are dragged. */
const WHILE_MOVING = 40;

type LandscapeNeed = Need & { window: Window | null; resolution: number };

const request: Resource<LandscapeNeed, Landscape>["request"] = ({ window, resolution }, { api, state, signal }) =>
  api.getLandscape(state.problem, window, resolution, signal);

/** Once points are let go, the map moves to the domain that a reload would show. */
export const wholeLandscape: ResourceInState<"landscape", LandscapeNeed> = {
  name: "landscape",
  needs(state) {
    const window = wholeLandscapeWindow(state);
    const key = wholeLandscapeKey(state, window);
    // Whether code of one's own has a map stands in the catalog.
    const mapped = hasOwnMap(state) && (state.catalog || !isOwn(state.problem.surface));
    if (!mapped || (dragsPoints(state) && state.problemOnMap?.key === problemKey(state))) return [];
    const resolution = dragsPoints(state) && window ? WHILE_MOVING : WHOLE;
    return [{ key, subject: window ? undefined : "usual", window, resolution }];
  },
  request,
  isUrgent: (_sent, _need, { dragging }) => !dragging,
  withRefusal(state, { key }, errors) {
    const refused = receiveRefusals(state, "landscape", [key], errors);
    return key === problemKey(state)
      ? setFault(refused, { kind: "refused", errors, problemKey: key, entry: null })
      : refused;
  },
};

/** The landscape over the window in sight, asked for after the whole one, at rest. */
export const landscapeInSight: ResourceInState<"in sight", LandscapeNeed> = {
  name: "in sight",
  needs(state) {
    const { problemOnMap: ground, mapGrid } = state;
    const key = problemKey(state);
    const ready =
      ground?.key === key &&
      ground.wholeLandscape &&
      mapGrid?.plane === undefined &&
      ground.problem.parameters.length === mapGrid?.window.length &&
      !dragsPoints(state);
    return ready && mapGrid ? [{ key: JSON.stringify([key, mapGrid]), subject: groundKey(ground), ...mapGrid }] : [];
  },
  request,
};
