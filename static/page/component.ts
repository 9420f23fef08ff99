/** Templates that keep something between renderings, drawn by lit-html. */
import { noChange, nothing, render } from "lit-html";
import { AsyncDirective } from "lit-html/async-directive.js";
import { Directive, type DirectiveResult, directive, type ElementPart } from "lit-html/directive.js";

/**
 * @param setup  called once for each place in a template, with a function that renders only that place
 * @returns a value for a template, rendered by the function that `setup` returns
 */
export function component<T>(setup: (redraw: () => void) => (props: T) => unknown): (props: T) => DirectiveResult {
  return directive(
    class extends AsyncDirective {
      props!: T;
      draw = setup(() => this.isConnected && this.setValue(this.draw(this.props)));

      render(props: T) {
        this.props = props;
        return this.draw(props);
      }
    },
  );
}

/** Gives code the elements of a template that it manages by hand. */
export function renderDetached<T, E extends Element>(template: (props: T) => unknown, first: T) {
  const shell = document.createDocumentFragment();
  const set = (props: T) => void render(template(props), shell);
  set(first);
  return { root: shell.firstElementChild as E, set };
}

/** @returns a directive for an element of a template: `act` is called with the element at each rendering */
export function onElement<E extends Element, V extends unknown[]>(act: (element: E, ...values: V) => void) {
  return directive(
    class extends Directive {
      render(..._: V) {
        return noChange;
      }

      update({ element }: ElementPart, values: V) {
        act(element as E, ...values);
        return noChange;
      }
    },
  );
}

/** Renders a template into an element that stands elsewhere. */
export const portal = directive(
  class extends Directive {
    render(place: HTMLElement, template: unknown) {
      render(template, place);
      return nothing;
    }
  },
);

/** Sets styles one by one: the page's policy forbids the style attribute, with which lit-html's styleMap begins. */
export const styles = onElement((element: HTMLElement, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
});
