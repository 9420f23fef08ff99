/** The substeps of a step of a network on one bar: a press or a drag goes to one, keys go from one to the next. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { component, styles } from "../../component.ts";
import { icon } from "../../controls/icons.ts";
import { isLeftToBrowser } from "../../controls/rangeKeys.ts";
import { listenToSlider } from "../../controls/sliderPointer.ts";
import type { Pass, Substep } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { substepTitle } from "../../words/networkWords.ts";

interface SubstepBar {
  network: NetworkProblem;
  substeps: Substep[];
  /** null: the whole step */
  index: number | null;
  /** whether it is the first, or the last position */
  isEnd: (by: 1 | -1) => boolean;
  onMove: (by: 1 | -1) => void;
  /** null: the whole step */
  onGo: (index: number | null) => void;
  /** a button to play, where the playback is out of sight */
  play: { playing: boolean; onPlay: () => void } | null;
}

/** Width of each pass on the bar, as a share: its own, per substep, and at most. */
const SHARES: Record<Pass, { base: number; perSubstep: number; most: number }> = {
  forward: { base: 90, perSubstep: 22, most: 240 },
  error: { base: 0, perSubstep: 66, most: 66 },
  backward: { base: 30, perSubstep: 40, most: 190 },
  update: { base: 0, perSubstep: 74, most: 74 },
};

const PASSES: Pass[] = ["forward", "error", "backward", "update"];

/** The label under a substep, with a longer part where there is room. */
function labelOf({ sizes }: NetworkProblem, substep: Substep) {
  const last = sizes.length - 1;
  if (substep.pass === "forward") return substep.layer === last ? "ŷ" : String(substep.neuron + 1);
  if (substep.pass !== "backward") return substep.pass === "error" ? "loss" : "w, b";
  if (substep.layer === last) return html`out<span class="in-full">put</span>`;
  return last === 2 ? "hidden" : html`<span class="in-full">layer </span>${substep.layer}`;
}

const MOVES: Record<string, 1 | -1> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export const substepBar = component<SubstepBar>(() => {
  let props: SubstepBar;

  function attach(element?: Element) {
    if (!element) return;
    const root = element as HTMLElement;
    listenToSlider(root, {
      value: () => props.index,
      setAt(clientX) {
        const distances = [...root.querySelectorAll(".substep")].map((substep) => {
          const { left, right } = substep.getBoundingClientRect();
          return Math.max(left - clientX, clientX - right, 0);
        });
        const nearest = distances.indexOf(Math.min(...distances));
        if (nearest !== props.index) props.onGo(nearest);
      },
      giveBack: (index) => props.onGo(index),
      focus: () => root.querySelector("input")?.focus({ preventScroll: true }),
    });
  }

  function key(event: KeyboardEvent) {
    const by = MOVES[event.key];
    const to = { Home: 0, End: props.substeps.length - 1, Escape: null }[event.key];
    if (isLeftToBrowser(event) || (!by && to === undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    if (by) props.onMove(by);
    else props.onGo(to as number | null);
  }

  const set = ({ target }: Event) => {
    const value = Number((target as HTMLInputElement).value);
    props.onGo(value ? value - 1 : null);
  };

  function bars({ network, substeps, index }: SubstepBar, pass: Pass) {
    const inPass = substeps.flatMap((substep, k) => (substep.pass === pass ? [{ substep, k }] : []));
    const { base: alone, perSubstep, most } = SHARES[pass];
    const share = String(Math.min(most, alone + perSubstep * inPass.length));
    const isChosen = index !== null && substeps[index].pass === pass;
    const look = (k: number) => `${index !== null && k < index ? "is-done" : ""} ${k === index ? "is-current" : ""}`;
    return html`<div class="pass ${isChosen ? "is-chosen" : ""}" ${styles({ "flex-grow": share })}><span
      class="pass-name">${pass}</span><div
      class="pass-bars">${inPass.map(
        ({ substep, k }) => html`<span class="substep ${look(k)}"><i
        class="substep-label">${labelOf(network, substep)}</i></span>`,
      )}</div></div>`;
  }

  return (next) => {
    props = next;
    const { network, substeps, index, isEnd, onMove, play } = next;
    const chosen = index === null ? null : substeps[index];
    const text = chosen ? `${chosen.pass}: ${substepTitle(network, chosen)}` : "the whole step";
    const button = (
      label: string,
      by: 1 | -1,
    ) => html`<button type="button" class="icon-button substep-button" aria-label=${label}
      title="${label} (${by < 0 ? "comma" : "period"})" aria-disabled=${isEnd(by) || nothing}
      @click=${() => isEnd(by) || onMove(by)}>${icon(by < 0 ? "left" : "right")}</button>`;
    return html`<div class="substep-bar row" role="group" aria-label="Within the step">${
      play
        ? html`<button type="button" class="play" aria-label=${play.playing ? "Pause" : "Play"}
          @click=${play.onPlay}>${icon(play.playing ? "pause" : "play")}</button>`
        : nothing
    }${button("Back within the step", -1)}<div
      class="substeps" ${ref(attach)}>${PASSES.map((pass) => bars(next, pass))}<input type="range"
        class="substeps-input" min="0" max=${substeps.length} step="1" aria-label="Substep"
        aria-valuetext=${text} .value=${live(String(index === null ? 0 : index + 1))} @input=${set}
        @keydown=${key}></div>${button("On within the step", 1)}</div>`;
  };
});
