/** The contest at a seat: a student tries values on a map, and hands one of the tries in. */
import { html, nothing } from "lit-html";
import { select } from "../../controls/choice.ts";
import { slider } from "../../controls/slider.ts";
import { scaleOf } from "../../controls/sliderScale.ts";
import { createFigure, type StatePorts } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { formatExact } from "../../math/format.ts";
import type { Service } from "../../service/service.ts";
import { loadStyle } from "../../service/style.ts";
import { setValue } from "../../state/actions.ts";
import {
  type Contest,
  type ContestEntry,
  type ContestValues,
  contestAddress,
  contestAxis,
  contestResult,
  eligibleOptimizers,
  OPTIMIZER,
  START,
  seatMark,
} from "../../state/contest.ts";
import type { Param } from "../../state/types.ts";
import { resultWords, standingWords } from "../../words/contest.ts";
import { mapView } from "../map.ts";
import { titleView } from "../outcome/title.ts";
import { startFields } from "../runs/startFields.ts";
import { contestQuestionOf, entryText, seatPicture, settableParams } from "./wallAndSeat.ts";

/** How many of the latest tries are listed. */
const MOST_TRIES_LISTED = 5;

interface SeatPorts {
  service: Service;
  /** its number */
  seat: number;
  theme: "day" | "night";
  hand: (values: ContestValues) => void;
}

/** A try: its values in words, and their result; null where the run diverged or never got there. */
type Try = [values: string, result: number | null];

/** @returns the tries, the latest last */
export const withTry = (tries: Try[], latest: Try): Try[] => [
  ...tries.filter(([values]) => values !== latest[0]),
  latest,
];

/** @returns those that are listed beside the values that are set */
export const listedTries = (tries: Try[], words: string): Try[] =>
  tries.filter(([values]) => values !== words).slice(-MOST_TRIES_LISTED);

/** The form of a seat: sliders, the result, the values tried, and the button to hand in. */
function formView(currentContest: () => Contest, { seat, hand }: Pick<SeatPorts, "seat" | "hand">): View {
  let tries: Try[] = [];
  const ownEntry = (): ContestEntry | null => currentContest().entries.find((entry) => entry.seat === seat) ?? null;

  /** @returns the values that are set, in the order in which the question names them */
  function valuesOf({ state, scene }: Frame, params: Param[]): ContestValues {
    const [{ optimizer }] = state.entries;
    return Object.fromEntries(
      currentContest().sets.map((name) => {
        const param = params.find((candidate) => candidate.name === name);
        if (param) return [name, Number(optimizer[name] ?? param.default)];
        return [name, name === OPTIMIZER ? (optimizer.name ?? "") : scene.start];
      }),
    );
  }

  /** The result of the run; null: it diverged or never got there, undefined: not known yet. */
  function resultIn({ state, scene }: Frame): number | null | undefined {
    const [run] = scene.wholeRuns;
    return state.dragging || !run?.end ? undefined : contestResult(currentContest(), run);
  }

  function row({ act }: StatePorts, frame: Frame, param: Param, value: number) {
    const [{ id, slot }] = frame.state.entries;
    const name = param.name.replaceAll("_", " ");
    const set = (to: number, dragging: boolean) => act(setValue, id, param.name, to, dragging);
    const step = (by: 1 | -1, sign: string) => html`<button type="button" class="contest-step"
      aria-label="${name}: ${by > 0 ? "more" : "less"}"
      @click=${() => set(scaleOf(param).next(value, by, false), false)}>${sign}</button>`;
    // The slider is not shaded: where each value ends is for the seat to find out.
    return html`<div class="contest-set slot-${slot}">${step(-1, "−")}${slider({
      param,
      label: name,
      value,
      slot,
      onInput: set,
    })}${step(1, "+")}</div>`;
  }

  /** The choice of an optimizer; another one begins with its own defaults, at the same start. */
  function choice(figure: StatePorts, { state, scene }: Frame) {
    const [{ optimizer, slot }] = state.entries;
    const { start } = scene;
    const options = eligibleOptimizers(state, currentContest().sets).map(({ name, label }) => ({ name, label }));
    const onChoose = (name: string) =>
      figure.open(
        contestAddress(
          currentContest(),
          { [OPTIMIZER]: name, ...(currentContest().sets.includes(START) ? { start } : {}) },
          slot,
        ),
      );
    return html`<p>${select({
      label: "Optimizer",
      options,
      value: optimizer.name ?? "",
      onChoose,
    })}</p>`;
  }

  function standing({ state }: Frame, contest: Contest, values: ContestValues) {
    const entry = ownEntry();
    const words = entryText(state, { values });
    const same = entry !== null && entryText(state, entry) === words;
    const marked = contestAxis(contest) !== null;
    const mine = marked ? "This is your mark on the wall." : "";
    const [strong, more] = entry ? standingWords(contest, entry, entryText(state, entry)) : ["", mine];
    const button = contest.open
      ? html`<button type="button" class="button ${same ? "" : "strong"}" ?disabled=${same}
      @click=${() => hand(values)}>${same ? "Hand in" : `Hand in ${words}`}</button>`
      : nothing;
    return html`${marked ? seatPicture(seat) : nothing}<p role="status"><strong>${strong}</strong> ${
      contest.open || entry ? more : "The contest is over."
    }</p>${button}`;
  }

  return {
    name: "contest",
    place: { within: "root", attributes: { class: "contest-form" } },
    create(root, figure) {
      function prepare(frame: Frame) {
        const { state, scene } = frame;
        if (!state.catalog || !state.entries.length || !scene.start.length) return null;
        const params = settableParams(state, currentContest(), state.entries[0].optimizer);
        const values = valuesOf(frame, params);
        const [result, words] = [resultIn(frame), entryText(state, { values })];
        if (result !== undefined) tries = withTry(tries, [words, result]);
        return { params, values, result, others: listedTries(tries, words) };
      }

      function template(frame: Frame, shown: ReturnType<typeof prepare>) {
        if (!shown) return nothing;
        const contest = currentContest();
        const { state, scene } = frame;
        const { params, values, result, others } = shown;
        const hyperparameterValues = Object.entries(values).filter(([name]) => name !== OPTIMIZER && name !== START);
        return html`<h1>${contestQuestionOf(state, contest)}</h1>${
          contest.sets.includes(OPTIMIZER) ? choice(figure, frame) : nothing
        }<p class="contest-now wraps">${hyperparameterValues.map(
          ([name, value]) =>
            html`<span>${name.replaceAll("_", " ")} <strong>${formatExact(value as number)}</strong></span>`,
        )}<span class="to-end">${result === undefined ? nothing : resultWords(contest, result)}</span></p>
        ${params.map((param) => row(figure, frame, param, values[param.name] as number))}${
          contest.sets.includes(START) ? startFields(scene, figure.act) : nothing
        }<p class="note contest-tried">${
          others.length
            ? `Tried: ${others.map(([tryWords, came]) => `${tryWords} ${resultWords(contest, came)}`).join(", ")}.`
            : nothing
        }</p><div class="contest-foot row">${standing(frame, contest, values)}</div>`;
      }

      return createPanel(figure, root, { prepare, template });
    },
  };
}

/** @returns the values a seat begins with; an optimizer that may be chosen begins with its defaults */
function firstValues({ sets, spec }: Contest): ContestValues {
  const [{ name, ...hyperparameters }] = spec.optimizers;
  if (!sets.includes(OPTIMIZER) || name === undefined) return {};
  const set = Object.entries(hyperparameters as Record<string, number>).filter(([hyperparameter]) =>
    sets.includes(hyperparameter),
  );
  return { ...Object.fromEntries(set), [OPTIMIZER]: name };
}

export async function createContestSeat(place: HTMLElement, first: Contest, ports: SeatPorts) {
  await loadStyle("contest");
  const { service, seat, theme } = ports;
  let contest = first;
  const form = formView(() => contest, ports);
  place.classList.add("contest-seat");
  place.classList.toggle("sets-start", first.sets.includes(START));
  const figure = createFigure(place, contestAddress(first, firstValues(first), seatMark(seat).colour), {
    views: [titleView, mapView(false), form],
    service,
    theme,
  });
  return {
    /** Shows a new state of the contest. */
    show(next: Contest) {
      contest = next;
      figure.redraw();
    },
    destroy() {
      figure.destroy();
      place.classList.remove("contest-seat");
    },
  };
}
