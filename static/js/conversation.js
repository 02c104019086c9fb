// New posts appear while a conversation stays open: asked for every 15 seconds while it is looked at, less and less often
// while it is hidden, and never again once it may not be read. Without this script the page has them when it is loaded.
const SHOWN = 15_000;
const LONGEST = 120_000;

const list = document.querySelector("[data-posts]");
const ended = document.querySelector("[data-ended]");
let pause = SHOWN;
let waiting;
let isAsking = false;
let hasMore = false; // posts that this script brought, and of which the hub does not know yet that they were read
const reading = document.querySelector("[data-reading]"); // the form that says so; nobody who is a stranger has it
let isOver = !list || "isOld" in list.dataset;

const newest = () => Number(list.lastElementChild?.dataset.number ?? 0);

const address = () => {
  const key = list.lastElementChild?.dataset.key ?? "";
  return `${list.dataset.since.replace(/0\/$/, `${newest()}/`)}?post=${key}`;
};

// A merge that was undone took posts away again; what was said since stands at their places.
const takeAway = (after) => {
  if (after === null) return;
  for (const post of list.querySelectorAll(":scope > [data-number]")) {
    if (Number(post.dataset.number) > Number(after)) post.remove();
  }
};

const bring = (posts) => {
  if (!posts.trim()) return;
  list.insertAdjacentHTML("beforeend", posts);
  hasMore = true;
};

// What was brought stands before somebody's eyes. Where this fails, it is said with the next question.
const sayRead = async () => {
  if (!hasMore || !reading || document.hidden) return;
  const url = reading.action.replace(/0\/$/, `${newest()}/`);
  const answer = await fetch(url, { method: "POST", body: new FormData(reading) });
  if (answer.ok) hasMore = false;
};

const ask = async () => {
  if (isAsking || isOver) return;
  isAsking = true;
  let failed = false;
  try {
    const answer = await fetch(address(), { cache: "no-cache" });
    isOver = [403, 404, 410].includes(answer.status) || answer.redirected;
    failed = !answer.ok;
    if (answer.ok && !isOver) {
      takeAway(answer.headers.get("X-Gone-After"));
      bring(await answer.text());
    }
    if (isOver && ended) ended.hidden = false;
    if (!isOver) await sayRead();
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
