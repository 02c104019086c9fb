// Behind an @ names are offered in a list under the box: arrows, Enter or a press choose one, Escape closes it, and Tab goes
// on as always. Nothing is chosen by itself, so that Enter without a choice is a new line. The box stays a text box to
// assistive technology, which may name an active option as a combobox does: a field of several lines may be no combobox.
// Without this script one types the name.
const PAUSE = 120;
const NAME = /(?:^|[\s([{"'“‘«*_~>–—-])@((?!\s)[^\n@]{0,40})$/;
const MOST_WORDS = 5;

for (const form of document.querySelectorAll("[data-mentions]")) {
  const box = form.querySelector("textarea[name=text]");
  if (!box) continue;
  const place = Object.assign(document.createElement("div"), { className: "mentions" });
  const list = Object.assign(document.createElement("ul"), { id: `${box.id}-names`, className: "mentions__list", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "vh" });
  let pause, asking, at = -1, start = -1, done = -1, nothing;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.mentionsLabel);
  said.setAttribute("role", "status");
  place.append(list, said);
  box.after(place);
  const attributes = { "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);

  const point = (to) => {
    list.children[at]?.setAttribute("aria-selected", false);
    at = to;
    const option = list.children[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", true);
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const show = (open) => {
    point(-1);
    list.hidden = !(open && list.children.length);
    if (list.hidden) said.textContent = "";
    else list.scrollIntoView({ block: "nearest" }); // the box may stand at the lower edge of a phone
  };
  const stop = () => {
    clearTimeout(pause);
    asking?.abort();
  };
  const close = () => {
    stop();
    show(false);
  };
  // What stands between the last @ and the caret, where that may be the beginning of a name.
  const typed = () => {
    if (box.selectionStart !== box.selectionEnd) return undefined;
    const found = NAME.exec(box.value.slice(0, box.selectionStart));
    if (!found || found[1].trim().split(/\s+/).length > MOST_WORDS) return undefined;
    start = box.selectionStart - found[1].length;
    return found[1];
  };
  const part = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });
  const option = ({ insert, title, about }, number) => {
    const one = Object.assign(document.createElement("li"), { id: `${list.id}-${number}` });
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", false);
    one.dataset.insert = insert;
    one.append(part("mentions__name", title), " ", part("mentions__about", about));
    return one;
  };
  const ask = async (name) => {
    asking = new AbortController();
    const asked = { q: name, audience: form.elements.audience?.value ?? "" };
    try {
      const answer = await fetch(`${form.dataset.mentions}?${new URLSearchParams(asked)}`, { signal: asking.signal });
      if (!answer.ok) return;
      const { offered, said: words } = await answer.json();
      list.replaceChildren(...offered.map(option));
      if (!offered.length) nothing = { start, name };
      show(document.activeElement === box);
      if (!list.hidden) said.textContent = words;
    } catch {
      // Given up, or no network: a name can be typed.
    }
  };
  const look = () => {
    stop();
    const name = typed();
    if (name === undefined) {
      done = -1;
      return show(false);
    }
    const isVain = nothing?.start === start && name.startsWith(nothing.name);
    if (done === start || isVain) return show(false);
    pause = setTimeout(() => ask(name), PAUSE);
  };
  const choose = (one) => {
    const end = box.selectionEnd;
    const blank = /^[\s.,;:!?)’']/.test(box.value.slice(end)) ? "" : " ";
    done = start;
    box.setRangeText(one.dataset.insert + blank, start, end, "end");
    close();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  box.addEventListener("input", look);
  box.addEventListener("keydown", (event) => {
    const { key } = event;
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const last = list.children.length - 1;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      stop(); // whoever chooses from what they see keeps it
      // Past either end one is in the box again.
      point(key === "ArrowDown" ? (at < last ? at + 1 : -1) : at < 0 ? last : at - 1);
    } else if (key === "Escape") {
      event.preventDefault();
      done = start;
      close();
    } else if (key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(list.children[at]);
    } else if (key === "Home" || key === "End" || key === "ArrowLeft" || key === "ArrowRight") {
      close();
    }
  });
  box.addEventListener("blur", close);
  box.addEventListener("pointerdown", close);
  // The box keeps the focus while one presses, or the list would be gone before the press is over.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[role=option]");
    if (one) choose(one);
  });
}
