// While somebody writes, what there is about it already appears beside the form. It reads the fields that the place names, so
// that any form can have one. What they write is posted, so that a draft stands in no address and in no log of addresses.
// Without this script the place is a link to the search.
const PAUSE = 600;
const LONGEST = 500;

for (const place of document.querySelectorAll("[data-as-you-write]")) {
  const form = place.closest("form");
  const names = place.dataset.fields.split(" ");
  const found = place.querySelector("[data-found]");
  const status = place.querySelector("[role=status]");
  let pause, asking, shown;

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
    if (text === shown) return;
    asking = new AbortController();
    try {
      const answer = await fetch(place.dataset.asYouWrite, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: new URLSearchParams({ text, not: place.dataset.not ?? "" }),
        signal: asking.signal,
      });
      if (!answer.ok) return;
      show(await answer.text());
      shown = text;
    } catch {
      // Given up for a newer one, or no network: it is asked again, and the link still leads to the search.
    }
  };

  form?.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(pause);
    asking?.abort();
    pause = setTimeout(ask, PAUSE);
  });
}
