// New posts appear while a conversation stays open: asked for every 15 seconds while it is looked at, less and less often
// while it is hidden, and never again once it may not be read. Without this script the page has them when it is loaded.
const SHOWN = 15_000;
const LONGEST = 120_000;

const list = document.querySelector("[data-posts]");
let pause = SHOWN;
let waiting;
let isAsking = false;
let isOver = !list || "isOld" in list.dataset;

const newest = () => Number(list.lastElementChild?.dataset.number ?? 0);

const ask = async () => {
  if (isAsking || isOver) return;
  isAsking = true;
  let failed = false;
  try {
    const answer = await fetch(list.dataset.since.replace(/0\/$/, `${newest()}/`), { cache: "no-cache" });
    isOver = answer.status === 403 || answer.status === 404 || answer.redirected;
    failed = !answer.ok;
    if (answer.ok && !isOver) list.insertAdjacentHTML("beforeend", await answer.text());
  } catch {
    failed = true;
  }
  isAsking = false;
  wait(failed || document.hidden);
};

const wait = (isSlower) => {
  clearTimeout(waiting);
  pause = isSlower ? Math.min(pause * 2, LONGEST) : SHOWN;
  if (!isOver) waiting = setTimeout(ask, pause);
};

if (!isOver) {
  wait(document.hidden);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) wait(true);
    else ask();
  });
}
