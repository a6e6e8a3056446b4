/** Below this width staff get the phone's screens. */
const phoneBelowPx = 768;

export const narrowScreen = `(max-width: ${phoneBelowPx - 1}px)`;

/** A phone stays one when it is held across, as for a signature; its screen does not change when the keyboard comes. */
export const isInHand =
  window.matchMedia('(pointer: coarse)').matches && Math.min(screen.width, screen.height) < phoneBelowPx;
