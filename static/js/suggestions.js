// A search box offers where to go while one types: the combobox of the ARIA practices, with a list that is chosen from
// by hand. Without this script it is a plain field; Enter without a choice searches, with the script or without.
const PAUSE = 120;

for (const form of document.querySelectorAll("[data-suggestions]")) {
  const field = form.querySelector("[type=search]");
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-list`, className: "search-form__offers", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "vh" });
  let pause, asking, asked, at = -1;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  said.setAttribute("role", "status");
  form.append(list, said);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);

  const point = (to) => {
    list.children[at]?.setAttribute("aria-selected", false);
    at = to;
    const option = list.children[at];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", true);
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const show = (open) => {
    point(-1);
    list.hidden = !(open && list.children.length);
    field.setAttribute("aria-expanded", !list.hidden);
  };
  // What was asked for before is given up: a late answer must not come over a newer one.
  const stop = () => {
    clearTimeout(pause);
    asking?.abort();
  };
  const part = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });
  const option = ({ label, title, url }, number) => {
    const one = Object.assign(document.createElement("li"), { id: `${list.id}-${number}` });
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", false);
    one.dataset.url = url;
    one.append(part("search-form__offer", title), " ", part("search-form__kind", label));
    return one;
  };
  const ask = async () => {
    asked = field.value.trim();
    if (!asked) {
      list.replaceChildren();
      said.textContent = "";
      return show(false);
    }
    asking = new AbortController();
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: asked })}`;
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const offered = await answer.json();
      list.replaceChildren(...offered.suggestions.map(option));
      said.textContent = offered.said;
      show(document.activeElement === field);
    } catch {
      // Given up, or no network: the field still searches.
    }
  };
  const go = (one) => location.assign(one.dataset.url);

  field.addEventListener("input", () => {
    stop();
    pause = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (last < 0 || (list.hidden && asked !== field.value.trim())) return;
      event.preventDefault();
      stop(); // whoever chooses from what they see keeps it: a newer answer would take it away
      const down = key === "ArrowDown";
      if (event.altKey) return show(down);
      if (list.hidden) show(true);
      // Past either end one is in the field again.
      point(down ? (at < last ? at + 1 : -1) : at < 0 ? last : at - 1);
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault();
      stop();
      show(false);
    } else if (key === "Enter") {
      stop();
      if (list.hidden || at < 0) return;
      event.preventDefault();
      go(list.children[at]);
    } else if (key === "Home" || key === "End" || key === "ArrowLeft" || key === "ArrowRight") {
      point(-1);
    }
  });
  field.addEventListener("blur", () => {
    stop();
    show(false);
  });
  // The field keeps the focus while one presses, or the list would be gone before the press is over.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[role=option]");
    if (one) go(one);
  });
}
