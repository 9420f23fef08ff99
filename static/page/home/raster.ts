/** Pictures in pixels, fine enough for a projector. */
import type { Plate } from "../state/types.ts";

/** in pixels of the page */
type Draw = (context: CanvasRenderingContext2D) => void;

/** Pixels across, at the least. */
const ACROSS = 1920;

const finenessOf = (width: number) => Math.max(2, Math.ceil(ACROSS / width));

function png(width: number, height: number, draw: Draw): Promise<Blob> {
  const fine = finenessOf(width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * fine);
  canvas.height = Math.round(height * fine);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.scale(fine, fine);
  draw(context);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for this browser"))), "image/png"));
}

export function drawPlate(context: CanvasRenderingContext2D, { width, height, paper, draw }: Plate) {
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  draw(context);
}

export const pngOfPlate = (plate: Plate): Promise<Blob> => png(plate.width, plate.height, (context) => drawPlate(context, plate));

/** @param svg  with its letters in it */
export async function pngOfSvg(svg: string): Promise<Blob> {
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
