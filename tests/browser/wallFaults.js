/** What is wrong with what a wall shows, a line for each fault. @param least  the smallest type, in pixels */
window.wallFaults = (least) => {
  const PICTURES =
    ".figure-live :is([data-part='map'], .network-chart, .memory-canvas, .prediction-chart, .loss-chart, .chart)";
  const SMALL = "sup, sub, tspan, .katex, .reader-only, .skip, script, style";
  const STRIP = 0.14 * innerHeight;
  const faults = [];
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const named = (element) => {
    const at = element.closest("[data-part], [data-of], [class]");
    return `${element.tagName.toLowerCase()}.${at?.dataset.part ?? at?.getAttribute("class") ?? ""}`;
  };
  const told = (text) => JSON.stringify(text.trim().slice(0, 50));
  const zoomOf = (element) => element.currentCSSZoom ?? 1;

  // Text: beyond the window, cut by what it stands in, too small, set too close.
  const boxes = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element) || element.closest(".reader-only, .skip, script, style, .katex-mathml"))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    if (box.width < 3 || box.bottom < 0) continue;
    if (box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1)
      faults.push(`beyond the edge: ${told(node.data)}`);
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { display, position, overflowX, overflowY } = getComputedStyle(at);
      if (display === "contents" || (at instanceof SVGElement && at.tagName !== "svg")) continue;
      const hole = at.getBoundingClientRect();
      const [x, y] = [
        Math.max(hole.left - box.left, box.right - hole.right),
        Math.max(hole.top - box.top, box.bottom - hole.bottom),
      ];
      const slack = 0.36 * size; // a line's box is higher than its letters
      if ((overflowX !== "visible" && x > 2) || (overflowY !== "visible" && y > slack)) {
        faults.push(`cut by ${named(at)} (${Math.round(x)}, ${Math.round(y)} px): ${told(node.data)}`);
        break;
      }
      if (position === "fixed") break;
    }
    if (!element.closest(SMALL) && size * zoomOf(element) < least - 0.5)
      faults.push(`${size} px: ${named(element)} ${told(node.data)}`);
    if (!element.closest("svg, sup, .katex") && element.closest("p, li, td, th") && parseFloat(style.lineHeight) < size)
      faults.push(`set too close: ${told(node.data)}`);
    if (!element.closest(".katex"))
      for (const line of range.getClientRects())
        boxes.push({ line, element, text: node.data, size: size * zoomOf(element) });
  }

  // Text over other text: letters take some two thirds of the height of their line.
  boxes.forEach((one, k) => {
    for (const other of boxes.slice(k + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const [a, b] = [one.line, other.line];
      // a halo is the same text again
      if (one.text === other.text && Math.abs(a.left - b.left) + Math.abs(a.top - b.top) < 1) continue;
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const inset = 0.2 * (a.height + b.height);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) - inset;
      if (x > 2 && y > 1)
        faults.push(`${told(one.text)} over ${told(other.text)} (${Math.round(x)} x ${Math.round(y)} px)`);
    }
  });

  // Pictures: a strip, outside the window, or blank.
  for (const picture of document.querySelectorAll(PICTURES)) {
    if (!seen(picture)) continue;
    const { width, height, right, bottom } = picture.getBoundingClientRect();
    if (width < 0.2 * innerWidth || height < (picture.matches("[data-part='map'], .network-chart") ? 200 : STRIP))
      faults.push(`${named(picture)} is ${Math.round(width)} x ${Math.round(height)}`);
    if (right > innerWidth + 1 || bottom > innerHeight + 1)
      faults.push(`${named(picture)} ends at ${Math.round(right)}, ${Math.round(bottom)}`);
  }
  for (const canvas of document.querySelectorAll(".figure-live canvas:first-of-type")) {
    if (!seen(canvas)) continue;
    const { width, height } = canvas;
    if (width < 2 || height < 2) {
      faults.push(`${named(canvas)} has no size`);
      continue;
    }
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let plain = true;
    for (let k = 4; k < data.length && plain; k += 4)
      plain = data[k + 3] === data[3] && data[k] === data[0] && data[k + 1] === data[1];
    if (plain && !canvas.matches(".tilt-canvas")) faults.push(`${named(canvas)} is blank`);
  }
  for (const svg of document.querySelectorAll(".figure-live .chart svg"))
    if (seen(svg) && svg.querySelectorAll("path, line, circle, rect").length < 3) faults.push(`${named(svg)} is blank`);

  // What scrolls, and what is larger than its box.
  for (const element of document.querySelectorAll("html, body *")) {
    if (element instanceof SVGElement || element.closest(".katex") || !seen(element)) continue;
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element;
    const { overflowX, overflowY } = getComputedStyle(element);
    const [x, y] = [scrollWidth - clientWidth, scrollHeight - clientHeight];
    const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
    if (clientWidth && ((scrolls(overflowX) && x > 1) || (scrolls(overflowY) && y > 1)))
      faults.push(
        `${named(element)} scrolls: ${clientWidth} x ${clientHeight} has ${scrollWidth} x ${scrollHeight} in it`,
      );
  }
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth + 1 || scrollHeight > innerHeight + 1)
    faults.push(`the page is ${scrollWidth} x ${scrollHeight}`);
  return [...new Set(faults)];
};
