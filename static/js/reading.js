// Tells the hub that its reader looks at this page, for their own list of what they read. A page that a browser fetched
// ahead, or opened where nobody sees it, says nothing until it is shown. Without this script nothing is noted.
const form = document.querySelector("[data-opened]");
let told = false;

const tell = () => {
  if (told || document.prerendering || document.visibilityState !== "visible") return;
  told = navigator.sendBeacon(form.dataset.opened, new FormData(form));
};

document.addEventListener("prerenderingchange", tell);
document.addEventListener("visibilitychange", tell);
tell();
