/** *Turned*: the steps that each run takes to a loss, over the angle of the ravine. Dragging rotates the ravine. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { runSample } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { createPicture } from "../../marks/picture.ts";
import { formatExact } from "../../math/format.ts";
import { degreesAt, rosePicture } from "../../pictures/curvature/rosePicture.ts";
import { angles, anglesNeed } from "../../resources/angles.ts";
import { curvature, curvatureNeed } from "../../resources/curvature.ts";
import { stepReaching } from "../../state/evidenceValues.ts";
import { turnTo } from "../../state/expression.ts";
import { problemKey } from "../../state/state.ts";
import type { Principal, Wire } from "../../state/types.ts";
import { type QuadraticShape, turnedFormula, turnedPoint, turnedSentence } from "../../words/turnedQuadratic.ts";
import type { ExplanationPorts } from "./loaders.ts";
import { createRunRequests, type RunReplies, type RunReply } from "./runRequests.ts";

/** Without a loss to stop at, steps are counted to this share of the loss at the start. */
const PART = 1 / 1000;
/** The columns of the table beside that of the present angle, with their index among the angles. */
const ALONG = { text: "0°", index: 0 };
const BETWEEN = { text: "45°", index: 15 };

const stepsAt = ({ n_steps, stop_reason }: Wire["SweepEnds"], index: number) =>
  stop_reason[index] === "target_loss" ? n_steps[index] : null;

function lossOf({ state, scene: { wholeRuns, problem } }: Frame): number {
  const target = state.stop.target_loss;
  if (target !== null && target !== undefined) return target;
  const start = wholeRuns.find(({ length }) => length)?.columns.loss[0] ?? 1;
  const least = problem.minima[0]?.loss ?? 0;
  return Number((least + PART * (start - least)).toPrecision(2));
}

interface Rose extends RunReplies<Wire["SweepEnds"]> {
  loss: number;
  /** steps */
  most: number;
  /** angle in degrees to which the ravine was rotated */
  degrees: number;
  start: number[];
  /** of the landscape with this key; null: it cannot be turned */
  shape: QuadraticShape | null;
  key: string;
}

export default function createRose(root: HTMLElement, ports: ExplanationPorts) {
  const { act, createRequest } = ports;
  const runReplies = createRunRequests(ports, angles, "Add a run to see how many steps it takes at each angle.");
  const requestShape = createRequest(curvature);
  /** The angle of the hand that drags, and the angle and start when the drag began. */
  let dragged: { degrees: number; angle: number; start: number[] } | null = null;

  const onHold: typeof rosePicture.onHold = (layout, left, top) => {
    const { shape = null, degrees: angle, start } = panel.data() as Rose;
    if (!shape) return;
    const degrees = (Math.round(degreesAt(layout, left, top)) + 360) % 180;
    if (degrees === dragged?.degrees) return;
    dragged = { angle, start, ...dragged, degrees };
    // The smaller of the two rotations, as the ravine is the same after 180 degrees.
    const by = ((degrees - dragged.angle + 450) % 180) - 90;
    act(turnTo, turnedFormula(shape, degrees), turnedPoint(shape, dragged.start, by), true);
  };
  const picture = createPicture({ ...rosePicture, onHold });

  function shapeOf({ state, scene }: Frame, isThere: boolean): QuadraticShape | null {
    const [first] = state.entries;
    const [minimum] = scene.problem.minima;
    const need = isThere && first && minimum && curvatureNeed(state, first, 0);
    const [reply] = requestShape(state, need ? [need] : []);
    const hessian = reply?.value?.hessian;
    return hessian ? { at: minimum.at, loss: minimum.loss, hessian } : null;
  }

  function prepare(frame: Frame, before?: Rose): Rose {
    const { state } = frame;
    if (!state.dragging) dragged = null;
    const [loss, key] = [lossOf(frame), problemKey(state)];
    const { replies, note } = runReplies.follow(frame, (_, entry) => anglesNeed(state, entry, loss));
    // While it is dragged, and once it has been, the shape is what it was before.
    const keeps = before?.shape && (dragged || before.key === key);
    return {
      replies,
      note,
      loss,
      key,
      most: state.stop.max_steps ?? 0,
      degrees: dragged?.degrees ?? replies[0]?.reply.angle ?? before?.degrees ?? 0,
      start: state.start ?? state.problemOnMap?.start ?? [],
      shape: keeps ? before.shape : shapeOf(frame, replies.length > 0),
    };
  }

  /** The angle as the map draws it, from the minimum on the side of the start. */
  function turned({ scene }: Frame, { replies, degrees, start }: Rose): Principal | null {
    const at = scene.problem.minima[0]?.at;
    const isThere = replies.length && at?.length === 2 && start.length === 2;
    return isThere ? { at, directions: [], turned: { degrees, start } } : null;
  }

  const steps = (value: number | null, most: number, strong = false) => {
    const text = value === null ? `over ${formatExact(most)}` : formatExact(value);
    return html`<td>${strong ? html`<b>${text}</b>` : text}</td>`;
  };

  const row = ({ run, reply }: RunReply<Wire["SweepEnds"]>, { loss, most }: Rose) =>
    html`<tr><th scope="row"><span class="slot-${run.slot}">${runSample(run.slot)}</span> ${run.name}</th>
      ${steps(stepsAt(reply, ALONG.index), most)}${steps(stepReaching(run, loss, false), most, true)}
      ${steps(stepsAt(reply, BETWEEN.index), most)}
      </tr>`;

  function whole(rose: Rose) {
    const { replies, loss, most, degrees, shape } = rose;
    const counts = replies.map(({ run: { name }, reply }) => {
      const reached = reply.n_steps.filter((_, index) => stepsAt(reply, index) !== null);
      const all = reached.length === reply.n_steps.length;
      return { name, least: Math.min(...reached), most: all ? Math.max(...reached) : null, none: !reached.length };
    });
    const ever = counts.filter(({ none }) => !none);
    const heads = [ALONG.text, `${Math.round(degrees)}°`, BETWEEN.text];
    const caption = `Steps, from the middle outwards, every 3°${shape ? ": drag to turn the ravine" : ""}`;
    return html`<div class="why-first"><p class="why-sentence">${turnedSentence(loss, ever, most)}</p>
      <figure class="polynomial column"><figcaption>${caption}</figcaption><div class="chart ${shape ? "rose" : ""}"
      role="img" aria-label="Steps at each angle of the ravine" ${ref(picture.place)}></div></figure></div>
      <div class="why-table"><table><thead><tr><td>steps to loss ${formatExact(loss, 3)}</td>${heads.map(
        (head) => html`<th scope="col">${head}</th>`,
      )}</tr></thead><tbody>${replies.map((runReply) => row(runReply, rose))}</tbody></table></div>`;
  }

  const panel = createPanel(ports, root, {
    prepare,
    explained: (frame, rose) => ({ principal: turned(frame, rose) }),
    template: (_, rose) =>
      html`<p class="note" ?hidden=${!rose.note}>${rose.note}</p>${rose.replies.length ? whole(rose) : nothing}`,
    rendered({ scene: { theme, scale } }, { replies, degrees, loss }) {
      if (!replies.length) return;
      const runs = replies.map(({ run, reply }) => ({ slot: run.slot, reply, steps: stepReaching(run, loss, false) }));
      picture.render({ runs, angle: degrees, theme, scale });
    },
  });
  return panel;
}
