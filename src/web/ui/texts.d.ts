declare module 'virtual:texts/*' {
  const texts: object;
  // biome-ignore lint/style/noDefaultExport: so the build makes them (vite.config.ts)
  export default texts;
}

declare module 'virtual:icon/*' {
  export type IconNodes = [part: 'path' | 'circle' | 'rect' | 'line', attributes: Record<string, string>][];
  const nodes: IconNodes;
  // biome-ignore lint/style/noDefaultExport: so the build makes them (vite.config.ts)
  export default nodes;
}
