/** The slope in a parameter, in symbols. */

/** @typedef {import("../net/step.js").WireStep} WireStep */

/** @param {string} name  of a parameter @returns {string} LaTeX */
export const latexParameter = (name) => (name.length === 1 ? name : `\\mathrm{${name.replace(/_/g, "\\ ")}}`);

/**
 * The slope in one parameter, by the letter that the map's title has: of a loss over data L, of a surface f.
 * @param {WireStep} step @param {string} name
 */
function latexSlope({ gradient }, name) {
  const d = Object.keys(gradient).length > 1 ? "\\partial " : "\\mathrm{d}";
  return `${d}${gradient[name].terms ? "L" : "f"}/${d}${latexParameter(name)}`;
}

/** @param {WireStep} step @param {string} parameter @param {boolean} [indexed]  where those of others stand beside it @returns {string} "g = df/dx = formula" */
export function slopeFormula(step, parameter, indexed = false) {
  const { formula_latex: formula, noise } = step.gradient[parameter];
  const more = (noise ?? null) === null ? "" : " + \\mathrm{noise}";
  const letter = indexed ? `g_{${latexParameter(parameter)}}` : "g";
  return `\\htmlData{of=g}{${letter}} = ${latexSlope(step, parameter)}${more}${formula ? ` = ${formula}${more}` : ""}`;
}
