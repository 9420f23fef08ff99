/** Templates that keep something between renderings, drawn by lit-html. */
import { noChange, render } from "lit-html";
import { AsyncDirective } from "lit-html/async-directive.js";
import { Directive, type DirectiveResult, directive, type ElementPart } from "lit-html/directive.js";

/**
 * @param setup  called once for each place in a template, with a function that renders only that place
 * @returns a value for a template, rendered by the function that `setup` returns
 */
export function component<T>(setup: (again: () => void) => (given: T) => unknown): (given: T) => DirectiveResult {
  return directive(
    class extends AsyncDirective {
      given!: T;
      draw = setup(() => this.isConnected && this.setValue(this.draw(this.given)));

      render(given: T) {
        this.given = given;
        return this.draw(given);
      }
    },
  );
}

/** Gives code the elements of a template that it manages by hand. */
export function standing<T, E extends Element>(template: (given: T) => unknown, first: T) {
  const shell = document.createDocumentFragment();
  const set = (given: T) => void render(template(given), shell);
  set(first);
  return { root: shell.firstElementChild as E, set };
}

/** @returns a directive for an element of a template: `act` is called with the element at each rendering */
export function onElement<E extends Element, G extends unknown[]>(act: (element: E, ...given: G) => void) {
  return directive(
    class extends Directive {
      render(..._: G) {
        return noChange;
      }

      update({ element }: ElementPart, given: G) {
        act(element as E, ...given);
        return noChange;
      }
    },
  );
}

/** Sets styles one by one: the page's policy forbids the style attribute, with which lit-html's styleMap begins. */
export const styles = onElement((element: HTMLElement, given: Record<string, string>) => {
  for (const [name, value] of Object.entries(given)) element.style.setProperty(name, value);
});
