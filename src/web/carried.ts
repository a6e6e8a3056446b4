// The script of carried.html (see vite.config.ts), which the service worker gives in place of index.html.
import { bringApp } from './app/phone/bring-app.ts';
import { showFirstPicture } from './app/phone/show-first-picture.tsx';

// Whatever is wrong with the picture, the app itself comes.
void showFirstPicture()
  .catch(() => {})
  .then(bringApp);
