// A page is whole without this script. It keeps an open page up to date and saves a few page loads.
import { sendQuietly } from './actions.js';
import { addCopyButtons, copyOnClick } from './copy.js';
import { localTimes } from './clock.js';
import { keepDrafts, restoreDrafts } from './drafts.js';
import { listenForKeys } from './keyboard.js';
import { keepUpToDate } from './live.js';
import { openForPrint } from './print.js';
import { themeButton } from './theme-button.js';

localTimes(document);
addCopyButtons(document);
restoreDrafts(document);
keepDrafts();
copyOnClick();
themeButton(document);
openForPrint();
const live = keepUpToDate();
sendQuietly(live.renew);
listenForKeys();
