/** A contest at a seat: values are tried on a map of one's own, and one of them is handed in. */
import { html, nothing } from "lit-html";
import { scaleOf } from "../../controls/scales.ts";
import { slider } from "../../controls/slider.ts";
import { createFigure, type Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { formatExact } from "../../math/format.ts";
import type { Service } from "../../service/service.ts";
import { loadStyle } from "../../service/style.ts";
import { settle, setValue } from "../../state/actions.ts";
import { type Contest, type ContestEntry, contestAddress, resultOf, seatMark } from "../../state/contest.ts";
import type { Param } from "../../state/types.ts";
import { handedWords, resultWords, standingWords } from "../../words/contest.ts";
import { mapView } from "../map.ts";
import { titleView } from "../outcome/title.ts";
import { paramsSet, questionOf, seatPicture } from "./parts.ts";

/** Of what was tried the last are told. */
const TOLD = 5;

type Values = Record<string, number>;

interface SeatPorts {
  service: Service;
  /** its number */
  seat: number;
  theme: "day" | "night";
  hand: (values: Values) => void;
}

/** What is set, what comes of it, what was tried, and the way to hand it in. */
function formView(now: () => Contest, { seat, hand }: Pick<SeatPorts, "seat" | "hand">) {
  let again = () => {};
  /** By its values in words. */
  const tried: Map<string, number | null> = new Map();
  const own = (): ContestEntry | null => now().entries.find((entry) => entry.seat === seat) ?? null;

  function valuesOf({ state }: Frame, params: Param[]): Values {
    const [{ optimizer }] = state.entries;
    return Object.fromEntries(params.map(({ name, default: usual }) => [name, Number(optimizer[name] ?? usual)]));
  }

  /** undefined: it is not known yet */
  function resultIn({ state, scene }: Frame): number | null | undefined {
    const [run] = scene.wholeRuns;
    return state.moving || !run?.end ? undefined : resultOf(now(), run);
  }

  function row({ act }: Figure, frame: Frame, param: Param, value: number) {
    const [{ id, slot }] = frame.state.entries;
    const name = param.name.replaceAll("_", " ");
    const set = (to: number, moving: boolean) => act(setValue, id, param.name, to, moving);
    const step = (by: 1 | -1, sign: string) => html`<button type="button" class="contest-step"
      aria-label="${name}: ${by > 0 ? "more" : "less"}"
      @click=${() => set(scaleOf(param).next(value, by, false), false)}>${sign}</button>`;
    // What each value ends at is for the seat to find out: nothing is shaded.
    return html`<div class="contest-set slot-${slot}">${step(-1, "−")}${slider({
      param,
      label: name,
      value,
      slot,
      onInput: set,
      onSettle: () => act(settle),
    })}${step(1, "+")}</div>`;
  }

  function standing(contest: Contest, values: Values) {
    const entry = own();
    const same = entry !== null && handedWords(entry) === handedWords({ values });
    const [strong, more] = entry ? standingWords(contest, entry) : ["", "This is your mark on the wall."];
    const button = contest.open
      ? html`<button type="button" class="button ${same ? "" : "strong"}" ?disabled=${same}
      @click=${() => hand(values)}>${same ? "Hand in" : `Hand in ${handedWords({ values })}`}</button>`
      : nothing;
    return html`${seatPicture(seat)}<p role="status"><strong>${strong}</strong> ${
      contest.open || entry ? more : "The contest is over."
    }</p>${button}`;
  }

  const view: View = {
    name: "contest",
    place: { within: "root", attributes: { class: "contest-form" } },
    create(root, figure) {
      const panel = createPanel(figure, root, (frame) => {
        const contest = now();
        const params = frame.state.catalog ? paramsSet(frame.state, contest) : [];
        if (!params.length || !frame.state.entries.length) return nothing;
        const values = valuesOf(frame, params);
        const [result, words] = [resultIn(frame), handedWords({ values })];
        if (result !== undefined) tried.set(words, result);
        const others = [...tried].filter(([each]) => each !== words).slice(-TOLD);
        return html`<h1>${questionOf(frame.state, contest)}</h1><p class="contest-now">${params.map(
          ({ name }) => html`<span>${name.replaceAll("_", " ")} <strong>${formatExact(values[name])}</strong></span>`,
        )}<span class="contest-result">${result === undefined ? nothing : resultWords(contest, result)}</span></p>
        ${params.map((param) => row(figure, frame, param, values[param.name]))}
        <p class="aside contest-tried">${
          others.length
            ? `Tried: ${others.map(([each, came]) => `${each} ${resultWords(contest, came)}`).join(", ")}.`
            : nothing
        }</p><div class="contest-foot">${standing(contest, values)}</div>`;
      });
      again = panel.again;
      return panel;
    },
  };
  return { view, again: () => again() };
}

export async function createContestSeat(place: HTMLElement, first: Contest, ports: SeatPorts) {
  await loadStyle("contest");
  const { service, seat, theme } = ports;
  let contest = first;
  const form = formView(() => contest, ports);
  place.classList.add("contest-seat");
  const figure = createFigure(place, contestAddress(first, {}, seatMark(seat).colour), {
    views: [titleView, mapView(false), form.view],
    service,
    theme,
  });
  return {
    /** The same contest, as it stands now. */
    show(next: Contest) {
      contest = next;
      form.again();
    },
    destroy() {
      figure.destroy();
      place.classList.remove("contest-seat");
    },
  };
}
