// Several topics in one line: the browser offers those that there are again after each comma, without those that stand
// there already. Without this script it offers them for the first.
for (const field of document.querySelectorAll("[data-topics]")) {
  const names = [...field.list.options].map((option) => option.value);
  const offer = () => {
    const typed = field.value.slice(0, field.value.lastIndexOf(",") + 1);
    const there = new Set(typed.split(",").map((name) => name.trim().toLowerCase()));
    const options = names
      .filter((name) => !there.has(name.toLowerCase()))
      .map((name) => new Option(name, typed ? `${typed} ${name}` : name));
    field.list.replaceChildren(...options);
  };
  field.addEventListener("input", offer);
  offer();
}
