// What somebody types is kept on the server a moment after they stop. Without this script "Save" does the same.
const PAUSE = 3000;

for (const form of document.querySelectorAll("[data-autosave]")) {
  const said = form.querySelector("[data-said]");
  let pause;
  let saving = false;

  const say = (words) => {
    said.hidden = !words;
    said.textContent = words ?? "";
  };

  const save = async () => {
    if (saving) return wait();
    saving = true;
    const data = new FormData(form);
    for (const { name } of form.querySelectorAll("[type=file]")) data.delete(name); // a file is sent with a button
    data.set("deed", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const isTooLarge = [400, 413].includes(answer.status); // refused before anything was read
      const { said: words, url, seen } = isTooLarge ? { said: form.dataset.autosave } : await answer.json();
      say(words);
      if (url) {
        form.action = url;
        form.elements.seen.value = seen;
        history.replaceState(null, "", url);
      }
    } catch {
      // No network, or signed out: it is tried again with the next word, and the button says what is wrong.
    }
    saving = false;
  };

  const wait = () => {
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    wait();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(pause);
    if (!saving) return;
    // The answer brings the new mark of what was kept; sent before it, the form would meet its own draft.
    event.preventDefault();
    const again = setInterval(() => {
      if (saving) return;
      clearInterval(again);
      form.requestSubmit(event.submitter);
    }, 50);
  });
}
