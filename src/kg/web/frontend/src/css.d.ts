declare module "*.css";
declare module "virtual:land" {
  /** Polygons as rings of [longitude, latitude]; the first ring is the outer one. */
  const land: [number, number][][][];
  export default land;
}
