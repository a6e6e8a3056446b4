declare module 'virtual:texts/*' {
  const texts: object;
  // biome-ignore lint/style/noDefaultExport: so the build makes them (vite.config.ts)
  export default texts;
}
