// The number beside one's face, kept right while a page stays open: asked for every 15 seconds while it is looked at,
// less and less often while it is hidden, and never again once one is signed out. Without this script the next page has it.
const SHOWN = 15_000;
const LONGEST = 120_000;

const link = document.querySelector("[data-inbox]");
let pause = SHOWN;
let waiting;
let isAsking = false;
let isOver = false;

const show = ({ new: count, shown, said }) => {
  const number = link.querySelector("[data-inbox-number]");
  number.textContent = shown;
  number.hidden = !count;
  link.querySelector("[data-inbox-said]").textContent = said;
};

const ask = async () => {
  if (isAsking || isOver) return;
  isAsking = true;
  let failed = false;
  try {
    // The browser sends the tag of its last answer along, and gets nothing where the number is the same.
    const answer = await fetch(link.dataset.inbox, { cache: "no-cache", headers: { Accept: "application/json" } });
    isOver = answer.status === 403 || answer.redirected;
    failed = !answer.ok;
    if (answer.ok && !isOver) show(await answer.json());
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

if (link) {
  wait(document.hidden);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) wait(true);
    else ask();
  });
  // A page that comes back by the way back of the browser shows what it showed when it was left.
  addEventListener("pageshow", ({ persisted }) => persisted && ask());
}
