import { useEffect, useRef, useState } from 'react';

// Long enough not to ask for every letter of a word, short enough to feel at once.
const pauseMs = 200;

/** What stands in the field, and what of it is asked for once the typing pauses; kept by `keep`. */
export function useWording(kept: string, keep: (wording: string) => void) {
  const [wording, setWording] = useState(kept);
  const last = useRef(kept);
  useEffect(() => {
    // Came from elsewhere: the palette, or the way back.
    if (kept !== last.current) setWording(kept);
    last.current = kept;
  }, [kept]);
  useEffect(() => {
    if (wording === last.current) return;
    const timer = setTimeout(() => {
      last.current = wording;
      keep(wording);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [wording]);
  return { wording, setWording, settled: kept };
}
