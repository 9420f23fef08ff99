/** What *Why* shows, and in which order: worked out of a frame and of replies alone. */

import type { Frame } from "../../../figure/part.ts";
import { averageFrom } from "../../../state/columns.ts";
import { presetOfRuns, presetWithStatus } from "../../../state/exercise.ts";
import { sweepOf } from "../../../state/sweep.ts";
import type { State } from "../../../state/types.ts";
import { curvatureSentence, onMapWords } from "../../../words/curvature.ts";
import type { Cause, CausePicture } from "./cause.ts";
import type { PictureContents } from "./causePictures.ts";
import { averageNote } from "./onMap.ts";
import { offersStates, STATES, showsStates } from "./statesCause.ts";

type PresetOutcome = { state: Pick<State, "exercise"> } & Pick<Frame, "outcomeShows" | "chosen">;

/**
 * @returns the sentence that answers the preset's question, once the outcome shows, however the runs are set; null
 *   beside another run than the one whose telling step it explains
 */
function answerOfPreset({ state, outcomeShows, chosen }: PresetOutcome): string | null {
  const preset = outcomeShows ? presetOfRuns(state) : null;
  return preset?.why && (preset.telling?.run ?? chosen) === chosen ? preset.why : null;
}

/** @returns that sentence while the runs are as prepared; it is not true of others */
export const answerAsPrepared = (frame: PresetOutcome): string | null =>
  presetWithStatus(frame.state, "prepared") && answerOfPreset(frame);

export interface WhyLayout {
  /** answers the preset's question; without one `sentence` comes first */
  answer: string | null;
  /** what a picture of the whole run shows, below the answer */
  alongRun: string;
  /** the pictures to choose from: name and word */
  choices: [string, string][];
  /** the one that is shown; null: none has come */
  picture: CausePicture | typeof STATES | null;
  /** whether the picture waits to be unfolded; null: it stands open for good */
  fold: "closed" | "open" | null;
  /** what the marks on the map are, beside an unfolded picture */
  onMap: string;
  /** of this step */
  sentence: string;
  notes: string[];
}

/** @param contents  in the order of preference @param words  of the cause: what follows along the run, of its path */
export function layoutOf(
  frame: Pick<Frame, "state" | "scene" | "outcomeShows" | "chosen">,
  cause: Cause,
  contents: PictureContents,
  words: { alongRun: string; path: string },
): WhyLayout {
  const { state, scene } = frame;
  const { reply, run, names, principal } = cause;
  const available = [...contents.keys()].filter((picture) => contents.get(picture));
  const chosenPicture = [...contents.keys()].find(({ name }) => name === state.explain.cause) ?? available[0];
  const choices = available.map(({ name, word }): [string, string] => [name, word(cause)]);
  const answer = answerAsPrepared(frame);
  // Where a sentence answers the question; but not where nobody unfolds, on a wall and in a lesson.
  const folds = answerOfPreset(frame) && !scene.projector && !state.pinned.length && !available[0]?.ofRun;
  // Where the picture is of the whole run, what it shows stands beside it.
  const isOfRun = answer !== null && Boolean(chosenPicture?.ofRun);
  const tried = sweepOf(state, cause.entry)?.edge;
  const everywhere = Boolean(principal?.predicted || tried?.grows);
  const curved = curvatureSentence(reply, { everywhere, limited: Boolean(tried?.rises) });
  const others = reply.notes.filter((note) => note !== curved);
  return {
    answer,
    alongRun: isOfRun ? words.alongRun : "",
    choices: offersStates(state) ? [[STATES, "States"], ...choices] : choices,
    picture: showsStates(state) ? STATES : chosenPicture && contents.get(chosenPicture) ? chosenPicture : null,
    fold: !folds || showsStates(state) ? null : state.explain.cause === null ? "closed" : "open",
    onMap: principal?.directions.length ? onMapWords(names) : "",
    sentence: isOfRun ? curved : `${words.alongRun} ${curved}`.trim(),
    notes: [words.path, averageNote(averageFrom(state.explain.averageFromRow), run, reply), ...others].filter(Boolean),
  };
}
