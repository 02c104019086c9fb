// While somebody writes, what there is about it already appears beside the form. It reads the fields that the place names, so
// that any form can have one. Without this script the place is a link to the search.
const PAUSE = 600;
const LONGEST = 500;

for (const place of document.querySelectorAll("[data-as-you-write]")) {
  const form = place.closest("form");
  const names = place.dataset.fields.split(" ");
  const found = place.querySelector("[data-found]");
  const link = place.querySelector("a");
  const status = place.querySelector("[role=status]");
  const results = link.href.split("?")[0];
  let pause, asking, asked;

  const written = () =>
    names.map((name) => form.elements[name]?.value ?? "").join(" ").replace(/\s+/g, " ").trim().slice(0, LONGEST);

  const show = (html) => {
    found.innerHTML = html;
    // It is said once, when there is something for the first time, and not at every key.
    const said = found.firstElementChild?.dataset.said ?? "";
    if (!said || !status.textContent) status.textContent = said;
  };

  const ask = async () => {
    const text = written();
    if (text === asked) return;
    asked = text;
    link.href = text ? `${results}?${new URLSearchParams({ q: text })}` : results;
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ text, not: place.dataset.not ?? "" });
      const answer = await fetch(`${place.dataset.asYouWrite}?${query}`, { signal: asking.signal });
      if (answer.ok) show(await answer.text());
    } catch {
      // Given up for a newer one, or no network: the link still searches.
    }
  };

  form?.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(pause);
    asking?.abort();
    pause = setTimeout(ask, PAUSE);
  });
}
