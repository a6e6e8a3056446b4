// On a slow phone the whole app takes seconds to load. Until its screen stands, a picture of it does, drawn from what was
// kept of it (decision 29). The picture's script and the app share no modules: they hear of each other by events.
const stands = 'copperpea screen stands';
const alone = 'copperpea app missing';

export function whenScreenStands(giveWay: () => void): void {
  document.addEventListener(stands, giveWay, { once: true });
}

/** To be called in the same breath in which a screen stands beneath the picture; does nothing where there is none. */
export function endFirstPicture(): void {
  document.dispatchEvent(new Event(stands));
}

export function whenAppIsMissing(then: () => void): void {
  document.addEventListener(alone, then, { once: true });
}

/** A part of the app could not be loaded: nobody will put a screen in the picture's place. */
export function pictureStaysAlone(): void {
  document.dispatchEvent(new Event(alone));
}
