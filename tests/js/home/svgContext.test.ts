import assert from "node:assert/strict";
import { test } from "node:test";
import { SvgContext } from "../../../static/page/home/svgContext.ts";
import { Trace } from "../../../static/page/math/tracing.ts";

const ASCENTS = { alphabetic: 9, middle: 6, top: 0 } as Record<string, number>;
/** Letters of 5 pixels. */
const measure = (text: string, _font: string, baseline: string) => ({ width: 5 * text.length, fontBoundingBoxAscent: ASCENTS[baseline] } as unknown as TextMetrics);
const fresh = () => new SvgContext(measure);

function drawn(draw: (context: SvgContext) => void) {
  const context = fresh();
  draw(context);
  return context.markup();
}

test("what is drawn comes out, in order", () => {
  const markup = drawn((context) => {
    context.fillStyle = "#112233";
    context.fillRect(10, 20, 30, -5);
    context.beginPath();
    context.moveTo(1, 2);
    context.lineTo(3.00049, 4);
    context.strokeStyle = "#AABBCC";
    context.lineWidth = 2;
    context.lineCap = "round";
    context.setLineDash([4, 2]);
    context.lineDashOffset = 1.5;
    context.stroke();
  });
  assert.equal(markup, '<rect x="10" y="15" width="30" height="5" fill="#112233"/>'
    + '<path d="M1 2L3 4" fill="none" stroke="#AABBCC" stroke-width="2" stroke-linecap="round" stroke-miterlimit="10" stroke-dasharray="4 2" stroke-dashoffset="1.5"/>');
});

test("transparency of the canvas and of a colour are one opacity", () => {
  const markup = drawn((context) => {
    context.globalAlpha = 0.5;
    context.fillStyle = "#FFFFFF80";
    context.fillRect(0, 0, 1, 1);
  });
  assert.match(markup, /fill="#FFFFFF" fill-opacity="0.251"/);
});

test("save and restore keep style, dashes, transform and clip", () => {
  const markup = drawn((context) => {
    context.save();
    context.rect(0, 0, 10, 10);
    context.clip();
    context.translate(5, 6);
    context.setLineDash([1, 1]);
    context.fillStyle = "#FF0000";
    context.fill(new Trace("M0 0L1 1Z") as any);
    context.restore();
    context.fillRect(0, 0, 1, 1);
    context.strokeRect(0, 0, 1, 1);
  });
  assert.match(markup, /<clipPath id="c1"><path d="M0 0L10 0L10 10L0 10Z"\/><\/clipPath><g clip-path="url\(#c1\)"><path [^>]*fill="#FF0000" transform="translate\(5 6\)"\/><\/g>/);
  assert.match(markup, /<\/g><rect x="0" y="0" width="1" height="1" fill="#000000"\/><rect [^>]*fill="none"/);
  assert.doesNotMatch(markup, /dasharray/);
});

test("a clip within a clip is both", () => {
  const markup = drawn((context) => {
    context.rect(0, 0, 10, 10);
    context.clip();
    context.beginPath();
    context.rect(5, 5, 10, 10);
    context.clip();
    context.fillRect(0, 0, 20, 20);
  });
  assert.match(markup, /<clipPath id="c2" clip-path="url\(#c1\)">.*<g clip-path="url\(#c2\)"><rect/);
});

test("turned text stands at its place, in its font, on its own baseline", () => {
  const markup = drawn((context) => {
    context.font = 'italic 600 13px "Source Sans 3", sans-serif';
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.translate(100, 50);
    context.rotate(-Math.PI / 2);
    context.fillText("loss", 0, 0);
  });
  assert.equal(markup, '<text x="0" y="3" font-family="&#39;Source Sans 3&#39;, sans-serif" font-size="13" font-weight="600" font-style="italic"'
    + ' text-anchor="end" fill="#000000" transform="matrix(0.000000 -1.000000 1.000000 0.000000 100 50)">loss</text>');
});

test("a circle is drawn all round, and part of one as far as it goes", () => {
  const circle = drawn((context) => {
    context.arc(5, 5, 2, 0, 2 * Math.PI);
    context.stroke();
  });
  assert.match(circle, /d="M7 5A2 2 0 0 1 3 5A2 2 0 0 1 7 5"/);
  const quarter = drawn((context) => {
    context.arc(0, 0, 10, 0, Math.PI / 2);
    context.stroke();
  });
  assert.match(quarter, /d="M10 0A10 10 0 0 1 7.071 7.071A10 10 0 0 1 0 10"/);
});

test("hostile text is text", () => {
  const markup = drawn((context) => context.fillText(`</text><script>alert("1")</script>&\u0000\u202e'`, 0, 0));
  assert.match(markup, />&lt;\/text&gt;&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;&amp;\ufffd\ufffd&#39;<\/text>$/);
});

test("what it does not know throws, whether called, set or painted", () => {
  const context = fresh() as any;
  assert.throws(() => context.ellipse(0, 0, 1, 1, 0, 0, 1), TypeError);
  assert.throws(() => context.drawImage({}, 0, 0), TypeError);
  assert.throws(() => (context.shadowBlur = 3), TypeError);
  assert.throws(() => context.canvas.width, /no canvas/);
  assert.throws(() => context.stroke({ plain: "path" }), /Trace/);
  assert.throws(() => context.arc(0, 0, 1, 0, 1, true), /backwards/);
  context.fillStyle = { gradient: true };
  assert.throws(() => context.fillRect(0, 0, 1, 1), /painted/);
  const trace = new Trace() as any;
  assert.throws(() => trace.quadraticCurveTo(0, 0, 1, 1), /remembers no/);
  assert.throws(() => trace.arc(0, 0, 1, 0, 1), /remembers no/);
});

test("a path painted under another transform than it was drawn under throws", () => {
  const context = fresh();
  context.beginPath();
  context.lineTo(1, 1);
  context.translate(1, 0);
  assert.throws(() => context.stroke(), /another transform/);
});

test("what stands nowhere is passed over, as on a canvas", () => {
  const path = new Trace();
  path.lineTo(NaN, 1);
  path.lineTo(2, 2);
  path.lineTo(3, Infinity);
  path.moveTo(4, 4);
  assert.equal(path.d, "M2 2M4 4");
  assert.equal(drawn((context) => {
    context.fillRect(NaN, 0, 1, 1);
    context.beginPath();
    context.rect(0, 0, Infinity, 1);
    context.stroke();
  }), "");
});
