/** A select whose options are in named groups. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";

interface GroupedSelect {
  label: string;
  /** name and options of each group; one without options is left out */
  groups: [string, { name: string; label: string }[]][];
  value: string;
  onChoose: (value: string) => void;
}

export const groupedSelect = ({ label, groups, value, onChoose }: GroupedSelect) => html`<select class="select"
  aria-label=${label} @change=${({ target }: Event) => onChoose((target as HTMLSelectElement).value)}>${groups.map(
    ([group, options]) =>
      options.length
        ? html`<optgroup label=${group}>${options.map(
            (option) =>
              html`<option value=${option.name} .selected=${live(option.name === value)}>${option.label}</option>`,
          )}</optgroup>`
        : nothing,
  )}</select>`;
