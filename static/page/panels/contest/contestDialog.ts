/** The dialog in which a teacher opens a contest: which values of a run may be set, and by what entries are ranked. */
import { html } from "lit-html";
import { select, wordButton, wordChoice } from "../../controls/choice.ts";
import { numberField } from "../../controls/numberField.ts";
import { loadStyle } from "../../service/style.ts";
import { labelOf, titleOf } from "../../state/catalog.ts";
import {
  type Contest,
  type ContestTerms,
  contestOfRun,
  entryOfContest,
  settableFields,
  toggledFields,
} from "../../state/contest.ts";
import type { Entry, State } from "../../state/types.ts";
import { settingWord } from "../../words/contest.ts";
import { openDialog } from "../shared/dialog.ts";

/** The most fields that may be set in one contest. */
const MOST_SETTINGS = 4;

/** @returns a round loss that a run reaches; null: it has no rows yet */
function reachableLoss({ runs }: State, id: number): number | null {
  const losses = runs[id]?.columns.loss.subarray(0, runs[id].length).filter(Number.isFinite) ?? [];
  const least = Math.min(...losses);
  return losses.length && least > 0 ? Number((1.5 * least).toPrecision(1)) : null;
}

/** @param onOpen  called with the contest that is to be opened */
export async function openContestDialog(state: State, onOpen: (offer: ContestTerms) => void) {
  await loadStyle("contest");
  const first = entryOfContest(state);
  if (!first) return;
  let entry = first;
  let [names, sets, loss]: [string[], string[], number | null] = [[], [], null];
  let counts: keyof Contest["counts"] = "lowest_loss_after";
  let steps = state.stop.max_steps;

  function setEntry(next: Entry) {
    entry = next;
    names = settableFields(state, entry);
    sets = names.slice(0, 1);
    loss = reachableLoss(state, entry.id);
  }

  function press(name: string) {
    sets = names.filter((choice) => toggledFields(sets, name).includes(choice));
    dialog.redraw();
  }

  function open() {
    const value = counts === "lowest_loss_after" ? steps : loss;
    dialog.close();
    if (value !== null) onOpen(contestOfRun(state, entry, { sets, counts: { [counts]: value } }));
  }

  const labelled = ({ optimizer }: Entry) => labelOf(state.catalog, optimizer);
  const run = () =>
    state.entries.length < 2
      ? labelled(entry)
      : select({
          label: "Run",
          options: state.entries.map((option) => ({ name: String(option.id), label: labelled(option) })),
          value: String(entry.id),
          onChoose(id) {
            setEntry(state.entries.find((candidate) => String(candidate.id) === id) ?? entry);
            dialog.redraw();
          },
        });

  const word = (name: string) =>
    html`<button type="button" class="word" aria-pressed=${sets.includes(name)} ?disabled=${
      !sets.includes(name) && sets.length >= MOST_SETTINGS
    } @click=${() => press(name)}>${settingWord(name)}</button>`;

  const value = () =>
    counts === "lowest_loss_after"
      ? html`after ${numberField({
          label: "Steps",
          value: steps,
          range: { whole: true, least: 1, most: state.catalog?.limits.max_steps },
          onCommit: (value) => {
            if (value !== null) steps = value;
            dialog.redraw();
          },
        })} steps`
      : html`to loss ${numberField({
          label: "Loss",
          value: loss,
          none: "?",
          onCommit: (value) => {
            loss = value;
            dialog.redraw();
          },
        })}`;

  function template() {
    const ready = sets.length > 0 && (counts === "lowest_loss_after" || loss !== null);
    return html`<h2 id="contest-offer">A contest</h2>
      <p class="note">Of ${run()} on ${titleOf(state.catalog, state.problem)}. Each seat tries, and hands one in.</p>
      <h3>What may be set</h3><div class="words">${names.map(word)}</div>
      <h3>What counts</h3>${wordChoice({
        label: "What counts",
        options: [
          ["lowest_loss_after", "lowest loss"],
          ["fewest_steps_to", "fewest steps"],
        ],
        value: counts,
        onChoose(next: keyof Contest["counts"]) {
          counts = next;
          dialog.redraw();
        },
      })}<p>${value()}</p>
      <p class="row"><button type="button" class="button strong" ?disabled=${!ready}
        @click=${open}>Open it</button> ${wordButton("Not now", () => dialog.close(), "quiet underlined")}</p>`;
  }

  setEntry(first);
  const dialog = openDialog({ className: "contest-offer", labelledBy: "contest-offer" }, template);
  dialog.place.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.place.querySelector<HTMLElement>(".strong")?.focus();
}
