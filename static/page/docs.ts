// Starts Swagger UI, which its own classic script has put on the window, on the page of the API's documentation.
import { theme } from "./theme.ts";

const root = document.getElementById("docs") as HTMLElement;
const html = document.documentElement;

/** Its style sheet has a night of its own. */
const followTheme = () => html.classList.toggle("dark-mode", theme() === "night");
new MutationObserver(followTheme).observe(html, { attributeFilter: ["data-theme"] });
followTheme();

// @ts-expect-error: the bundle has no types
window.SwaggerUIBundle({ domNode: root, url: root.dataset.openapi, deepLinking: true, validatorUrl: null });
