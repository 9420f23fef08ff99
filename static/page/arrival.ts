// Runs before the modules are asked for, in any browser, and tells when one of them cannot run here or does not come:
// over a crowded network a file can get lost, and a page that merely stays blank looks broken.
const tell = (how: string) => document.documentElement.classList.add(how);

if (!HTMLScriptElement.supports || !HTMLScriptElement.supports("importmap")) tell("is-too-old");
addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && tell("is-incomplete"), true);
addEventListener("click", ({ target }) => target instanceof Element && target.id === "reload" && location.reload());
