/** Views that show one explanation for good, as in a lesson. */
import { panelIn, type View } from "../../figure/part.ts";
import { bringForward, EXPLANATIONS_PANEL, showsWorking } from "../../state/explain.ts";
import { explanationNamed, WORKING } from "./all.ts";
import { explanationIn, workingIn } from "./fetched.ts";

export const workingView: View = {
  name: WORKING.name,
  place: panelIn("right", "Explanations"),
  tellsOfStep: showsWorking,
  create(root, figure) {
    figure.act(bringForward, EXPLANATIONS_PANEL);
    return workingIn(root, figure);
  },
};

/** @param name  of an explanation, which is shown for good */
export const explanationView = (name: string): View => ({
  name,
  place: { within: "root", tag: "section", attributes: { class: "explanation column", "aria-label": "Explanations" } },
  needs: (state) => explanationNamed(name)?.needs?.(state) ?? [],
  tellsOfStep: () => Boolean(explanationNamed(name)?.ofStep),
  create: (root, figure) => explanationIn(root, figure, () => explanationNamed(name)),
});
