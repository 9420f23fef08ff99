/** Pictures in pixels, fine enough for a projector. */

/** @typedef {import("../state/types.js").Plate} Plate */
/** @typedef {(context: CanvasRenderingContext2D) => void} Draw  in pixels of the page */

/** Pixels across, at the least. */
const ACROSS = 1920;

/** @param {number} width */
const finenessOf = (width) => Math.max(2, Math.ceil(ACROSS / width));

/** @param {number} width @param {number} height @param {Draw} draw @returns {Promise<Blob>} */
function png(width, height, draw) {
  const fine = finenessOf(width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * fine);
  canvas.height = Math.round(height * fine);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(fine, fine);
  draw(context);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for this browser"))), "image/png"));
}

/** @param {CanvasRenderingContext2D} context @param {Plate} plate */
export function drawPlate(context, { width, height, paper, draw }) {
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  draw(context);
}

/** @param {Plate} plate @returns {Promise<Blob>} */
export const pngOfPlate = (plate) => png(plate.width, plate.height, (context) => drawPlate(context, plate));

/** @param {string} svg  with its letters in it @returns {Promise<Blob>} */
export async function pngOfSvg(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const { naturalWidth: width, naturalHeight: height } = picture;
    return await png(width, height, (context) => context.drawImage(picture, 0, 0, width, height));
  } finally {
    URL.revokeObjectURL(address);
  }
}
