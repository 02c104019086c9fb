// Text as word processors and pages put it on the clipboard, with the signs that one types: ## headings, - lists, **bold**,
// [words](address). Nothing is loaded or run: the HTML is read in a document of its own that nobody sees. Where a word
// would be lost, the answer is empty, and the browser pastes the plain text.
const UNSEEN = new Set(["SCRIPT", "STYLE", "TITLE", "META", "LINK", "TEMPLATE", "HEAD", "OBJECT", "SVG"]);
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "FIGURE", "FIGCAPTION", "DT", "DD", "DL", "TABLE", "PRE"]);
const ORDERED = /^[([]?[0-9a-z]{1,4}[.)\]]/i;
const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "");

// No look is applied and no handler is made, not even to be refused by the policy of the page.
const inert = (html) =>
  html.replace(/<style\b.*?<\/style>/gis, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
const look = (node) => node.dataset.style ?? "";

// What Word keeps and a reader of the document does not have: words that were deleted while changes were tracked, comments
// and hidden text. A page that strikes words out on purpose says no time at which it did.
const isGone = (node) =>
  (node.tagName === "DEL" && (node.hasAttribute("datetime") || node.hasAttribute("cite"))) ||
  /\b(msoDel|MsoCommentReference|msocomanchor|msocomtxt|msocomoff)\b/.test(node.getAttribute("class") ?? "") ||
  /mso-element:\s*comment|mso-hide:\s*all|(?<![\w-])display:\s*none/i.test(look(node));

const inline = (node) => [...node.childNodes].map(word).join("");

// What is bold, slanted or a link stands between signs of these alphabets' own until its neighbours are known.
const [BOLD, PLAIN, SLANTED, UPRIGHT, LINK, LEADS, LINKED] = "\uE000\uE001\uE002\uE003\uE004\uE005\uE006";
const SIGNS = /[\uE000-\uE006]/g;
const between = (begin, text, end) => (text ? `${begin}${text}${end}` : "");

// Signs open and close only beside blanks, letters and punctuation as CommonMark says ("flanking"): "**bold.**word" stays as it
// stands there. Punctuation after which a word goes on therefore stands outside of the signs, and those of a link inside it.
const isBlank = (part) => part === undefined || /^\s$/.test(part);
const isPunctuation = (part) => typeof part === "object" || /^[\p{P}\p{S}]$/u.test(part);
const isSurely = (part) => isBlank(part) || typeof part === "object" || /^[\p{P}$+<=>^`|~]$/u.test(part);

const settled = (text) => {
  const parts = []; // letters, and links
  const depth = { "**": 0, "*": 0 };
  const shown = { "**": [], "*": [] }; // whether each part is so
  for (const [one, link, address] of text.matchAll(/\uE004(.*?)\uE005(.*?)\uE006|./gsu)) {
    if (one === BOLD || one === PLAIN) depth["**"] += one === BOLD ? 1 : -1;
    else if (one === SLANTED || one === UPRIGHT) depth["*"] += one === SLANTED ? 1 : -1;
    else {
      for (const sign of ["**", "*"]) shown[sign].push(depth[sign] > 0 && one !== "\n");
      parts.push(address ? { words: settled(link), address } : one);
    }
  }
  const runs = (sign, parted) => {
    const found = [];
    shown[sign].forEach((isShown, at) => {
      if (isShown && found.at(-1)?.to === at && !parted.has(at)) found.at(-1).to = at + 1;
      else if (isShown) found.push({ sign, from: at, to: at + 1 });
    });
    return found;
  };
  const fitted = (sign, parted = new Set()) => runs(sign, parted).filter((run) => isFitted(run, parts));
  const bold = fitted("**");
  const crossed = new Set();
  for (const { from, to } of fitted("*"))
    for (const one of bold) {
      if (one.from < from && from < one.to && one.to < to) crossed.add(one.to);
      if (from < one.from && one.from < to && to < one.to) crossed.add(one.from);
    }
  const slanted = fitted("*", crossed).filter((run, at, all) => all[at - 1]?.to !== run.from);
  const signs = Array(parts.length + 1).fill("");
  for (const { sign, from, to } of [...bold, ...slanted]) {
    signs[from] += sign;
    signs[to] += sign;
  }
  return signs.map((sign, at) => sign + (parts[at]?.words === undefined ? (parts[at] ?? "") : `[${parts[at].words}](${parts[at].address})`)).join("");
};

// Make a run shorter until signs at its ends are seen as such. False: nothing of it is left.
const isFitted = (run, parts) => {
  const leave = (part) => {
    if (part.words && !part.words.includes(run.sign)) part.words = `${run.sign}${part.words}${run.sign}`;
  };
  const isSign = (inside, outside) =>
    inside !== "\\" && outside !== "\\" && !isBlank(inside) && (!isPunctuation(inside) || isSurely(outside));
  while (run.from < run.to && !isSign(parts[run.from], parts[run.from - 1])) leave(parts[run.from++]);
  while (run.from < run.to && !isSign(parts[run.to - 1], parts[run.to])) leave(parts[--run.to]);
  return run.from < run.to;
};

const word = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(SIGNS, "").replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.tagName)) return "";
  if (node.tagName === "BR") return "\n";
  if (/mso-list:\s*ignore/i.test(look(node))) return "";
  const text = inline(node);
  if (node.tagName === "A" && /^(https?|mailto|tel):/.test(node.getAttribute("href") ?? "") && text.trim()) {
    const address = node.getAttribute("href").trim().replace(/[\s()<>]/g, encodeURIComponent);
    const isAddress = text.replace(SIGNS, "").trim() === address;
    return isAddress ? address : between(LINK, `${text.trim()}${LEADS}${address}`, LINKED);
  }
  // Word says "mso-bidi-font-weight:normal" of what is bold: that is about other scripts.
  const weight = /(?<![\w-])font-weight:\s*(\w+)/i.exec(look(node))?.[1];
  const slant = /(?<![\w-])font-style:\s*(\w+)/i.exec(look(node))?.[1];
  const isBold = weight ? weight === "bold" || Number(weight) >= 600 : node.tagName === "B" || node.tagName === "STRONG";
  const isItalic = slant ? slant === "italic" : node.tagName === "I" || node.tagName === "EM";
  const slanted = isItalic ? between(SLANTED, text, UPRIGHT) : text;
  return isBold ? between(BOLD, slanted, PLAIN) : slanted;
};

const tidy = (text) => settled(text).replace(/[ \t]+/g, " ").replace(/ ?\n ?/g, "\n").trim();

const listed = (list, depth = 0) => {
  const lines = [];
  let number = Number(list.getAttribute("start")) || 1;
  for (const item of list.children) {
    if (item.tagName === "UL" || item.tagName === "OL") {
      lines.push(...listed(item, depth + 1));
      continue;
    }
    const nested = [...item.querySelectorAll(":scope > ul, :scope > ol, :scope > * > ul, :scope > * > ol")];
    for (const each of nested) each.remove();
    const words = tidy(inline(item)).replace(/\n+/g, " ");
    if (words) lines.push(`${"   ".repeat(depth)}${list.tagName === "OL" ? `${number++}. ` : "- "}${words}`);
    for (const each of nested) lines.push(...listed(each, depth + 1));
  }
  return lines;
};

// Word writes its lists as paragraphs; how deep one is stands in its style, and its sign in a part that says so.
const wordsList = (paragraph) => {
  if (!/^MsoList/.test(paragraph.className) && !/mso-list:\s*l\d/i.test(look(paragraph))) return null;
  const sign = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(look(span)));
  if (!sign) return null;
  const level = Number(/level(\d)/.exec(look(paragraph))?.[1] ?? 1);
  const isOrdered = ORDERED.test(sign.textContent.trim()) && sign.textContent.trim() !== "o";
  if (!tidy(inline(paragraph))) return null;
  return `${"   ".repeat(level - 1)}${isOrdered ? `${sign.textContent.trim().match(/\d+/)?.[0] ?? 1}. ` : "- "}${tidy(inline(paragraph))}`;
};

const rows = (table) =>
  [...table.rows].filter((row) => row.textContent.trim()).map((row) => [...row.cells].map((cell) => tidy(inline(cell)).replace(/\n+/g, " ").replaceAll("|", "\\|")));

const tabled = (table) => {
  const [first, ...others] = rows(table);
  if (!first) return "";
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(first), line(first.map(() => "---")), ...others.map(line)].join("\n");
};

const blocks = (parent) => {
  const found = [];
  let words = "";
  const end = () => {
    if (tidy(words)) found.push(tidy(words));
    words = "";
  };
  for (const node of parent.childNodes) {
    const name = node.tagName;
    if (node.nodeType === Node.ELEMENT_NODE && UNSEEN.has(name)) continue;
    const isBlock = /^(H[1-6]|UL|OL|BLOCKQUOTE|HR)$/.test(name) || BLOCKS.has(name) || (name && node.querySelector("p, div, ul, ol, table, h1, h2, h3"));
    if (!isBlock) {
      words += word(node);
      continue;
    }
    end();
    if (/^H[1-6]$/.test(name)) found.push(`## ${tidy(inline(node)).replace(/\n+/g, " ").replaceAll("**", "")}`);
    else if (name === "UL" || name === "OL") found.push(listed(node).join("\n"));
    else if (name === "BLOCKQUOTE") found.push(blocks(node).join("\n\n").replace(/^/gm, "> "));
    else if (name === "HR") found.push("---");
    else if (name === "TABLE") found.push(tabled(node));
    else if (name === "PRE") found.push(`\`\`\`\n${node.textContent.trimEnd()}\n\`\`\``);
    else if (name === "P" && wordsList(node) !== null) {
      const line = wordsList(node);
      const goesOn = /^ *(-|\d+\.) .*$/.test(found.at(-1)?.split("\n").at(-1) ?? "");
      if (goesOn) found[found.length - 1] += `\n${line}`;
      else found.push(line);
    } else found.push(...blocks(node));
  }
  end();
  return found.filter((block) => block.trim() && block !== "## ");
};

export const asMarkdown = (html, plain) => {
  if (!html) return "";
  const body = new DOMParser().parseFromString(inert(html), "text/html").body;
  // Signs of lists are not among the words of the plain text everywhere; every other letter must be there, in its order.
  const kept = letters(blocks(body.cloneNode(true)).join(" ").replace(/\]\([^)]*\)/g, ""));
  const gone = [...body.querySelectorAll("*")].filter(isGone);
  for (const each of gone) each.remove();
  const text = blocks(body).join("\n\n");
  const isPlain = !/^(## |> | *- | *\d+\. |\| )|\*\*|\*\S|\]\(/m.test(text);
  const words = plain.split(/\s+/).map(letters).filter((each) => each.length > 2);
  return words.every((each) => kept.includes(each)) && (gone.length || !isPlain) ? text : "";
};
