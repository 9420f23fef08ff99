/** Words on a map of many parameters: which plane it shows, and how much of the paths that holds. */
import { html, nothing } from "lit-html";
import { select } from "../../controls/choice.ts";
import type { FramePorts, StatePorts } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatMeasured } from "../../math/format.ts";
import { planeKey } from "../../resources/plane.ts";
import { isLossRising } from "../../state/columns.ts";
import { setExplain } from "../../state/explain.ts";
import { refusalOf } from "../../state/replies.ts";
import { PLANE_OF_PATH } from "../../state/stage.ts";
import type { PlaneOnMap } from "../../state/types.ts";
import { refusalWords } from "../../words/refusal.ts";
import { asWritten } from "../../words/symbol.ts";

const WEIGHTS = "weights";

const fails = ({ landscape }: PlaneOnMap) => landscape.loss.some((loss) => !Number.isFinite(loss));

function projectedWords({ paths, farthest }: PlaneOnMap): string {
  const projected = Object.keys(paths).length === 1 ? "path is" : "paths are";
  const fades = farthest ? `; its edge fades the further it lies off the plane, up to ${formatMeasured(farthest)}` : "";
  return `The ${projected} projected onto it: the ground has the loss of the plane, a dot that of its own run${fades}.`;
}

export function createPlaneWords(root: HTMLElement, figure: StatePorts & FramePorts) {
  const { act } = figure;
  function choice({
    state,
    scene: {
      problem: { parameters },
      shownRuns,
    },
  }: Frame) {
    const { plane } = state.explain;
    const named = plane === null || plane === PLANE_OF_PATH ? null : plane.split(",");
    const show = (along: string) => act(setExplain, { plane: along });
    const all = parameters.map((name) => ({ name, label: asWritten(name) }));
    const [first, last] = [parameters[0], parameters[parameters.length - 1]];
    const weight = (k: number) =>
      select({
        label: k ? "Up the map" : "Across the map",
        options: all,
        value: named?.[k] ?? "",
        onChoose: (name) => show((named ?? []).with(k, name).join()),
      });
    const options = [
      { name: PLANE_OF_PATH, label: shownRuns.length === 1 ? "the path" : "the paths" },
      { name: WEIGHTS, label: "two parameters" },
    ];
    const along = select({
      label: "The plane lies along",
      options,
      value: named ? WEIGHTS : PLANE_OF_PATH,
      onChoose: (name) => show(name === PLANE_OF_PATH ? PLANE_OF_PATH : `${first},${last}`),
    });
    const weights = named ? html`: ${weight(0)} and ${weight(1)}` : nothing;
    return html`<span class="plane-choice">Along ${along}${weights}</span>`;
  }

  /** Which plane is shown, or why none is. */
  function planeSentence({ state, scene }: Frame): string {
    const { plane, shownRuns } = scene;
    const refused = refusalOf(state, "plane", planeKey(state));
    if (refused) return refusalWords(refused);
    if (!shownRuns.some(({ hidden }) => !hidden) && (state.explain.plane ?? PLANE_OF_PATH) === PLANE_OF_PATH)
      return "The plane is laid along the path of a run: add one.";
    const growing = shownRuns.filter((run) => !run.hidden && isLossRising(run)).map(({ name }) => name);
    const verb = growing.length > 1 ? "go on growing and are" : "goes on growing and is";
    const left = growing.length ? `${growing.join(" and ")} ${verb} left out.` : "";
    if (!plane) return left || "The plane is laid once the runs have ended.";
    return [
      asWritten(plane.sentence),
      Object.keys(plane.paths).length ? projectedWords(plane) : "",
      fails(plane) ? "Where it is hatched the loss fails, or is not finite." : "",
      left,
    ]
      .filter(Boolean)
      .join(" ");
  }

  return createPanel(
    figure,
    root,
    (frame) => html`<p class="plane-words remark">${choice(frame)} <span>${planeSentence(frame)}</span></p>`,
  );
}
