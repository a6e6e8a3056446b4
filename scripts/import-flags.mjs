// How node runs an import. What it needs at once is some 60 MB; without a limit V8 lets garbage pile up while there is room.
export const flags = [
  '--disable-warning=ExperimentalWarning',
  '--max-old-space-size=192',
  '--max-semi-space-size=8',
];
