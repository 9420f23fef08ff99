/** The part of gifenc that is used, which declares no types. */
declare module "gifenc/dist/gifenc.esm.js" {
  type Palette = number[][];

  /** delay: milliseconds; repeat: 0 is for ever; dispose: 1 leaves the frame */
  interface FrameOptions {
    palette?: Palette;
    delay?: number;
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
  }

  export function quantize(rgba: Uint8ClampedArray, colours: number): Palette;
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array;
  export function GIFEncoder(): {
    writeFrame: (indexes: Uint8Array, width: number, height: number, options: FrameOptions) => void;
    finish: () => void;
    bytes: () => Uint8Array;
  };
}
