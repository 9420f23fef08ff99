/** The landscape under the runs: the whole domain first, then the window in sight. */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { hasOwnMap } from "../state/network.ts";
import { isOwn } from "../state/ownCode.ts";
import { isDragged, windowOfWhole } from "../state/problemOnMap.ts";
import { refuse, setFault } from "../state/receiving.ts";
import { problemKey } from "../state/state.ts";
import type { Window } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

/** Samples a side of the whole domain: levels come from these, so it is the same on every screen. */
const WHOLE = table.levels.samples;
/** The same while points are dragged. */
const WHILE_MOVING = 40;

/** Once the hand has left the points the map may move to where the minimum now lies, as a reload would have it. */
export const wholeLandscape: Resource<Wish & { window: Window | null; coarse: boolean }> = {
  name: "whole landscape",
  wishes(state) {
    const { whole, usual } = state;
    const [key, dragged, wanted] = [problemKey(state), isDragged(state), windowOfWhole(state)];
    const window = wanted ?? null;
    const there = whole?.key === key && (dragged || (!whole.coarse && String(whole.window) === String(window)));
    // Of code of one's own the catalog says whether it has a map.
    const mapped = hasOwnMap(state) && (state.catalog || !isOwn(state.problem.surface));
    // Which window of a formula is wanted may follow from its usual domain.
    if (!mapped || there || (wanted === undefined && usual?.key === key)) return [];
    return [
      {
        key: dragged ? `${key} moving` : window ? `${key} ${window}` : key,
        window,
        coarse: dragged && window !== null,
      },
    ];
  },
  async request({ window, coarse }, asked, { api, signal }) {
    const landscape = await api.getLandscape(asked.problem, window, coarse ? WHILE_MOVING : WHOLE, signal);
    const key = problemKey(asked);
    const whole = { key, landscape, coarse, window };
    return (state) => ({ ...state, whole, usual: window ? state.usual : { key, landscape } });
  },
  urgent: ({ moving }) => !moving,
  refuse(state, { key }, errors) {
    const said = refuse(state, "whole landscape", [key], errors);
    return key === problemKey(state) ? setFault(said, { kind: "refused", errors, problemKey: key, entry: null }) : said;
  },
};

/** The window in sight comes after the whole, at rest. */
export const landscapeInSight: Resource<Wish & { window: Window; resolution: number }> = {
  name: "landscape in sight",
  wishes(state) {
    const { problemOnMap: shown, needed, inSight } = state;
    const key = JSON.stringify([problemKey(state), needed]);
    const ready =
      shown?.key === problemKey(state) &&
      shown.wholeLandscape &&
      shown.problem.parameters.length === needed?.window.length &&
      !isDragged(state);
    return ready && needed && inSight?.key !== key ? [{ key, ...needed }] : [];
  },
  async request({ key, window, resolution }, asked, { api, signal }) {
    const landscape = await api.getLandscape(asked.problem, window, resolution, signal);
    return (state) =>
      state.problemOnMap?.key === problemKey(asked) ? { ...state, inSight: { key, landscape } } : state;
  },
};
