// Starts Swagger UI, which its own classic script has put on the window, on the page of the API's documentation.
const root = document.getElementById("docs") as HTMLElement;

// @ts-expect-error: the bundle has no types
window.SwaggerUIBundle({ domNode: root, url: root.dataset.openapi, deepLinking: true, validatorUrl: null });
