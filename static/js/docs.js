// Starts Swagger UI, which its own classic script has put on the window, on the page of the API's documentation.
const root = /** @type {HTMLElement} */ (document.getElementById("docs"));

// @ts-expect-error: the bundle has no types
window.SwaggerUIBundle({ domNode: root, url: root.dataset.openapi, deepLinking: true, validatorUrl: null });
